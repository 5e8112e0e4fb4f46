// The view of health in words: what is wrong first, then everything that the gateway tells of itself.
import { clockTime, dayTime } from './amounts.js';
import { getHealth } from './api.js';
import { el } from './dom.js';
import { ENGLISH_ONLY, cardsOf, inWords, labelOf } from './healthcards.js';
import { button, copyButton, fill } from './parts.js';
import { failureLines } from './problems.js';
import { inLanguage, language, named, word } from './words.js';

const LOOK_MILLIS = 10_000;
/** Members of a problem that have their place; its reason is the group of its code. */
const SHOWN =
  'code reason since until account calls file cause causeZh remedy remedyZh error errcode errmsg rid meaning meaningZh'.split(' ');

export class HealthView {
  constructor() {
    this.found = el('div', { class: 'health' });
    this.head = el('div', { class: 'view-head' });
    this.node = el('div', { class: 'view' }, this.head, this.found);
    this.report = {};
  }

  show() {
    this.translated();
    this.looking = setInterval(() => document.hidden || this.load(), LOOK_MILLIS);
  }

  hide() {
    clearInterval(this.looking);
  }

  translated() {
    this.head.replaceChildren(
      el('h1', {}, word('view.health')),
      button(word('reload'), () => this.load()),
      copyButton(word('copyJson'), () => JSON.stringify(this.report, null, 2), 'copy-json'),
    );
    return this.load();
  }

  load() {
    return fill(this.found, async () => {
      this.report = await getHealth();
      return drawn(this.report);
    });
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
    el('div', { class: 'health-cards' }, ...cardsOf(report).map(cardDrawn)),
  ].filter(Boolean);
}

/** What makes the gateway worse than it could be: a row for each cause. */
function reasonsOf(report) {
  return (report.problems ?? []).map(reason);
}

function reason(row) {
  const about = [row.code, row.account, row.calls, row.file].filter(Boolean).join(' · ');
  const more = Object.entries(row).filter(([name]) => !SHOWN.includes(name));
  const until = row.until ? word('reasonUntil', { until: dayTime(row.until) }) : '';
  return el(
    'li',
    { class: 'reason' },
    el('strong', {}, inLanguage(row.cause, row.causeZh)),
    el('p', {}, about),
    el('p', {}, [word('reasonSince', { since: dayTime(row.since) }), until].filter(Boolean).join(' ')),
    row.error ? el('p', { class: 'said' }, row.error) : null,
    ...failureLines(row),
    ...more.map(([name, value]) => el('p', {}, `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)),
  );
}

function cardDrawn({ kind, title, rows }) {
  const spoken = rows.filter(({ path }) => !rows.some((other) => isTranslation(path, other.path)));
  return el(
    'section',
    { class: 'card', 'data-card': kind },
    el('h2', {}, named('health', kind), title === '' ? null : el('span', { class: 'card-title', dir: 'auto' }, title)),
    el('dl', { class: 'health-rows' }, ...spoken.map((row) => el('div', {}, el('dt', {}, labelOf(row)), valueDrawn(row)))),
  );
}

/** Whether the page's language has the text of one place in another: some are told in English and in Chinese. */
function isTranslation(path, other) {
  return language() === 'zh' ? other === `${path}Zh` : path === `${other}Zh`;
}

function valueDrawn({ path, value }) {
  const isEnglish = typeof value === 'string' && ENGLISH_ONLY.test(path);
  return el('dd', { dir: 'auto', lang: isEnglish ? 'en' : false, 'data-path': path }, inWords(path, value));
}
