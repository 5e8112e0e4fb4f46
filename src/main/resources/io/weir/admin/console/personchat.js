// Draws a conversation as a chat: bubbles on two sides, quiet lines for what is no message; each leads to its push.
import { address } from './address.js';
import { clockTime, dayTime } from './amounts.js';
import { bubble } from './answerbubble.js';
import { conversation, literal } from './conversation.js';
import { el } from './dom.js';
import { keyOf } from './pushlist.js';
import { named, word } from './words.js';

/** What a message of each type says, by the names of its elements. */
const SAID = {
  text: ['Content'],
  voice: ['Recognition'],
  location: ['Label'],
  link: ['Title', 'Description'],
  file: ['Title'],
};
const MEDIA = ['image', 'voice', 'video', 'shortvideo', 'location', 'link', 'file'];
const HH_MM_SS = 8;
/** What shows of a push beside what was said, by what became of it. */
const TROUBLE = ['failed', 'late', 'lapsed', 'shed', 'unhandled', 'refused'];

export class PersonChat {
  constructor() {
    this.list = el('div', { class: 'chat', role: 'log', tabindex: '0' });
    this.drawn = new Map();
  }

  /** Adds what is new; what stays is not moved, since additions are read out. */
  show(person, pushes) {
    this.list.setAttribute('aria-label', word('conversation'));
    const wasAtEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
    const before = this.drawn;
    this.drawn = new Map();
    for (const step of conversation(pushes)) {
      const looks = JSON.stringify([step, word('language')]);
      const known = before.get(step.key);
      this.drawn.set(step.key, known?.looks === looks ? known : { looks, node: line(person, step) });
    }
    before.forEach(({ node }, key) => this.drawn.get(key)?.node !== node && node.remove());
    let at = this.list.firstElementChild;
    for (const { node } of this.drawn.values()) {
      if (node === at) {
        at = at?.nextElementSibling ?? null;
      } else {
        this.list.insertBefore(node, at);
      }
    }
    if (wasAtEnd) {
      this.list.scrollTop = this.list.scrollHeight;
    }
  }
}

/** Where a push of the person is shown in full, among the others of the person. */
export function pushLink(person, push) {
  return address('pushes', { account: person.account, openid: person.person, id: keyOf(push) });
}

function line(person, step) {
  const draw = { said, event, seen }[step.kind];
  const isOpen = step.push.outcome !== 'running';
  const time = el('time', { datetime: step.at, title: dayTime(step.at) }, clockTime(step.at).slice(0, HH_MM_SS));
  const link = isOpen
    ? el('a', { class: 'chat-link', href: pushLink(person, step.push), title: word('toPush') }, time)
    : el('span', { class: 'chat-link' }, time);
  return el('div', { class: `chat-line chat-${step.kind}`, 'data-outcome': step.push.outcome, 'data-step': step.key }, ...draw(step), link);
}

function said(step) {
  return [el('div', { class: 'answer-bubble chat-bubble', dir: 'auto' }, ...content(step.push)), ...notes(step)];
}

function content(push) {
  const kind = MEDIA.includes(push.type) ? [el('span', { class: 'chat-kind' }, `[${named('said', push.type)}] `)] : [];
  if (push.outcome === 'running') {
    return [...kind, push.type === 'text' ? '…' : ''];
  }
  if (!push.fields) {
    return [...kind, el('em', {}, word('textNotKept'))];
  }
  const texts = (SAID[push.type] ?? []).map((name) => push.fields[name]).filter(Boolean);
  return [...kind, texts.join('\n')];
}

function event(step) {
  const { type, key } = step.push;
  return [
    el('span', { class: 'chat-happened', dir: 'auto' }, named('personEvent', type), el('code', {}, type), key ? el('span', { class: 'chat-key' }, key) : null),
    ...notes(step),
  ];
}

function seen(step) {
  return [bubble(literal(step.reply)), step.late ? el('small', { class: 'chat-note warn' }, word('sentLate')) : null].filter(Boolean);
}

/** What became of a push, where that is not what everybody expects. */
function notes({ push, attempts }) {
  const { outcome, lateReply, failure, refusal } = push;
  const about = {
    failed: () => (failure ? ` · ${failure.type}` : ''),
    refused: () => (refusal ? ` · ${named('check', refusal)}` : ''),
  }[outcome];
  const level = ['failed', 'refused'].includes(outcome) ? 'bad' : 'warn';
  const note = (words, kind) => el('small', { class: `chat-note ${kind}`, dir: 'auto' }, words);
  return [
    outcome === 'running' ? note(word('inProgress'), 'hint') : null,
    TROUBLE.includes(outcome) ? note(`${named('chatOutcome', outcome)}${about?.() ?? ''}`, level) : null,
    lateReply && lateReply !== 'sent' ? note(named('lateReply', lateReply), 'warn') : null,
    attempts > 1 ? note(word('attemptsOf', { count: attempts }), 'hint') : null,
  ].filter(Boolean);
}
