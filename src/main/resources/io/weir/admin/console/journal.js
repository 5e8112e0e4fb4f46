// The view of the journal: the dead letters of an account, or all pushes that were kept, and having some of them handled again.
import { address, go } from './address.js';
import { dayTime } from './amounts.js';
import { get } from './api.js';
import { el, find, focusedIn } from './dom.js';
import { JournalReplay, entryTable } from './journalreplay.js';
import { button, facts, field, fill, pairs, section, select, verbatim } from './parts.js';
import { problemBox } from './problems.js';
import { word } from './words.js';

const PAGE = 50;
const NAMES = ['account', 'kept', 'type', 'backend', 'from', 'to'];

export class JournalView {
  constructor() {
    /** @type {Record<string, string>} Empty before it is shown. */
    this.filter = {};
    /** @type {string[]|undefined} */
    this.accounts = undefined;
    this.id = '';
    this.reveals = false;
    this.head = el('div', { class: 'view-head' });
    this.form = el('form', { class: 'filters', role: 'search', onsubmit: (event) => event.preventDefault() });
    this.form.addEventListener('change', () => this.goTo(Object.fromEntries(new FormData(this.form))));
    this.detail = el('div', { class: 'accounts' });
    this.found = el('div', { class: 'accounts' });
    this.replay = new JournalReplay((id) => this.goTo({ replay: id }), () => this.load());
    const filters = el('div', { class: 'filters-shown' }, this.form);
    this.node = el('div', { class: 'view' }, this.head, filters, this.replay.node, this.detail, this.found);
  }

  async show(parameters) {
    this.parameters = parameters;
    try {
      this.accounts ??= (await get('accounts')).accounts.map(({ name }) => name);
    } catch (problem) {
      this.found.replaceChildren(problemBox(problem));
    }
    if (this.accounts && parameters === this.parameters) {
      this.shown(parameters, this.accounts);
    }
  }

  shown(parameters, accounts) {
    const filter = Object.fromEntries(NAMES.map((name) => [name, (parameters.get(name) ?? '').trim()]));
    filter.account ||= accounts[0];
    const isOther = NAMES.some((name) => filter[name] !== this.filter[name]);
    const id = parameters.get('id') ?? '';
    this.filter = filter;
    this.replay.follow(parameters.get('replay') ?? '');
    if (id !== this.id) {
      this.id = id;
      this.reveals = false;
      this.loadDetail();
    }
    if (isOther) {
      this.drawHead();
      this.load();
    }
  }

  hide() {
    this.parameters = null;
    this.replay.follow('');
  }

  translated() {
    if (this.filter.account) {
      this.drawHead();
      this.replay.translated();
      this.loadDetail();
      this.load();
    }
  }

  get isDead() {
    return this.filter.kept === '';
  }

  /** What is asked for stands in the address, and so does the replay that is shown. */
  place(more) {
    return { ...this.filter, replay: this.replay.id, ...more };
  }

  goTo(more) {
    go('journal', this.place(more));
  }

  drawHead() {
    const replays = button(word('replayThese'), () => this.replay.ask(this.order()), { 'data-does': 'replay-these' });
    const reloads = button(word('reload'), () => this.load());
    this.head.replaceChildren(el('h1', {}, word('view.journal')), reloads, replays, el('p', { class: 'hint' }, word('journalHint')));
    const focused = focusedIn(this.form)?.getAttribute('name');
    const text = (name, attributes) => el('input', { name, value: this.filter[name], autocomplete: 'off', spellcheck: 'false', ...attributes });
    const accounts = [...new Set([...(this.accounts ?? []), this.filter.account])].map((one) => [one, one]);
    const kinds = [['', word('deadLetters')], ['all', word('allKept')]];
    this.form.setAttribute('aria-label', word('filters'));
    this.form.replaceChildren(
      field(word('account'), select({ name: 'account' }, accounts, this.filter.account)),
      field(word('shown'), select({ name: 'kept' }, kinds, this.filter.kept)),
      field(word('type'), text('type', { placeholder: word('all') })),
      field(word('backend'), text('backend', { title: word('backendHint') })),
      field(word('rangeFrom'), text('from', { placeholder: '2h', title: word('rangeHint') })),
      field(word('rangeTo'), text('to', { placeholder: '2026-11-20 15:04:05', title: word('rangeHint') })),
    );
    find(this.form, `[name="${focused}"]`)?.focus();
  }

