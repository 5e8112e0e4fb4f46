// Keeps the page up to date: everything once, then each event as it happens.

const EVENTS = ['line', 'push', 'receiving', 'typing', 'menu', 'following'];
const PAUSE_MILLIS = 2000;

export class Live {
  /**
   * @param person whose phone it is
   * @param page has a method for each event, `everything` for the beginning, and `trouble` for the connection
   */
  constructor(person, page) {
    this.person = person;
    this.page = page;
    this.source = null;
    this.stopped = false;
    this.visibility = () => (document.hidden ? this.pause() : this.resume());
  }

  start() {
    document.addEventListener('visibilitychange', this.visibility);
    return this.begin();
  }

  stop() {
    this.stopped = true;
    document.removeEventListener('visibilitychange', this.visibility);
    this.pause();
  }

  async begin() {
    this.pause();
    try {
      const everything = await this.person.everything();
      if (!this.stopped) {
        this.after = everything.after;
        this.page.everything(everything);
        this.listen();
      }
    } catch {
      this.again();
    }
  }

  listen() {
    const source = new EventSource(this.person.events(this.after));
    this.source = source;
    source.onopen = () => this.page.trouble(false);
    source.onerror = () => source.readyState === EventSource.CLOSED && this.again();
    source.addEventListener('reset', () => this.begin());
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        this.after = event.lastEventId;
        this.page[name](JSON.parse(event.data));
      });
    }
  }

  /** A browser opens few connections to one place: a tab that nobody sees lets go of its own. */
  pause() {
    this.source?.close();
    this.source = null;
  }

  resume() {
    if (!this.source && !this.stopped && this.after) {
      this.listen();
      this.person.reopen().catch(() => this.page.trouble(true));
    }
  }

  again() {
    this.pause();
    if (!this.stopped) {
      this.page.trouble(true);
      setTimeout(() => !this.stopped && !document.hidden && this.begin(), PAUSE_MILLIS);
    }
  }
}
