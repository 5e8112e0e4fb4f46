// The view of one person: what they sent and saw as a chat, the pushes beside it, and above it what may be sent to them now. What only WeChat
// knows is asked for with a button, since each question counts as calls of the account.
import { address, go } from './address.js';
import { clockTime, dayTime } from './amounts.js';
import { get, ofAccount } from './api.js';
import { countdown, secondsLeft } from './conversation.js';
import { el, find, present } from './dom.js';
import { Live } from './live.js';
import { matchRule, phone } from './menudrawing.js';
import { verdict } from './menusight.js';
import { button, copyButton, field, fill, part, select } from './parts.js';
import { PersonChat, pushLink } from './personchat.js';
import { problemBox } from './problems.js';
import { outcome } from './pushlist.js';
import { named, word } from './words.js';

const AGAIN_MILLIS = 300;
const TICK_MILLIS = 1_000;
/** How often it is looked whether a late reply has gone out: no event tells. */
const LATE_TICKS = 3;

export class PersonView {
  constructor() {
    this.inProgress = [];
    this.reveals = false;
    this.ticks = 0;
    /** By how much the gateway's clock is ahead, in milliseconds. */
    this.ahead = 0;
    this.chat = new PersonChat();
    this.head = el('div', { class: 'view-head' });
    this.trouble = el('div', { class: 'accounts' });
    this.window = el('div', { class: 'person-window' });
    this.tags = el('div', { class: 'person-told', 'aria-live': 'polite' });
    this.menu = el('div', { class: 'person-told', 'aria-live': 'polite' });
    this.notes = el('div', { class: 'person-notes' });
    this.list = el('ol', { class: 'person-pushes' });
    this.status = el('p', { class: 'live-state', role: 'status' });
    this.body = el('div', { class: 'accounts' });
    this.node = el('div', { class: 'view' }, this.head, this.trouble, this.body);
    this.live = new Live(this);
  }

  show(parameters) {
    const account = parameters.get('account') ?? '';
    const openid = (parameters.get('openid') ?? '').trim();
    if (account === this.account && (openid === this.openid || openid === this.person?.person)) {
      return;
    }
    this.hide();
    this.account = account;
    this.openid = openid;
    this.person = null;
    this.inProgress = [];
    this.reveals = false;
    this.body.replaceChildren();
    this.tags.replaceChildren();
    this.menu.replaceChildren();
    this.drawHead();
    if (openid !== '' && account !== '') {
      this.ticking = setInterval(() => this.tick(), TICK_MILLIS);
      this.load().then(() => this.follow());
    } else {
      this.ask();
    }
  }

  hide() {
    this.live.stop();
    clearTimeout(this.again);
    clearInterval(this.ticking);
    this.account = undefined;
  }

  translated() {
    this.drawHead();
    this.tags.replaceChildren();
    this.menu.replaceChildren();
    if (this.person) {
      this.body.replaceChildren();
      this.draw();
    } else if (this.openid === '') {
      this.ask();
    }
  }