  load(before = '') {
    const filter = this.filter;
    const { account, type, from, to, backend } = filter;
    const query = { account, type, from, to, dead: this.isDead, backend: this.isDead ? backend : '', limit: PAGE, before };
    const draw = (page) => {
      this.entries = before ? [...this.entries, ...page.entries] : page.entries;
      return this.drawn(page.next);
    };
    return latest(this.found, get('journal', query), () => filter === this.filter, draw);
  }

  drawn(next) {
    const link = ({ id, at }) => el('a', { href: address('journal', this.place({ id })), class: 'link', 'data-entry': id }, dayTime(at));
    const older = () => this.load(next).then(() => find(this.found, '[data-does="older"]')?.focus());
    return [
      this.entries.length === 0
        ? el('p', { class: 'hint', 'data-count': 0 }, word('noEntries'))
        : el('section', { class: 'card' }, entryTable(this.entries, link)),
      next ? button(word('older'), older, { 'data-does': 'older' }) : null,
    ].filter(Boolean);
  }

  /** Fields without a value are left out. */
  order() {
    const given = Object.entries(this.filter).filter(([name, value]) => name !== 'kept' && value !== '');
    return { ...Object.fromEntries(given), dead: this.isDead };
  }

  loadDetail() {
    const id = this.id;
    if (id === '') {
      this.detail.replaceChildren();
      return;
    }
    const query = { account: this.filter.account, dead: this.isDead, reveal: this.reveals };
    const asked = get(`journal/${encodeURIComponent(id)}`, query);
    return latest(this.detail, asked, () => id === this.id, (entry) => this.drawnDetail(entry)).then(() =>
      this.detail.scrollIntoView({ block: 'nearest' }),
    );
  }

  async reveal() {
    this.reveals = !this.reveals;
    await this.loadDetail();
    find(this.detail, '[data-does="reveal"]')?.focus();
  }

  /** One entry goes where it had failed: to its handler, or to the backend of the copy. */
  drawnDetail(entry) {
    const order = { account: this.filter.account, dead: this.isDead, ids: [entry.id], ...(entry.backend && { backend: entry.backend }) };
    const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
    const does = [
      button(word('replay'), () => this.replay.ask(order), { 'data-does': 'replay' }),
      button(word(this.reveals ? 'mask' : 'reveal'), () => this.reveal(), { 'data-does': 'reveal' }),
      button(word('close'), () => this.goTo({}), { class: 'quiet', 'data-does': 'close' }),
    ];
    return el(
      'section',
      { class: 'card', id: 'journal-entry', 'aria-label': word('detail') },
      el('h2', { dir: 'auto' }, entry.type),
      el('div', { class: 'detail-does' }, ...does),
      facts([
        [word('arrived'), dayTime(entry.arrived)],
        [word('keptAt'), dayTime(entry.at)],
        [word('openid'), entry.sender],
        [word('pushId'), entry.pushId],
        [word('id'), entry.id],
        [word('failures'), entry.failures],
        [word('backend'), entry.backend],
      ]),
      entry.error ? el('p', { class: 'refusal', dir: 'auto' }, entry.error) : null,
      section(word('decrypted'), verbatim(word('decrypted'), entry.document)),
      section(word('fields'), pairs(Object.entries(entry.fields ?? {}).map(([name, value]) => [name, text(value)]))),
    );
  }
}

/** Of several that are asked for in a row only the last one is shown. */
function latest(place, asked, isWanted, draw) {
  return fill(place, async () => {
    const answer = await asked.catch((problem) => {
      if (isWanted()) {
        throw problem;
      }
    });
    return isWanted() ? draw(answer) : [...place.childNodes];
  });
}
