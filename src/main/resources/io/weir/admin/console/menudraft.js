// The draft of an account's menus, kept in this browser: it survives leaving the page and a reload. Several tabs may write it. Each state
// says which states of each tab it follows, so that no tab overwrites what it has not shown: what would be lost is put aside.

/**
 * @typedef {import('./menumodel.js').Menu} Menu
 * @typedef {object} Draft
 * @property {'form'|'text'} mode
 * @property {Menu[]|null} menus what the form has; null in text mode
 * @property {string} text what text mode has, or what `menus` were read from; empty once these were changed
 * @property {string} base hash of the menus that were live when it was begun
 * @property {''|'applied'|'discarded'} ended why there is no draft any more
 * @property {string} saved when
 * @property {Record<string, number>} seen how many states of each tab it follows
 */

const MOST_TABS = 16;
const PREFIX = 'weir.menu-draft.';

/**
 * Whether a state follows all that the other one follows, and the other one itself.
 * @param {Draft|null} later
 * @param {Draft|null} earlier
 */
export function follows(later, earlier) {
  return Object.entries(earlier?.seen ?? {}).every(([tab, count]) => (later?.seen[tab] ?? 0) >= count);
}

export class DraftStore {
  /**
   * @param {string} account
   * @param {Storage|null} storage what other tabs see; null where the browser keeps nothing
   * @param {string} tab differs in each tab, and after each reload
   */
  constructor(account, storage, tab = `${Date.now()}-${Math.random()}`) {
    this.key = PREFIX + account;
    this.storage = storage;
    this.tab = tab;
    /** @type {Draft|null} what this tab shows */
    this.own = null;
    /** @type {Draft|null} what another tab made meanwhile, as long as nobody has chosen */
    this.other = null;
  }

  /** What was kept. Of two that do not follow each other the one that was put aside, with the other one in `other`. */
  load() {
    this.own = this.read(this.key);
    for (const key of this.aside()) {
      const aside = this.read(key);
      this.remove(key);
      if (aside && !follows(this.own, aside)) {
        this.other = this.own;
        this.own = aside;
        this.write(this.other ? this.asideKey() : this.key, aside);
        break;
      }
    }
    return this.own;
  }

  /**
   * Keeps what this tab shows now.
   * @param {Omit<Draft, 'saved'|'seen'>} content
   * @returns {'saved'|'conflict'|'notKept'} a conflict where another tab has written what this one has not shown
   */
  save(content) {
    const stored = this.read(this.key);
    const isApart = this.other !== null || !follows(this.own, stored);
    this.own = this.state(content, this.own?.seen ?? {});
    if (isApart) {
      this.other = stored;
      return this.write(this.asideKey(), this.own) ? 'conflict' : 'notKept';
    }
    return this.write(this.key, this.own) ? 'saved' : 'notKept';
  }

  /**
   * What has become of the draft by an event of the storage.
   * @param {{key: string|null}} event
   * @returns {'none'|'newer'|'conflict'} newer: `own` is what another tab has made of what this one showed
   */
  heard(event) {
    const stored = event.key === this.key ? this.read(this.key) : null;
    if (!stored || follows(this.own, stored)) {
      return 'none';
    }
    if (follows(stored, this.own)) {
      this.own = stored;
      this.other = null;
      this.remove(this.asideKey());
      return 'newer';
    }
    this.other = stored;
    this.write(this.asideKey(), this.own);
    return 'conflict';
  }

  /** What this tab shows, where it shows a draft. */
  shown() {
    return /** @type {Draft} */ (this.own);
  }

  /** Chooses what the other tab made. */
  takeOther() {
    this.own = this.other;
    this.other = null;
    this.remove(this.asideKey());
    return this.own;
  }

  /** Chooses what this tab shows: it follows both then. */
  keepOwn() {
    const both = { ...this.own?.seen };
    Object.entries(this.other?.seen ?? {}).forEach(([tab, count]) => (both[tab] = Math.max(both[tab] ?? 0, count)));
    this.own = this.state(this.own, both);
    this.other = null;
    this.remove(this.asideKey());
    return this.write(this.key, this.own);
  }

  state(content, seen) {
    const others = Object.entries(seen).filter(([tab]) => tab !== this.tab).slice(1 - MOST_TABS);
    return {
      ...content,
      saved: new Date().toISOString(),
      seen: { ...Object.fromEntries(others), [this.tab]: (seen[this.tab] ?? 0) + 1 },
    };
  }

  asideKey() {
    return `${this.key}\n${this.tab}`;
  }

  aside() {
    try {
      return Object.keys(this.storage ?? {}).filter((key) => key.startsWith(`${this.key}\n`));
    } catch {
      return [];
    }
  }

  /** A browser may forbid all of this; and what it has may be of another version of this page. */
  read(key) {
    try {
      const draft = JSON.parse(this.storage?.getItem(key) ?? 'null');
      return draft?.seen && typeof draft.text === 'string' ? draft : null;
    } catch {
      return null;
    }
  }

  write(key, draft) {
    try {
      this.storage?.setItem(key, JSON.stringify(draft));
      return this.storage !== null;
    } catch {
      return false;
    }
  }

  remove(key) {
    try {
      this.storage?.removeItem(key);
    } catch {
      // Then it was not there.
    }
  }
}