  /** Nobody is named yet. */
  async ask() {
    try {
      const { accounts } = await get('accounts');
      const names = accounts.map(({ name }) => [name, name]);
      const form = el(
        'form',
        { class: 'sight-form card', 'data-form': 'person' },
        field(word('account'), select({ name: 'account' }, names, this.account || names[0]?.[0])),
        field(word('openid'), el('input', { name: 'openid', autocomplete: 'off', spellcheck: 'false', required: true })),
        button(word('look'), () => {}, { type: 'submit', 'data-does': 'open-person' }),
      );
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        go('person', Object.fromEntries(new FormData(form)));
      });
      this.body.replaceChildren(el('p', { class: 'hint' }, word('personAsk')), form);
    } catch (problem) {
      this.trouble.replaceChildren(problemBox(problem));
    }
  }

  /** Of several that are asked for in a row only the last one is shown. */
  async load() {
    clearTimeout(this.again);
    this.again = null;
    const asked = (this.asked = {});
    try {
      const person = await get(ofAccount(this.account, `people/${encodeURIComponent(this.openid)}`), { reveal: this.reveals });
      if (asked === this.asked && this.account !== undefined) {
        this.person = person;
        this.ahead = Date.parse(person.now) - Date.now();
        this.trouble.replaceChildren();
        this.draw();
      }
    } catch (problem) {
      if (asked === this.asked) {
        this.trouble.replaceChildren(problemBox(problem));
      }
    }
  }

  /** Whatever comes of this person has everything asked for anew; no OpenID stays in the address. */
  follow() {
    if (this.person && this.account !== undefined) {
      const { account, person, newest } = this.person;
      if (this.openid !== person) {
        history.replaceState(history.state, '', address('person', { account, openid: person }));
      }
      this.live.start({ account, openid: person }, newest);
    }
  }

  loadSoon() {
    this.again ??= setTimeout(() => this.load(), AGAIN_MILLIS);
  }

  push() {
    this.loadSoon();
  }

  /** Some were not told: they may have been of this person. */
  gap() {
    this.loadSoon();
  }

  running(pushes) {
    const had = this.inProgress.length;
    this.inProgress = pushes;
    if (pushes.length < had) {
      this.loadSoon();
    }
    this.drawChat();
  }

  connection({ lost, back, again, problem }) {
    this.status.dataset.state = back ? 'live' : 'lost';
    const words = back ? word('live') : `${word('connectionLost', { lost: clockTime(lost) })} ${problem?.message ?? ''}`;
    this.status.replaceChildren(el('span', { class: 'lamp', 'aria-hidden': 'true' }), el('span', {}, words));
    if (!back) {
      this.inProgress = [];
    } else if (again) {
      this.loadSoon();
    }
  }

  get now() {
    return Date.now() + this.ahead;
  }

  tick() {
    if (!this.person) {
      return;
    }
    this.ticks += 1;
    const wasOpen = this.open;
    this.drawWindow();
    const waits = this.person.pushes.some((push) => push.lateReply === 'pending');
    if (wasOpen !== this.open || (waits && this.ticks % LATE_TICKS === 0)) {
      this.loadSoon();
    }
  }

  reveal() {
    this.reveals = !this.reveals;
    return this.load().then(() => find(this.head, '[data-does="reveal"]')?.focus());
  }

  draw() {
    this.drawHead();
    if (!this.body.hasChildNodes()) {
      this.drawParts();
    }
    this.drawWindow();
    this.drawNotes();
    this.drawChat();
    this.list.replaceChildren(...this.person.pushes.toReversed().map((push) => this.row(push)));
  }

  drawHead() {
    const shown = this.person?.openid || word('openid');
    const does = this.person
      ? present([
          this.person.openid ? copyButton(word('copyId'), () => this.person.openid, 'copy-id') : null,
          button(word(this.reveals ? 'mask' : 'reveal'), () => this.reveal(), { 'data-does': 'reveal' }),
          button(word('reload'), () => this.load(), { 'data-does': 'reload' }),
        ])
      : [];
    this.head.replaceChildren(
      el('h1', {}, word('view.person'), ' ', this.openid === '' ? null : el('code', { class: 'person-id', dir: 'auto' }, shown)),
      ...does,
      ...(this.person ? [el('p', { class: 'hint' }, `${word('account')}: ${this.person.account}`)] : []),
    );
  }

  /** What stays while pushes come. */
  drawParts() {
    const asks = (words, does, place, ask) => button(word(words), () => fill(place, ask), { 'data-does': does });
    const path = (what) => ofAccount(this.account, `people/${encodeURIComponent(this.openid)}/${what}`);
    const hint = () => el('p', { class: 'hint' }, word('asksWeChat'));
    this.tags.replaceChildren(hint());
    this.menu.replaceChildren(hint());
    const pushes = address('pushes', { account: this.person.account, openid: this.person.person });
    this.body.replaceChildren(
      el(
        'div',
        { class: 'person-cards' },
        card(part(word('window'), this.window), 'window'),
        card(part(word('personTags'), this.tags, asks('askTags', 'ask-tags', this.tags, async () => drawnTags(await get(path('tags'))))), 'tags'),
        card(part(word('personMenu'), this.menu, asks('askMenu', 'ask-menu', this.menu, async () => drawnMenu(await get(path('menu'))))), 'menu'),
      ),
      el(
        'div',
        { class: 'person-parts' },
        card(part(word('conversation'), this.status, this.notes, this.chat.list), 'chat'),
        card(part(word('pushes'), el('a', { class: 'link', href: pushes, 'data-does': 'list' }, word('inList')), this.list), 'pushes'),
      ),
    );
  }

  /** The longest one is told first; others as long as they are open. */
  drawWindow() {
    const { state, opened } = this.person.window;
    const left = (one) => secondsLeft(one, this.now);
    const open = state === 'left' ? [] : opened.filter((one) => left(one) > 0);
    this.open = open.length;
    const told = state === 'open' && open.length === 0 ? 'unknown' : state;
    const known = this.window.dataset.drawn;
    const looks = JSON.stringify([told, opened, open.length, word('language')]);
    if (known !== looks) {
      this.window.dataset.drawn = looks;
      this.window.dataset.state = told;
      this.window.replaceChildren(...windowWords(told, open, opened, this.person.since));
    }
    this.window.querySelectorAll('[data-until]').forEach((node) => {
      node.textContent = word('timeLeft', { time: countdown(left({ until: node.getAttribute('data-until') })) });
    });
  }

  drawNotes() {
    const { complete, since, more, instances, pushes } = this.person;
    const silent = instances.filter((one) => one.problem).map((one) => one.name);
    this.notes.replaceChildren(
      ...present([
        complete ? null : el('p', { class: 'caution' }, silent.length > 0 ? word('someSilent', { instances: silent.join(', ') }) : word('fleetIncomplete')),
        since ? el('p', { class: 'hint', 'data-note': 'since' }, word('heldSince', { since: dayTime(since) })) : null,
        more ? el('p', { class: 'hint' }, word('heldMore', { count: pushes.length })) : null,
        pushes.length === 0 ? el('p', { class: 'hint', 'data-note': 'nothing' }, word('heldNothing')) : null,
      ]),
    );
  }

  drawChat() {
    if (this.person) {
      this.chat.show(this.person, [...this.person.pushes, ...this.inProgress]);
    }
  }

  row(push) {
    return el(
      'li',
      {},
      el(
        'a',
        { class: 'person-push', href: pushLink(this.person, push), 'data-outcome': push.outcome },
        el('time', { datetime: push.at, title: dayTime(push.at) }, clockTime(push.at)),
        el('strong', { dir: 'auto' }, push.type || word('noType')),
        outcome(push),
        el('small', { dir: 'auto' }, [push.key, this.person.instances.length > 1 ? push.instance : ''].filter(Boolean).join(' · ')),
      ),
    );
  }
}

