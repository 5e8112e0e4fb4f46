// The view of the fleet: the instances that share a Redis, and how each of them is.
import { address } from './address.js';
import { dayTime, number } from './amounts.js';
import { get } from './api.js';
import { el } from './dom.js';
import { button, dotted, fill, table } from './parts.js';
import { named, word } from './words.js';

const LOOK_MILLIS = 5_000;

export class FleetView {
  constructor() {
    this.found = el('div', { class: 'accounts' });
    this.head = el('div', { class: 'view-head' });
    /** @type {number|undefined} */
    this.looking = undefined;
    this.node = el('div', { class: 'view' }, this.head, this.found);
  }

  show() {
    this.translated();
    this.looking ??= setInterval(() => document.hidden || this.load(), LOOK_MILLIS);
  }

  hide() {
    clearInterval(this.looking);
    this.looking = undefined;
  }

  translated() {
    const hint = el('p', { class: 'hint' }, word('fleetHint'));
    this.head.replaceChildren(el('h1', {}, word('view.fleet')), button(word('reload'), () => this.load()), hint);
    return this.load();
  }

  load() {
    return fill(this.found, async () => drawn(await get('fleet')));
  }
}

function drawn({ shared, complete, instances }) {
  const columns = ['instance', 'state', 'version', 'count', 'inFlight', 'lateCount', 'lost', 'failed', 'since', 'adminAddress'];
  return [
    shared ? null : el('p', { class: 'caution' }, word('fleetAlone')),
    complete ? null : el('p', { class: 'problem' }, word('fleetIncomplete')),
    el('section', { class: 'card' }, table(word('view.fleet'), columns.map((one) => word(one)), instances.map(row))),
  ].filter(Boolean);
}

function row(instance) {
  return [
    [
      el('a', { href: address('pushes', { instance: instance.name }), class: 'link' }, dotted(instance.name)),
      instance.self ? el('small', {}, word('instance.own')) : null,
      instance.readable ? null : el('small', { class: 'warn' }, word('otherRelease')),
    ].filter(Boolean),
    el('span', { class: instance.state === 'ready' ? 'good' : 'warn', 'data-state': instance.state }, state(instance)),
    [instance.version ?? '–', instance.commit ? el('small', {}, instance.commit) : null].filter(Boolean),
    known(instance.pushes),
    known(instance.inFlight),
    counted(instance.late, 'warn'),
    counted(instance.lost, 'bad'),
    counted(instance.failed, 'bad'),
    dayTime(instance.since) || '–',
    instance.admin ?? '–',
  ];
}

function state({ state: told }) {
  return told === undefined ? '–' : named('status', told);
}

/** What another release does not tell is not zero. */
function known(amount) {
  return amount === undefined ? '–' : number(amount);
}

function counted(amount, kind) {
  return amount > 0 ? el('strong', { class: kind }, number(amount)) : known(amount);
}
