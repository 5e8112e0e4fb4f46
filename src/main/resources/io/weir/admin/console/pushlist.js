// The list of pushes, newest first: at most as many rows as the gateway keeps, walked through with the arrow keys.
import { clockTime, dayTime, micros } from './amounts.js';
import { el } from './dom.js';
import { named, word } from './words.js';

/** As many as the gateway keeps. */
export const MOST = 1000;
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

export class PushList {
  /** @param chosen gets the id of the push that is to be shown in full */
  constructor(chosen) {
    this.chosen = chosen;
    this.pushes = new Map();
    this.coming = [];
    this.selected = null;
    this.node = el('ol', { id: 'push-list', class: 'push-list', role: 'listbox', tabindex: '0', onkeydown: (event) => this.walk(event) });
    this.node.addEventListener('click', (event) => this.choose(Number(event.target.closest('[data-push]')?.dataset.push)));
  }

  /** Forgets what it had. @param pushes newest first */
  everything(pushes) {
    this.pushes = new Map(pushes.slice(0, MOST).map((push) => [push.id, push]));
    this.coming = [];
    this.redraw();
  }

  /** Takes one that has just come; many in one frame of the screen are drawn at once. */
  add(push) {
    this.coming.push(push);
    if (this.coming.length === 1) {
      requestAnimationFrame(() => this.drawComing());
    } else if (this.coming.length > MOST) {
      this.coming.shift();
    }
  }

  /** Adds older ones at the end. */
  addOlder(pushes) {
    const unknown = pushes.filter((push) => !this.pushes.has(push.id)).slice(0, MOST - this.pushes.size);
    unknown.forEach((push) => this.pushes.set(push.id, push));
    this.node.append(...unknown.map((push) => this.draw(push)));
  }

  /** Adds some wherever they belong. */
  merge(pushes) {
    pushes.forEach((push) => this.pushes.set(push.id, push));
    this.redraw();
    this.dropOld();
  }

  get newest() {
    return Math.max(0, ...this.pushes.keys(), ...this.coming.map((push) => push.id));
  }

  get oldest() {
    return this.pushes.size === 0 ? null : Math.min(...this.pushes.keys());
  }

  get isFull() {
    return this.pushes.size >= MOST;
  }

  drawComing() {
    const coming = this.coming;
    this.coming = [];
    const fresh = document.createDocumentFragment();
    for (const push of coming.reverse()) {
      const known = this.row(push.id);
      if (known) {
        known.replaceWith(this.draw(push));
      } else if (!this.pushes.has(push.id)) {
        fresh.append(this.draw(push));
      }
      this.pushes.set(push.id, push);
    }
    this.node.prepend(fresh);
    this.dropOld();
  }

  dropOld() {
    while (this.node.childElementCount > MOST) {
      const last = this.node.lastElementChild;
      this.pushes.delete(Number(last.dataset.push));
      last.remove();
    }
  }

  redraw() {
    const newestFirst = [...this.pushes.values()].sort((one, other) => other.id - one.id);
    this.node.setAttribute('aria-label', word('pushes'));
    this.node.replaceChildren(...newestFirst.map((push) => this.draw(push)));
    this.mark();
  }

  draw(push) {
    return el(
      'li',
      {
        id: `push-${push.id}`,
        class: 'push-row',
        role: 'option',
        'data-push': push.id,
        'data-outcome': push.outcome,
        'aria-selected': push.id === this.selected ? 'true' : 'false',
      },
      el('time', { datetime: push.at, title: dayTime(push.at) }, clockTime(push.at)),
      el('span', { class: 'push-type', dir: 'auto' }, push.type || word('noType')),
      outcome(push),
      el('span', { class: 'push-key', dir: 'auto' }, [push.key, push.openid].filter(Boolean).join(' · ')),
      el('span', { class: 'push-account' }, push.account),
      el('span', { class: 'push-took' }, push.micros === undefined ? '' : micros(push.micros)),
    );
  }

  row(id) {
    return this.node.querySelector(`[data-push="${id}"]`);
  }

  /** Marks the row of the push that is shown in full; null for none. */
  select(id) {
    this.selected = id;
    this.mark();
  }

  mark() {
    this.node.querySelectorAll('[aria-selected="true"]').forEach((row) => row.setAttribute('aria-selected', 'false'));
    const row = this.selected === null ? null : this.row(this.selected);
    row?.setAttribute('aria-selected', 'true');
    if (row) {
      this.node.setAttribute('aria-activedescendant', row.id);
    } else {
      this.node.removeAttribute('aria-activedescendant');
    }
  }

  walk(event) {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    event.preventDefault();
    const rows = [...this.node.children];
    const now = rows.findIndex((row) => Number(row.dataset.push) === this.selected);
    const next = rows[Math.max(0, Math.min(rows.length - 1, now < 0 ? 0 : now + step))];
    next?.scrollIntoView({ block: 'nearest' });
    this.choose(Number(next?.dataset.push));
  }

  choose(id) {
    if (Number.isFinite(id)) {
      this.select(id);
      this.chosen(id);
    }
  }
}

/** What became of a push, in a word. */
export function outcome(push) {
  return el('span', { class: `outcome ${push.outcome}` }, named('outcome', push.outcome));
}
