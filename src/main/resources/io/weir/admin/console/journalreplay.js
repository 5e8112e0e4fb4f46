// Kept pushes are handled again: how many are meant, whether they shall, and how far it is.
import { dayTime, number } from './amounts.js';
import { get, send } from './api.js';
import { confirmed } from './dialogs.js';
import { el } from './dom.js';
import { button, table } from './parts.js';
import { problemBox } from './problems.js';
import { outcome } from './pushlist.js';
import { named, word } from './words.js';

const LOOK_MILLIS = 1_000;

/** Entries of the journal, or dead letters. @param first makes what the first column shows of an entry */
export function entryTable(entries, first) {
  const columns = ['keptAt', 'type', 'openid', 'failures', 'lastError', 'backend'].map((name) => word(name));
  const rows = entries.map((entry) => [
    first(entry),
    el('span', { dir: 'auto' }, entry.type),
    el('span', { dir: 'auto' }, entry.sender),
    entry.failures ? number(entry.failures) : '–',
    entry.error ? el('span', { class: 'bad', dir: 'auto' }, entry.error) : '–',
    entry.backend ?? '–',
  ]);
  return table(word('view.journal'), columns, rows);
}

export class JournalReplay {
  /**
   * @param begun gets the id of a replay that has begun; nothing when the one that was shown is to be shown no longer
   * @param ended is called when one has ended
   */
  constructor(begun, ended) {
    this.begun = begun;
    this.ended = ended;
    this.id = '';
    this.state = null;
    this.title = el('header', { class: 'replay-head' });
    this.bar = el('progress', {});
    this.line = el('p', { role: 'status' });
    this.error = el('p', { class: 'bad', dir: 'auto' });
    this.button = button('', () => this.press(), { 'data-does': 'stop-replay' });
    this.node = el('div', { class: 'replay-box' });
  }

  /** Tells how many are meant, asks, and has them handled again. */
  async ask(order) {
    try {
      const { total, entries } = await send('POST', 'journal/replays', { ...order, dryRun: true });
      if (total === 0) {
        this.node.replaceChildren(el('p', { role: 'status' }, word('nothingToReplay')));
      } else if (await confirmed(word('replayEntriesTitle'), described(order, total, entries), word('replay'))) {
        this.begun((await send('POST', 'journal/replays', order)).id);
      }
    } catch (problem) {
      this.node.replaceChildren(problemBox(problem));
    }
  }

  /** Shows how far a replay is, until it has ended or another one is asked for; '' for none. */
  follow(id) {
    if (id !== this.id) {
      clearTimeout(this.waiting);
      this.id = id;
      this.state = null;
      this.node.replaceChildren();
      if (id !== '') {
        this.look();
      }
    }
  }

  get path() {
    return `journal/replays/${encodeURIComponent(this.id)}`;
  }

  look() {
    return this.told(get(this.path));
  }

  /** Stops it; once it has ended, it is shown no longer. */
  press() {
    if (this.state.state !== 'running') {
      this.begun('');
      return;
    }
    this.button.disabled = true;
    clearTimeout(this.waiting);
    this.told(send('DELETE', this.path, undefined));
  }

  async told(asked) {
    const id = this.id;
    try {
      const state = await asked;
      if (id === this.id) {
        this.draw(state);
        this.next(state);
      }
    } catch (problem) {
      if (id === this.id) {
        this.node.replaceChildren(problemBox(problem));
      }
    }
  }

  next({ state }) {
    if (state === 'running') {
      this.waiting = setTimeout(() => this.look(), LOOK_MILLIS);
    } else {
      this.ended();
    }
  }

  translated() {
    if (this.state) {
      this.draw(this.state);
    }
  }

  draw(replay) {
    this.state = replay;
    const isRunning = replay.state === 'running';
    this.title.replaceChildren(el('h2', {}, named('journalReplay', replay.state)), outcome({ outcome: 'replay' }));
    this.bar.max = Math.max(1, replay.total);
    this.bar.value = replay.done + replay.failed + replay.gone;
    this.bar.setAttribute('aria-label', word('replay'));
    this.line.textContent = word('replayProgress', replay);
    this.error.textContent = replay.error ?? '';
    this.button.textContent = word(isRunning ? 'stopReplay' : 'close');
    this.button.disabled = false;
    this.node.dataset.state = replay.state;
    if (this.title.parentNode !== this.node) {
      this.node.replaceChildren(this.title, this.bar, this.line, this.error, el('div', {}, this.button));
    }
  }
}

function described({ backend }, total, entries) {
  return [
    el('p', { 'data-total': total }, outcome({ outcome: 'replay' }), ` ${word(total === 1 ? 'oneMatches' : 'manyMatch', { count: number(total) })}`),
    el('p', {}, backend ? word('replayToBackend', { backend }) : word('replayToHandlers')),
    entryTable(entries, ({ at }) => dayTime(at)),
    total > entries.length ? el('p', { class: 'hint' }, word('andMore', { count: number(total - entries.length) })) : null,
  ].filter(Boolean);
}
