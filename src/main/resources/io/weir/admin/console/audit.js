// The view of the audit list: who has used a right, and for what.
import { dayTime } from './amounts.js';
import { get } from './api.js';
import { el } from './dom.js';
import { button, fill, table } from './parts.js';
import { named, word } from './words.js';

const MOST = 200;

export class AuditView {
  constructor() {
    this.found = el('div', { class: 'accounts' });
    this.head = el('div', { class: 'view-head' });
    this.node = el('div', { class: 'view' }, this.head, this.found);
  }

  show() {
    this.translated();
  }

  hide() {}

  translated() {
    const hint = el('p', { class: 'hint' }, word('auditHint'));
    this.head.replaceChildren(el('h1', {}, word('view.audit')), button(word('reload'), () => this.load()), hint);
    return this.load();
  }

  load() {
    return fill(this.found, async () => drawn(await get('audit', { limit: MOST })));
  }
}

function drawn({ complete, entries }) {
  const columns = ['auditAt', 'auditWho', 'auditAction', 'account', 'auditWhat', 'auditResult', 'instance'].map((one) => word(one));
  return [
    complete ? null : el('p', { class: 'problem' }, word('fleetIncomplete')),
    entries.length === 0
      ? el('p', { class: 'hint' }, word('auditNone'))
      : el('section', { class: 'card' }, table(word('view.audit'), columns, entries.map(row))),
  ].filter(Boolean);
}

function row({ at, who, action, account, what, result, status, instance }) {
  return [
    dayTime(at),
    el('bdi', {}, who),
    named('audit', action),
    account ?? '–',
    el('code', { dir: 'auto' }, what),
    [el('span', { class: result === 'done' ? 'good' : 'bad' }, named('audit', result)), el('small', {}, String(status))],
    instance,
  ];
}
