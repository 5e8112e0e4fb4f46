// The list of pushes, newest first: at most as many rows as the gateway keeps, walked through with the arrow keys.
import { clockTime, dayTime, micros } from './amounts.js';
import { el } from './dom.js';
import { named, word } from './words.js';

/** As many as the gateway keeps. */
export const MOST = 1000;
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/** What tells a push from all others of the fleet. */
export function keyOf(push) {
  return `${push.instance}/${push.id}`;
}

/** The path of a push in the API: it is asked for at the instance that it came to. */
export function pathOf(key) {
  const [instance, id] = key.split('/').map(encodeURIComponent);
  return id === undefined ? `pushes/${instance}` : `fleet/pushes/${instance}/${id}`;
}

/** Newest first, by when they came. */
function byTime(one, other) {
  return one.at === other.at ? other.id - one.id : one.at < other.at ? 1 : -1;
}

export class PushList {
  /** @param chosen gets the key of the push that is to be shown in full */
  constructor(chosen) {
    this.chosen = chosen;
    this.showsInstances = false;
    this.pushes = new Map();
    this.coming = [];
    this.selected = null;
    this.node = el('ol', { id: 'push-list', class: 'push-list', role: 'listbox', tabindex: '0', onkeydown: (event) => this.walk(event) });
    this.node.addEventListener('click', (event) => this.choose(event.target.closest('[data-push]')?.dataset.push));
  }

  /** Forgets what it had. @param pushes newest first */
  everything(pushes) {
    this.pushes = new Map(pushes.slice(0, MOST).map((push) => [keyOf(push), push]));
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
    const unknown = pushes.filter((push) => !this.pushes.has(keyOf(push))).slice(0, MOST - this.pushes.size);
    unknown.forEach((push) => this.pushes.set(keyOf(push), push));
    this.node.append(...unknown.map((push) => this.draw(push)));
  }

  /** Adds some wherever they belong. */
  merge(pushes) {
    pushes.forEach((push) => this.pushes.set(keyOf(push), push));
    this.redraw();
    this.dropOld();
  }

  /** When the oldest came; null where there is none. */
  get oldest() {
    return this.pushes.get(this.node.lastElementChild?.dataset.push)?.at ?? null;
  }

  get isFull() {
    return this.pushes.size >= MOST;
  }

  drawComing() {
    const coming = this.coming;
    this.coming = [];
    for (const push of coming) {
      const known = this.pushes.has(keyOf(push)) ? this.row(keyOf(push)) : null;
      this.pushes.set(keyOf(push), push);
      if (known) {
        known.replaceWith(this.draw(push));
      } else {
        this.place(push);
      }
    }
    this.dropOld();
  }

  /** Those of other instances come a little later than those of this one. */
  place(push) {
    let before = this.node.firstElementChild;
    while (before && byTime(this.pushes.get(before.dataset.push), push) < 0) {
      before = before.nextElementSibling;
    }
    this.node.insertBefore(this.draw(push), before);
  }

  dropOld() {
    while (this.node.childElementCount > MOST) {
      const last = this.node.lastElementChild;
      this.pushes.delete(last.dataset.push);
      last.remove();
    }
  }

  redraw() {
    const newestFirst = [...this.pushes.values()].sort(byTime);
    this.node.setAttribute('aria-label', word('pushes'));
    this.node.replaceChildren(...newestFirst.map((push) => this.draw(push)));
    this.mark();
  }

  draw(push) {
    const key = keyOf(push);
    return el(
      'li',
      {
        id: `push-${key}`,
        class: 'push-row',
        role: 'option',
        'data-push': key,
        'data-outcome': push.outcome,
        'aria-selected': key === this.selected ? 'true' : 'false',
      },
      el('time', { datetime: push.at, title: dayTime(push.at) }, clockTime(push.at)),
      el('span', { class: 'push-type', dir: 'auto' }, push.type || word('noType'), this.instanceOf(push)),
      outcome(push),
      el('span', { class: 'push-key', dir: 'auto' }, [push.key, push.openid].filter(Boolean).join(' · ')),
      el('span', { class: 'push-account' }, push.account),
      el('span', { class: 'push-took' }, push.micros === undefined ? '' : micros(push.micros)),
    );
  }

  instanceOf(push) {
    return this.showsInstances ? el('small', { class: 'push-instance' }, push.instance) : null;
  }

  row(key) {
    return this.node.querySelector(`[data-push="${CSS.escape(key)}"]`);
  }

  /** Marks the row of the push that is shown in full; null for none. */
  select(key) {
    this.selected = key;
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
    const now = rows.findIndex((row) => row.dataset.push === this.selected);
    const next = rows[Math.max(0, Math.min(rows.length - 1, now < 0 ? 0 : now + step))];
    next?.scrollIntoView({ block: 'nearest' });
    this.choose(next?.dataset.push);
  }

  choose(key) {
    if (key !== undefined) {
      this.select(key);
      this.chosen(key);
    }
  }
}

/** What became of a push, in a word. */
export function outcome(push) {
  return el('span', { class: `outcome ${push.outcome}` }, named('outcome', push.outcome));
}
