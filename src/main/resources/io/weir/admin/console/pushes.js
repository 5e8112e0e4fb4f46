// The view of pushes: the live list, what it is narrowed to, and one push in full beside it.
import { address, go } from './address.js';
import { clockTime } from './amounts.js';
import { get } from './api.js';
import { el, find, focusedIn, present } from './dom.js';
import { filterForm, filterOf, isSame, setFields } from './filters.js';
import { Live } from './live.js';
import { button } from './parts.js';
import { problemBox } from './problems.js';
import { PushDetail } from './pushdetail.js';
import { PushList, keyOf } from './pushlist.js';
import { word } from './words.js';

const PAGE = 200;
/** More would take longer than a frame to put in order. */
const LISTED = 5000;
/** As many as the gateway gives at once. */
const EXPORTED = 1000;
const COLUMNS = [
  'at', 'account', 'type', 'key', 'openid', 'outcome', 'refusal', 'pushId', 'attempt', 'way', 'encrypted', 'micros', 'from', 'instance', 'id',
];

export class PushesView {
  constructor() {
    /** @type {Record<string, any>|null} */
    this.filter = null;
    this.accounts = [];
    this.instances = [];
    this.paused = null;
    this.catchingUp = null;
    this.state = {};
    this.showsFilters = false;
    this.head = el('div', { class: 'pushes-head' });
    this.status = el('p', { class: 'live-state', role: 'status' });
    this.trouble = el('div', {});
    this.foot = el('div', { class: 'pushes-foot' });
    this.list = new PushList(
      (id) => this.open(id),
      ({ account, openid }) => go('pushes', { ...this.filter, account, openid, id: this.list.selected }),
    );
    this.detail = new PushDetail(() => this.close());
    this.live = new Live(this);
    this.pauses = button('', () => this.pause(), { class: 'quiet', 'data-does': 'pause' });
    const line = el('div', { class: 'live-line' }, this.status, this.pauses);
    const left = el('div', { class: 'pushes-list' }, line, this.trouble, this.list.node, this.foot);
    this.list.watch();
    this.node = el('div', { class: 'pushes-view', onkeydown: (event) => this.key(event) }, this.head, left, this.detail.node);
    get('accounts').then(({ accounts }) => this.know(accounts), () => {});
    get('fleet').then((fleet) => this.knowFleet(fleet), () => {});
  }

  show(parameters) {
    const filter = filterOf(parameters);
    const id = parameters.get('id') || null;
    if (!this.filter || !isSame(filter, this.filter)) {
      this.filter = filter;
      this.begin();
    }
    this.list.select(id);
    this.detail.show(id, this.list.running.find((push) => keyOf(push) === id));
    this.node.classList.toggle('with-detail', id !== null);
    this.drawHead();
  }

  hide() {
    this.live.stop();
    this.list.unwatch();
    this.detail.show(null, undefined);
  }

  translated() {
    this.drawHead();
    this.list.redraw();
    this.detail.redraw();
    this.drawState();
  }

  know(accounts) {
    this.accounts = accounts.map((account) => account.name);
    this.drawHead();
  }

  /** With several instances each push shows its own. */
  knowFleet({ self, instances }) {
    this.instances = instances.length > 1 ? instances.map((instance) => instance.name) : [];
    this.detail.self = self;
    this.list.showsInstances = this.instances.length > 1;
    this.list.redraw();
    this.drawHead();
  }

  /** Everything from the start, then what comes. */
  async begin() {
    const filter = this.filter;
    this.live.stop();
    this.state = {};
    this.hasOlder = false;
    try {
      const { pushes, newest, complete, most } = await get('fleet/pushes', { ...filter, limit: PAGE });
      if (filter === this.filter && this.node.isConnected) {
        this.trouble.replaceChildren(...(complete ? [] : [el('p', { class: 'caution' }, word('fleetIncomplete'))]));
        this.hasOlder = pushes.length >= PAGE;
        this.list.most = Math.min(most ?? this.list.most, LISTED);
        this.list.everything(pushes);
        this.live.start(filter, newest);
      }
    } catch (problem) {
      this.failed(filter, problem);
    }
    this.drawState();
  }

