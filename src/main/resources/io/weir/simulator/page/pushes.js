// The panel of pushes: what WeChat sent because of this person, each attempt while it runs, what came back, and what
// WeChat made of it.
import { byId, el, find } from './dom.js';
import { clockTime, word } from './words.js';

const LIMIT_MILLIS = 5000;
const TICK_MILLIS = 100;
/** As many as the simulator keeps. */
const MOST = 50;
const STATES = { shown: 'stateShown', nothing: 'stateNothing', fault: 'stateFault' };

export class Pushes {
  constructor() {
    this.panel = byId('pushes');
    this.pushes = new Map();
    this.open = new Set();
    this.ticking = null;
    /** Makes the address of a push in the gateway's console; null where there is none. */
    this.link = null;
  }

  everything(pushes) {
    this.pushes = new Map();
    pushes.forEach((push) => this.keep(push));
    this.redraw();
  }

  add(push) {
    this.keep(push);
    const drawn = this.draw(push);
    const known = this.panel.querySelector(`[data-push="${push.number}"]`);
    if (known) {
      known.replaceWith(drawn);
    } else {
      this.redraw();
    }
    this.count();
    this.tick();
  }

  /** @param push with the milliseconds that its running attempts have taken when it was told */
  keep(push) {
    const told = performance.now();
    push.attempts.forEach((attempt) => (attempt.began = told - attempt.millis));
    this.pushes.set(push.number, push);
    if (this.pushes.size > MOST) {
      this.pushes.delete(Math.min(...this.pushes.keys()));
    }
  }

  redraw() {
    const newestFirst = [...this.pushes.values()].sort((one, other) => other.number - one.number);
    this.panel.replaceChildren(
      el('h2', {}, word('pushes')),
      newestFirst.length === 0
        ? el('p', { class: 'hint' }, word('noPushes'))
        : el('ol', { class: 'push-list' }, ...newestFirst.map((push) => this.draw(push))),
    );
    this.count();
    this.tick();
  }

  count() {
    byId('show-pushes').textContent = word('pushCount', { count: this.pushes.size });
  }

  draw(push) {
    const state = push.running ? 'running' : push.effect;
    const head = el(
      'div',
      { class: 'push-head' },
      el('strong', { class: 'push-type' }, push.type),
      el('time', { datetime: push.at }, clockTime(push.at)),
      el('span', { class: `state ${state}` }, word(STATES[state] ?? 'stateRunning')),
      push.key ? el('span', { class: 'push-key', dir: 'auto' }, push.key) : null,
    );
    const details = el(
      'details',
      { open: this.open.has(push.number) },
      el('summary', {}, word('wire')),
      el('h3', {}, word('sent')),
      el('pre', { tabindex: '0' }, push.xml),
      ...push.attempts.filter((attempt) => attempt.body).flatMap(answerBody),
    );
    details.addEventListener('toggle', () => this.open[details.open ? 'add' : 'delete'](push.number));
    const attempts = push.attempts.map((attempt) => drawAttempt(attempt, push));
    return el(
      'li',
      { class: 'push', 'data-push': push.number, 'data-type': push.type, 'data-state': state },
      head,
      push.said ? el('p', { class: 'wrote', dir: 'auto' }, el('span', { class: 'quote' }, word('wrote')), ` ${push.said}`) : null,
      el('ol', { class: 'attempts' }, ...attempts),
      push.running || push.attempts.length > 0 ? null : el('p', { class: 'made' }, made(push)),
      details,
      this.link
        ? el('a', { class: 'in-console', href: this.link(push), target: '_blank', rel: 'noopener' }, word('inConsole'))
        : null,
    );
  }

  /** Moves the clocks of the attempts that run. */
  tick() {
    const running = [...this.pushes.values()].flatMap((push) =>
      push.attempts.filter((attempt) => attempt.running).map((attempt) => ({ push, attempt })),
    );
    clearTimeout(this.ticking ?? undefined);
    running.forEach(({ push, attempt }) => {
      const node = this.panel.querySelector(`[data-push="${push.number}"] [data-attempt="${attempt.copy}-${attempt.number}"]`);
      const millis = elapsed(attempt);
      if (node) {
        find(node, 'progress')?.setAttribute('value', String(millis));
        find(node, '.taken')?.replaceChildren(word('waiting', { seconds: seconds(millis) }));
      }
    });
    byId('running').replaceChildren(...running.map(({ push, attempt }) => runningLine(push, attempt)));
    if (running.length > 0) {
      this.ticking = setTimeout(() => this.tick(), TICK_MILLIS);
    }
  }
}

function drawAttempt(attempt, push) {
  const title = attempt.copy === 0 ? word('attempt', attempt) : word('duplicate', attempt);
  const last = attempt.number === Math.max(...push.attempts.filter((one) => one.copy === attempt.copy).map((one) => one.number));
  const inside = attempt.running
    ? [clock(elapsed(attempt), title), el('span', { class: 'taken' }, word('waiting', { seconds: seconds(elapsed(attempt)) }))]
    : [
        el('span', { class: 'came-back' }, cameBack(attempt)),
        el('span', { class: 'made' }, attempt.lapsed && (!last || push.running) ? word('asksAgain') : made(attempt)),
        attempt.effect === 'shown' ? el('span', { class: 'came', dir: 'auto' }, attempt.text) : null,
        attempt.remark ? el('span', { class: 'noted' }, attempt.remark) : null,
      ];
  return el(
    'li',
    { class: 'attempt', 'data-attempt': `${attempt.copy}-${attempt.number}`, 'data-running': attempt.running },
    el('strong', {}, title),
    ...inside,
  );
}

function clock(millis, title) {
  return el('progress', { max: LIMIT_MILLIS, value: millis, 'aria-label': title });
}

function cameBack(attempt) {
  return attempt.status === undefined
    ? word('unanswered', { problem: attempt.text, millis: attempt.millis })
    : word('answered', attempt);
}

/** What WeChat makes of an attempt, or of a push that has none; why no answer came stands above it. */
function made(one) {
  if (one.effect === 'shown') {
    return word('shows');
  }
  if (one.effect === 'fault') {
    return one.status === undefined ? word('showsFault') : word('showsFaultBecause', { why: one.text });
  }
  return one.text ? word('showsNothingBecause', { why: one.text }) : word('showsNothing');
}

function answerBody(attempt) {
  return [el('h3', {}, word(attempt.encrypted ? 'encrypted' : 'cameBack')), el('pre', { tabindex: '0' }, attempt.body)];
}

function runningLine(push, attempt) {
  const words = word('runningNow', { type: push.type, number: attempt.number, seconds: seconds(elapsed(attempt)) });
  return el('p', {}, clock(elapsed(attempt), words), el('span', {}, words));
}

function elapsed(attempt) {
  return Math.min(LIMIT_MILLIS, performance.now() - attempt.began);
}

function seconds(millis) {
  return (millis / 1000).toFixed(1);
}
