// The view of tokens: how each account's credentials are. No part of a value ever comes here.
import { number, seconds } from './amounts.js';
import { get, ofAccount, send } from './api.js';
import { confirmed } from './dialogs.js';
import { el, find, focusedIn } from './dom.js';
import { button, facts, fill } from './parts.js';
import { failureLines, problemBox } from './problems.js';
import { named, word } from './words.js';

const CREDENTIALS = ['accessToken', 'jsapiTicket'];
/** Of an access_token and a jsapi_ticket that WeChat has just made; one that is fetched may be older. */
const LIFE_SECONDS = 7200;
const TICK_MILLIS = 1000;
/** How often the gateway is asked again while somebody looks. */
const LOOK_TICKS = 15;

export class TokenView {
  constructor() {
    this.ticks = 0;
    this.states = el('div', { class: 'accounts' });
    this.head = el('div', { class: 'view-head' });
    this.node = el('div', { class: 'view' }, this.head, this.states);
    this.told = [];
  }

  show() {
    this.drawHead();
    this.load();
    this.ticking = setInterval(() => this.tick(), TICK_MILLIS);
  }

  hide() {
    clearInterval(this.ticking);
  }

  translated() {
    this.drawHead();
    this.draw();
  }

  drawHead() {
    this.head.replaceChildren(
      el('h1', {}, word('view.token')),
      button(word('reload'), () => this.load()),
      el('p', { class: 'hint' }, word('tokenHint')),
    );
  }

  async load() {
    const focused = focusedIn(this.states)?.closest('[data-account]')?.getAttribute('data-account') ?? '';
    this.ticks = 0;
    await fill(this.states, async () => {
      const { accounts } = await get('accounts');
      this.told = await Promise.all(accounts.map(state));
      return this.told.map((one) => this.account(one));
    });
    this.focus(focused);
  }

  focus(name) {
    find(this.states, `[data-account="${CSS.escape(name)}"] [data-does="refresh"]`)?.focus();
  }

  draw() {
    this.states.replaceChildren(...this.told.map((one) => this.account(one)));
  }

  /** Moves the clocks; a button that has the focus keeps it. */
  tick() {
    if (document.hidden || document.querySelector('dialog[open]') || this.states.hasAttribute('aria-busy')) {
      return;
    }
    this.ticks += 1;
    if (this.ticks >= LOOK_TICKS) {
      this.load();
    } else {
      this.told.forEach((one) => this.move(one));
    }
  }

  move(one) {
    const card = this.states.querySelector(`[data-account="${CSS.escape(one.account.name)}"]`);
    CREDENTIALS.filter((name) => one.state?.[name]).forEach((name) => {
      card?.querySelector(`[data-credential="${name}"] .moving`)?.replaceWith(moving(one.state[name], one.asked));
    });
  }

  account(one) {
    const { account, state: its, problem } = one;
    return el(
      'section',
      { class: 'card', 'data-account': account.name },
      el(
        'header',
        { class: 'card-head' },
        el('h2', {}, account.name),
        el('small', {}, named('tokenMode', account.tokenMode)),
        button(word('refresh'), () => this.refresh(one), { 'data-does': 'refresh' }),
      ),
      problem ? problemBox(problem) : null,
      one.done ? el('p', { class: 'same', role: 'status' }, word('refreshed')) : null,
      ...(its ? CREDENTIALS.map((name) => credential(name, its[name], one)) : []),
    );
  }

  async refresh(one) {
    const { account } = one;
    const force = el('input', { type: 'checkbox', name: 'force' });
    const body = [
      el('p', {}, word(account.tokenMode === 'classic' ? 'refreshClassic' : 'refreshStable', { account: account.name })),
      account.tokenMode === 'classic' ? null : el('label', { class: 'check-field' }, force, el('span', {}, word('refreshForce'))),
    ].filter(Boolean);
    if (await confirmed(word('refreshTitle', { account: account.name }), body, word('refreshNow'))) {
      await this.renew(one, force.checked);
    }
  }

  async renew(one, force) {
    try {
      one.state = await send('POST', ofAccount(one.account.name, 'token/refresh'), { force });
      one.asked = performance.now();
      one.problem = null;
      one.done = true;
    } catch (problem) {
      one.problem = problem;
      one.done = false;
    }
    this.draw();
    this.focus(one.account.name);
  }
}

async function state(account) {
  try {
    return { account, state: await get(ofAccount(account.name, 'token')), asked: performance.now() };
  } catch (problem) {
    return { account, problem };
  }
}

function credential(name, its, one) {
  const title = el('h3', {}, named('credential', name));
  if (!its) {
    return el('div', { class: 'credential', 'data-credential': name }, title, el('p', { class: 'hint' }, word('neverAsked')));
  }
  return el(
    'div',
    { class: 'credential', 'data-credential': name },
    title,
    ...warnings(its),
    moving(its, one.asked),
    facts([
      [word('source'), its.source ? named('source', its.source) : word('noneThere')],
      [word('fetchesToday'), fetches(name, its, one.account)],
    ]),
  );
}

function warnings(its) {
  return [
    its.storeAway ? el('p', { class: 'warn' }, word('storeAway')) : null,
    its.pausedSeconds > 0 ? el('p', { class: 'warn' }, word('pausedFor', { time: seconds(its.pausedSeconds) })) : null,
    its.stopped || its.lastError ? failed(its) : null,
  ].filter(Boolean);
}

function failed(its) {
  const title = el('strong', {}, word(its.stopped ? 'stopped' : 'lastFetchError'));
  return el('div', { class: its.stopped ? 'stop' : 'last-error' }, title, ...failureLines(its.lastError ?? {}));
}

/** What changes by itself: from what was told and when. */
function moving(its, asked) {
  const passed = (performance.now() - asked) / 1000;
  const left = its.expiresInSeconds === undefined ? null : Math.max(0, its.expiresInSeconds - passed);
  const age = its.ageSeconds === undefined ? null : its.ageSeconds + passed;
  const renewal = its.nextRenewalSeconds === undefined ? null : Math.max(0, its.nextRenewalSeconds - passed);
  return el(
    'div',
    { class: 'moving' },
    left === null || age === null ? null : el('progress', { max: Math.max(LIFE_SECONDS, left), value: left, 'aria-label': word('expiresIn') }),
    facts([
      [word('age'), age === null ? null : seconds(age)],
      [word('expiresIn'), left === null ? null : seconds(left)],
      [word('nextRenewal'), renewal === null ? null : seconds(renewal)],
    ]),
  );
}

/** Of the fetches in classic mode WeChat grants few. */
function fetches(name, its, account) {
  const count = number(its.fetchesToday ?? 0);
  return name === 'accessToken' && account.tokenMode === 'classic'
    ? word('fetchesOf', { count, most: number(account.testAccount ? 200 : 2000) })
    : count;
}