  /** Nothing is there to be listened to then. */
  failed(filter, problem) {
    if (filter === this.filter) {
      this.list.everything([]);
      this.trouble.replaceChildren(problemBox(problem), button(word('again'), () => this.begin(), { class: 'quiet' }));
    }
  }

  push(push) {
    if (this.paused) {
      this.paused.push(push);
      if (this.paused.length > this.list.most) {
        this.paused.shift();
      }
    } else {
      this.list.add(push);
      this.followEnded([push]);
    }
    this.drawStateSoon();
  }

  /** Those in progress. */
  running(pushes) {
    if (!this.paused) {
      this.list.progress(pushes);
      this.followEnded([...this.list.pushes.values()]);
      this.drawStateSoon();
    }
  }

  /** One that was in progress and is shown in full is shown as what it has become; that may be told before or after its end. */
  followEnded(pushes) {
    const shown = this.list.selected;
    if (shown?.includes('/running-') && !this.list.running.some((push) => keyOf(push) === shown)) {
      const became = pushes.findLast((push) => keyOf({ ...push, outcome: 'running' }) === shown);
      if (became) {
        this.open(keyOf(became));
      }
    }
  }

  /** Pushes have left the gateway's memory before they were sent: what is there still is all that can be had. */
  gap() {
    this.state.gap = true;
    this.drawState();
    return this.catchUp();
  }

  /** What has come unseen, to any instance; asked for once at a time. */
  async catchUp() {
    const filter = this.filter;
    if (this.catchingUp === filter) {
      return;
    }
    this.catchingUp = filter;
    const { pushes } = await get('fleet/pushes', { ...filter, limit: PAGE }).catch(() => ({ pushes: [] }));
    if (this.catchingUp === filter) {
      this.catchingUp = null;
    }
    if (filter === this.filter) {
      this.list.merge(pushes);
    }
    this.drawState();
  }

  connection(state) {
    this.state = state.back && !state.lost ? { ...this.state, live: true } : { ...state, live: Boolean(state.back) };
    if (!this.state.live) {
      this.list.progress([]);
    }
    this.drawState();
    if (state.back && state.again) {
      this.catchUp();
    }
  }

  async older() {
    try {
      const { pushes } = await get('fleet/pushes', { ...this.filter, until: this.list.oldest, limit: PAGE });
      this.list.merge(pushes);
      this.hasOlder = pushes.length >= PAGE && !this.list.isFull;
      this.drawState();
    } catch (problem) {
      this.foot.prepend(problemBox(problem));
    }
  }

  pause() {
    if (this.paused) {
      const waiting = this.paused;
      this.paused = null;
      waiting.forEach((push) => this.list.add(push));
    } else {
      this.paused = [];
    }
    this.drawState();
  }

  /** Back closes the first push that was opened; one after the other is one step. */
  open(id) {
    const where = address('pushes', { ...this.filter, id });
    if (this.detail.id === null) {
      history.pushState({ opened: true }, '', where);
    } else {
      history.replaceState(history.state, '', where);
    }
    this.show(new URLSearchParams({ ...this.filter, id }));
  }

  close() {
    if (history.state?.opened) {
      history.back();
    } else {
      history.replaceState(null, '', address('pushes', this.filter ?? {}));
    }
    this.show(new URLSearchParams(this.filter ?? {}));
    this.list.node.focus();
  }

