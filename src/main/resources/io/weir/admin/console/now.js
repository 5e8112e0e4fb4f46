// What is wrong now: a banner on every page, and the same in the title and the icon of the window.
import { dayTime } from './amounts.js';
import { get } from './api.js';
import { byId, el } from './dom.js';
import { failureLines } from './problems.js';
import { inLanguage, word } from './words.js';

const LOOK_MILLIS = 10_000;

let title = 'Weir';
let rows = [];

/** Sets the title of the window; what is wrong stands before it. */
export function titled(words) {
  title = words;
  document.title = rows.length > 0 ? `⚠ ${rows.length} · ${title}` : title;
}

export class Now {
  constructor() {
    this.drawn = '';
  }

  start() {
    this.stop();
    this.look();
    this.looking = setInterval(() => document.hidden || this.look(), LOOK_MILLIS);
  }

  stop() {
    clearInterval(this.looking ?? undefined);
    this.looking = null;
    this.show([], '');
  }

  async look() {
    try {
      const { now, self } = await get('overview', { span: 'now' });
      this.take(now.rows, self);
    } catch (problem) {
      const gone = problem.status === 0 ? [{ code: 'NOT_REACHED', level: 'bad', cause: problem.message }] : [];
      this.take(gone, byId('instance').textContent);
    }
  }

  /** Unless nobody is logged in any more. */
  take(found, self) {
    if (this.looking) {
      this.show(found, self);
    }
  }

  show(found, self) {
    rows = found;
    byId('instance').textContent = self;
    byId('instance').title = word('answeredBy', { instance: self });
    byId('icon').setAttribute('href', rows.length > 0 ? 'icon-alert.svg' : 'icon.svg');
    titled(title);
    this.translated();
  }

  /** Anew only where something is different: it is read out, and somebody may be reading. */
  translated() {
    const banner = byId('now');
    const drawing = JSON.stringify([word('nowLabel'), rows]);
    if (drawing !== this.drawn) {
      this.drawn = drawing;
      const isOpen = byId('now-rows').querySelector('details')?.open ?? false;
      banner.hidden = rows.length === 0;
      banner.dataset.level = rows.some((row) => row.level === 'bad') ? 'bad' : 'warn';
      byId('now-rows').replaceChildren(...(rows.length > 0 ? [details(isOpen)] : []));
    }
  }
}

function details(open) {
  const more = rows.length > 1 ? el('span', { class: 'now-more' }, word('nowMore', { count: rows.length - 1 })) : null;
  return el(
    'details',
    { open },
    el('summary', {}, el('strong', {}, inLanguage(rows[0].cause, rows[0].causeZh)), more),
    el('ul', {}, ...rows.map((row, index) => line(row, index > 0))),
  );
}

/** The cause of the first one stands above the list already. */
function line(row, isMore) {
  const about = [row.alarm, row.code, row.account, row.calls, row.file, row.instances?.join(', ')].filter(Boolean).join(' · ');
  return el(
    'li',
    {},
    isMore ? el('strong', {}, inLanguage(row.cause, row.causeZh)) : null,
    el('p', { class: 'said' }, about),
    row.since ? el('p', {}, word('reasonSince', { since: dayTime(row.since) })) : null,
    row.error ? el('p', { class: 'said' }, row.error) : null,
    ...failureLines(row),
  );
}
