// The view of answers: who answers what, and how that goes.
import { dayTime, micros, number } from './amounts.js';
import { get } from './api.js';
import { address } from './address.js';
import { el } from './dom.js';
import { button, dotted, fill, table } from './parts.js';
import { named, word } from './words.js';

/** A type with more rules than these shows the rest as a number. */
const MOST_RULES = 200;

export class AnswersView {
  constructor() {
    this.found = el('div', { class: 'accounts' });
    this.head = el('div', { class: 'view-head' });
    this.node = el('div', { class: 'view' }, this.head, this.found);
  }

  /** An address may name the account and the type that are to be seen. */
  async show(parameters) {
    await this.translated();
    const type = parameters.get('type') ?? '';
    const card = this.found.querySelector(`[data-account="${CSS.escape(parameters.get('account') ?? '')}"]`);
    [...(card?.querySelectorAll('td a') ?? [])].find((link) => link.textContent === type)?.scrollIntoView({ block: 'center' });
  }

  hide() {}

  translated() {
    this.head.replaceChildren(el('h1', {}, word('view.answers')), button(word('reload'), () => this.load()));
    return this.load();
  }

  load() {
    return fill(this.found, async () => (await get('answers')).accounts.map(account));
  }
}

function account({ name, types }) {
  const columns = ['type', 'handler', 'rules', 'count', 'replies', 'failed', 'lateCount', 'p99', 'lastError'].map((one) => word(one));
  return el(
    'section',
    { class: 'card', 'data-account': name },
    el('h2', {}, name),
    types.length === 0 ? el('p', { class: 'hint' }, word('noTypes')) : table(name, columns, types.map((type) => row(name, type))),
  );
}

function row(account, type) {
  const failed = type.failed > 0 ? el('strong', { class: 'bad' }, number(type.failed)) : '0';
  const lates = type.lateCount > 0 ? el('strong', { class: 'warn' }, number(type.lateCount)) : '0';
  return [
    el('a', { href: address('pushes', { account, type: type.type }), class: 'link' }, type.type),
    [el('span', { class: 'handler' }, dotted(type.handler ?? '')), type.late ? el('small', {}, named('whenLate', type.late)) : null],
    rules(type),
    number(type.count ?? 0),
    number(type.replies ?? 0),
    failed,
    lates,
    type.p99Millis === undefined || type.p99Millis === null ? '–' : micros(type.p99Millis * 1000),
    type.lastError ? failure(type.lastError) : '–',
  ];
}

function failure({ at, error }) {
  return [el('span', { class: 'bad', dir: 'auto' }, error), el('small', {}, dayTime(at))];
}

function rules(type) {
  const keys = type.rules ?? [];
  const all = type.ruleCount ?? keys.length;
  const count = all > 0 ? word(all === 1 ? 'oneRule' : 'ruleCount', { count: number(all) }) : '';
  const words = [count, type.default ? word('default') : ''].filter(Boolean).join(' + ');
  if (keys.length === 0) {
    return words || '–';
  }
  const shown = keys.slice(0, MOST_RULES);
  return el(
    'details',
    {},
    el('summary', {}, words),
    el('ul', { class: 'keys' }, ...shown.map((key) => el('li', { dir: 'auto' }, key))),
    all > shown.length ? el('p', { class: 'hint' }, word('andMore', { count: number(all - shown.length) })) : null,
  );
}