  /** What the filter lets through, as a file; masked as the list is. */
  async save(kind) {
    try {
      const { pushes } = await get('fleet/pushes', { ...this.filter, limit: EXPORTED });
      const line = kind === 'csv' ? (push) => COLUMNS.map((name) => csv(push[name])).join(',') : JSON.stringify;
      const lines = [...(kind === 'csv' ? [COLUMNS.join(',')] : []), ...pushes.map((push) => line(push))];
      const url = URL.createObjectURL(new Blob([lines.map((one) => `${one}\n`).join('')]));
      el('a', { href: url, download: `pushes.${kind}` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 0);
    } catch (problem) {
      this.foot.prepend(problemBox(problem));
    }
  }

  key(event) {
    if (event.key === 'Escape' && this.list.selected !== null && event.target.tagName !== 'TEXTAREA') {
      event.preventDefault();
      this.close();
    } else if (event.key === 'Enter' && event.target === this.list.node) {
      this.detail.focus();
    }
  }

  drawHead() {
    const focused = focusedIn(this.head)?.dataset.focus;
    const types = [...new Set([...this.list.pushes.values()].map((push) => push.type))].filter(Boolean).sort();
    const set = setFields(this.filter ?? {});
    const words = set > 0 ? word('filtersSet', { count: set }) : word('filters');
    const toggle = button(words, () => this.toggleFilters(), {
      class: 'only-narrow',
      'aria-expanded': String(this.showsFilters),
      'data-focus': 'filters',
    });
    this.head.classList.toggle('filters-shown', this.showsFilters);
    this.head.replaceChildren(
      el('h1', {}, word('view.pushes')),
      toggle,
      filterForm(this.filter, { accounts: this.accounts, types, instances: this.instances }, (filter) => go('pushes', { ...filter, id: this.list.selected })),
    );
    if (focused) {
      find(this.head, `[data-focus="${focused}"]`)?.focus();
    }
  }

  toggleFilters() {
    this.showsFilters = !this.showsFilters;
    this.drawHead();
  }

  drawStateSoon() {
    this.drawing ??= requestAnimationFrame(() => {
      this.drawing = null;
      this.drawState();
    });
  }

  /** What has not changed stays: somebody may be about to press it. */
  drawState() {
    this.pauses.textContent = word(this.paused ? 'resume' : 'pause');
    this.status.dataset.state = this.state.live ? 'live' : 'lost';
    const words = this.stateWords();
    const said = words.map((node) => node.textContent).join(' ');
    if (said !== this.said) {
      this.said = said;
      this.status.replaceChildren(el('span', { class: 'lamp', 'aria-hidden': 'true' }), ...words);
    }
    const nothing = this.list.pushes.size + this.list.running.length === 0 && !this.trouble.hasChildNodes();
    const foot = [nothing && (setFields(this.filter) > 0 ? 'nothingFits' : 'noPushes'), this.hasOlder, word('older')].join(' ');
    if (foot !== this.footShown) {
      this.footShown = foot;
      this.drawFoot(nothing);
    }
  }

  drawFoot(nothing) {
    const saves = (kind, words) => button(words, () => this.save(kind), { class: 'quiet', 'data-does': `save-${kind}` });
    this.foot.replaceChildren(
      ...present([
        nothing ? el('p', { class: 'hint' }, word(setFields(this.filter) > 0 ? 'nothingFits' : 'noPushes')) : null,
        this.hasOlder ? button(word('older'), () => this.older(), { 'data-does': 'older' }) : null,
        nothing ? null : el('div', { class: 'row' }, el('small', {}, word('exportAs')), saves('ndjson', 'NDJSON'), saves('csv', 'CSV')),
      ]),
    );
  }

  stateWords() {
    const { live, lost, back, problem, gap } = this.state;
    const times = { lost: lost && clockTime(lost), back: back && clockTime(back) };
    return present([
      this.paused ? el('strong', {}, word('pausedWith', { count: this.paused.length })) : null,
      live && !lost ? el('span', {}, word('live')) : null,
      live && lost ? el('span', {}, word('backAgain', times)) : null,
      !live && lost ? el('span', {}, word('connectionLost', times), problem ? ` ${problem.message}` : '') : null,
      !live && !lost && !this.trouble.hasChildNodes() ? el('span', {}, word('connecting')) : null,
      gap ? el('span', {}, word('gap')) : null,
    ]);
  }
}

/** A cell that a spreadsheet does not take for a formula. */
function csv(value = '') {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
