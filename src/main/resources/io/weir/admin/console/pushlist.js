// The list of pushes: those in progress first, then the newest first by when they came. Only the rows that can be seen are elements,
// drawn at most once in each frame of the screen; the list is walked through with the arrow keys.
import { clockTime, dayTime, micros } from './amounts.js';
import { el } from './dom.js';
import { named, word } from './words.js';

/** As many as the gateway keeps where its configuration says nothing. */
export const MOST = 1000;
/** Height of a row in console.css, in pixels. */
const ROW = 54;
/** Rows above and below those that can be seen. */
const BEYOND = 6;
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
const TICK_MILLIS = 500;

/** What tells a push from all others of the fleet. */
export function keyOf(push) {
  return push.outcome === 'running' ? `${push.instance}/running-${push.pushId}` : `${push.instance}/${push.id}`;
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
  /**
   * @param chosen gets the key of the push that is to be shown in full
   * @param sender gets the push of whose sender all pushes are to be listed
   */
  constructor(chosen, /** @type {(push: any) => void} */ sender = () => {}) {
    this.chosen = chosen;
    this.sender = sender;
    this.showsInstances = false;
    this.most = MOST;
    this.pushes = new Map();
    this.running = [];
    this.items = [];
    this.rows = new Map();
    this.above = 0;
    this.changed = false;
    this.selected = null;
    this.node = el('ol', { id: 'push-list', class: 'push-list', role: 'listbox', tabindex: '0', onkeydown: (event) => this.walk(event) });
    this.node.addEventListener('click', (event) => this.click(event));
    this.spaces = [el('li', { class: 'space', role: 'none' }), el('li', { class: 'space', role: 'none' })];
    this.node.append(...this.spaces);
    this.scrolled = () => this.drawSoon();
  }

  /** While it is shown: the page may scroll in place of the list. */
  watch() {
    addEventListener('scroll', this.scrolled, { capture: true, passive: true });
    addEventListener('resize', this.scrolled);
    this.ticking ??= setInterval(() => this.tick(), TICK_MILLIS);
  }

  unwatch() {
    removeEventListener('scroll', this.scrolled, { capture: true });
    removeEventListener('resize', this.scrolled);
    clearInterval(this.ticking);
    this.ticking = undefined;
  }

  /** Forgets what it had. */
  everything(pushes) {
    this.pushes.clear();
    this.running = [];
    this.merge(pushes);
  }

  /** Takes one that has just come. */
  add(push) {
    this.pushes.set(keyOf(push), push);
    this.changedSoon();
  }

  /** Adds some wherever they belong. */
  merge(pushes) {
    pushes.forEach((push) => this.pushes.set(keyOf(push), push));
    this.arrange();
    this.draw();
  }

  /** Those in progress, in place of those before. */
  progress(pushes) {
    const now = performance.now();
    this.running = pushes.map((push) => ({ ...push, told: now })).sort(byTime);
    this.changedSoon();
  }

  /** When the oldest came; null where there is none. */
  get oldest() {
    return this.items.at(-1)?.at ?? null;
  }

  get isFull() {
    return this.pushes.size >= this.most;
  }

  changedSoon() {
    this.changed = true;
    this.drawSoon();
  }

  drawSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.changed) {
        this.arrange();
      }
      this.draw();
    });
  }

  /** Puts them in order, drops the oldest, and keeps what is seen where it is. */
  arrange() {
    this.changed = false;
    const seen = this.firstSeen();
    const anchor = seen > 0 ? this.items[seen] : null;
    const all = [...this.pushes.values()].sort(byTime);
    all.splice(this.most).forEach((push) => this.pushes.delete(keyOf(push)));
    this.items = [...this.running, ...all];
    const now = anchor ? this.items.findIndex((push) => keyOf(push) === keyOf(anchor)) : -1;
    this.space(this.above, Math.max(0, this.items.length - this.above - this.rows.size));
    if (now >= 0 && now !== seen) {
      this.scroll((now - seen) * ROW);
    }
  }

  /** As much space as the rows would take that are not drawn. */
  space(above, below) {
    this.above = above;
    this.spaces[0].style.height = `${above * ROW}px`;
    this.spaces[1].style.height = `${below * ROW}px`;
  }

  get isScroller() {
    return this.node.scrollHeight > this.node.clientHeight + 1;
  }

  scroll(pixels) {
    if (this.isScroller) {
      this.node.scrollTop += pixels;
    } else {
      scrollBy(0, pixels);
    }
  }

  /** How many rows are above what can be seen. */
  firstSeen() {
    const hidden = Math.max(0, -this.node.getBoundingClientRect().top) + this.node.scrollTop;
    return Math.min(Math.floor(hidden / ROW), Math.max(0, this.items.length - 1));
  }

  draw() {
    const seen = this.firstSeen();
    const first = Math.max(0, seen - BEYOND);
    const last = Math.min(this.items.length, seen + Math.ceil(innerHeight / ROW) + BEYOND);
    const rows = new Map();
    this.items.slice(first, last).forEach((push, index) => {
      const key = keyOf(push);
      const known = this.rows.get(key);
      const row = known?.push === push ? known : { push, node: this.row(push, key) };
      row.node.setAttribute('aria-posinset', first + index + 1);
      row.node.setAttribute('aria-setsize', this.items.length);
      rows.set(key, row);
    });
    this.replace(rows);
    this.node.dataset.count = String(this.items.length);
    this.space(first, this.items.length - last);
    this.mark();
  }

  /** Rows that stay are not moved. */
  replace(rows) {
    for (const [key, { node }] of this.rows) {
      if (rows.get(key)?.node !== node) {
        node.remove();
      }
    }
    let at = this.spaces[0].nextElementSibling;
    for (const { node } of rows.values()) {
      if (node === at) {
        at = at?.nextElementSibling ?? null;
      } else {
        this.node.insertBefore(node, at);
      }
    }
    this.rows = rows;
  }

  /** In another language. */
  redraw() {
    this.node.setAttribute('aria-label', word('pushes'));
    this.rows.forEach(({ node }) => node.remove());
    this.rows = new Map();
    this.draw();
  }

  row(push, key) {
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
      el('span', { class: 'push-key', dir: 'auto' }, ...about(push)),
      el('span', { class: 'push-account' }, push.account),
      el('span', { class: 'push-took' }, took(push)),
    );
  }

  instanceOf(push) {
    return this.showsInstances ? el('small', { class: 'push-instance' }, push.instance) : null;
  }

  tick() {
    this.running.forEach((push) => {
      const cell = this.rows.get(keyOf(push))?.node.lastElementChild;
      if (cell) {
        cell.textContent = took(push);
      }
    });
  }

  /** Marks the row of the push that is shown in full; null for none. */
  select(key) {
    this.selected = key;
    this.mark();
  }

  mark() {
    this.rows.forEach(({ node }, key) => node.setAttribute('aria-selected', String(key === this.selected)));
    const row = this.rows.get(this.selected);
    if (row) {
      this.node.setAttribute('aria-activedescendant', row.node.id);
    } else {
      this.node.removeAttribute('aria-activedescendant');
    }
  }

  walk(event) {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || this.items.length === 0) {
      return;
    }
    event.preventDefault();
    const now = this.items.findIndex((push) => keyOf(push) === this.selected);
    const next = Math.max(0, Math.min(this.items.length - 1, now < 0 ? 0 : now + step));
    this.show(next);
    this.choose(keyOf(this.items[next]));
  }

  /** Scrolls just as far as it must for a row to be seen. */
  show(index) {
    const box = this.node.getBoundingClientRect();
    const top = box.top - this.node.scrollTop + index * ROW;
    const [from, to] = this.isScroller ? [box.top, box.bottom] : [0, innerHeight];
    if (top < from) {
      this.scroll(top - from);
    } else if (top + ROW > to) {
      this.scroll(top + ROW - to);
    }
    this.draw();
  }

  click(event) {
    const key = event.target.closest('[data-push]')?.dataset.push;
    const push = this.rows.get(key)?.push;
    if (push && event.target.closest('[data-openid]')) {
      this.sender(push);
    } else {
      this.choose(key);
    }
  }

  choose(key) {
    if (key !== undefined) {
      this.select(key);
      this.chosen(key);
    }
  }
}

/** What a row says of a push: why it was refused; else its key and sender. */
function about(push) {
  const said = push.refusal ? named('check', push.refusal) : push.key;
  const sender = push.openid ? el('span', { 'data-openid': push.openid, title: word('onlySender') }, push.openid) : null;
  return [said ? el('span', { class: push.refusal ? 'bad' : false }, said) : null, said && sender ? ' · ' : null, sender].filter(Boolean);
}

/** How long it took; of one in progress, so far. */
export function took(push) {
  if (push.micros === undefined) {
    return '';
  }
  return micros(push.told === undefined ? push.micros : push.micros + (performance.now() - push.told) * 1000);
}

/** What became of a push, in a word. */
export function outcome(push) {
  return el('span', { class: `outcome ${push.outcome}` }, named('outcome', push.outcome));
}