function card(node, name) {
  node.classList.add('card');
  node.dataset.card = name;
  return node;
}

function messages(one) {
  return word('windowMessages', { messages: one.messages }) + (one.sent > 0 ? ` ${word('windowSent', { sent: one.sent })}` : '');
}

function windowWords(state, open, opened, since) {
  if (open.length > 0) {
    const [longest, ...others] = open;
    return [
      el('strong', { class: 'good', 'data-until': longest.until }),
      el('p', { 'data-by': longest.by }, word('windowOpen', { by: named('grant', longest.by), at: dayTime(longest.at), until: dayTime(longest.until) })),
      el('p', {}, messages(longest)),
      ...others.map((one) =>
        el('p', { 'data-by': one.by }, el('span', { class: 'good', 'data-until': one.until }), ` · ${named('grant', one.by)} · ${messages(one)}`),
      ),
      open.length > 1 ? el('p', { class: 'hint' }, word('windowSeveral')) : null,
      el('p', { class: 'hint' }, word('windowOthers')),
    ].filter(Boolean);
  }
  const last = opened[0];
  return [
    el('strong', { class: state === 'unknown' ? 'warn' : 'bad' }, word(`window.${state}`)),
    el('p', {}, word(`windowWhy.${state}`, { since: dayTime(since) || '–' })),
    last ? el('p', { class: 'hint' }, word('windowLast', { by: named('grant', last.by), at: dayTime(last.at), until: dayTime(last.until) })) : null,
  ].filter(Boolean);
}

function drawnTags({ tags }) {
  return tags.length === 0
    ? el('p', {}, word('tagsNone'))
    : el('ul', { class: 'person-tags' }, ...tags.map(({ id, name }) => el('li', { dir: 'auto' }, name ?? word('tagUnnamed'), el('small', {}, ` ${id}`))));
}

function drawnMenu(sight) {
  const { local, trymatch } = sight;
  return [
    trymatch ? phone(trymatch.button) : el('p', {}, word('noMenu')),
    local?.matchrule ? el('p', {}, word('personalised'), ' ', el('small', {}, `menuid ${local.menuid ?? ''}`), ' ', matchRule(local.matchrule)) : null,
    local && !local.matchrule ? el('p', {}, word('defaultMenu')) : null,
    verdict(sight),
  ].filter(Boolean);
}
