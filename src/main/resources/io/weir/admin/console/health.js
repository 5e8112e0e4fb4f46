// The view of health: what is wrong first, then everything that the gateway tells of itself.
import { clockTime, dayTime, seconds } from './amounts.js';
import { getHealth } from './api.js';
import { el } from './dom.js';
import { button, fill } from './parts.js';
import { failureLines } from './problems.js';
import { inLanguage, named, word } from './words.js';

const LOOK_MILLIS = 10_000;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

export class HealthView {
  constructor() {
    this.found = el('div', { class: 'health' });
    this.head = el('div', { class: 'view-head' });
    this.node = el('div', { class: 'view' }, this.head, this.found);
  }

  show() {
    this.translated();
    this.looking = setInterval(() => document.hidden || this.load(), LOOK_MILLIS);
  }

  hide() {
    clearInterval(this.looking);
  }

  translated() {
    this.head.replaceChildren(el('h1', {}, word('view.health')), button(word('reload'), () => this.load()));
    return this.load();
  }

  load() {
    return fill(this.found, async () => drawn(await getHealth()));
  }
}

function drawn(report) {
  const reasons = reasonsOf(report);
  const isWell = report.status === 'ready' && reasons.length === 0;
  return [
    el(
      'p',
      { class: `health-state ${isWell ? 'well' : 'unwell'}`, 'data-status': report.status },
      el('strong', {}, named('status', report.status)),
      el('span', {}, word('seenAt', { time: clockTime(new Date()) })),
    ),
    reasons.length > 0 ? el('ul', { class: 'reasons', 'aria-label': word('reasons') }, ...reasons) : null,
    el('div', { class: 'card everything' }, tree({ ...report, problems: undefined })),
  ].filter(Boolean);
}

/** What makes the gateway worse than it could be: a row for each cause. */
function reasonsOf(report) {
  return (report.problems ?? []).map(reason);
}

function reason(row) {
  const about = [row.code, row.account, row.calls, row.file].filter(Boolean).join(' · ');
  const until = row.until ? word('reasonUntil', { until: dayTime(row.until) }) : '';
  return el(
    'li',
    { class: 'reason' },
    el('strong', {}, inLanguage(row.cause, row.causeZh)),
    el('p', {}, about),
    el('p', {}, [word('reasonSince', { since: dayTime(row.since) }), until].filter(Boolean).join(' ')),
    row.error ? el('p', { class: 'said' }, row.error) : null,
    ...failureLines(row),
  );
}

/** Whatever it is: names with their values, nested as they came. */
function tree(value) {
  if (value === null) {
    return el('span', { class: 'hint' }, word('none'));
  }
  if (Array.isArray(value)) {
    return value.length === 0
      ? el('span', { class: 'hint' }, word('none'))
      : el('ol', { class: 'tree-list' }, ...value.map((one) => el('li', {}, tree(one))));
  }
  if (typeof value === 'object') {
    const pairs = Object.entries(value).filter(([name, one]) => !name.endsWith('Zh') && one !== undefined);
    return el('dl', { class: 'tree' }, ...pairs.map(([name, one]) => branch(name, one)));
  }
  return el('span', { dir: 'auto' }, INSTANT.test(value) ? dayTime(value) : String(value));
}

function branch(name, value) {
  const isNested = value !== null && typeof value === 'object';
  return el('div', { class: isNested && 'nested' }, el('dt', {}, name), el('dd', {}, leaf(name, value)));
}

function leaf(name, value) {
  if (name.endsWith('Seconds')) {
    return `${seconds(value)} (${value})`;
  }
  return tree(value);
}
