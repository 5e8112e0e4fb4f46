// The live feed of pushes: goes on where it stopped, whatever happens to the connection.
import { stream } from './api.js';
import { readEvents } from './events.js';

/** The gateway sends a comment every 15 s: when nothing has come for longer, nothing is there any more. */
const SILENCE_MILLIS = 40_000;
const FIRST_RETRY_MILLIS = 1_000;
const LONGEST_RETRY_MILLIS = 15_000;

export class Live {
  /**
   * @param listener has `push(summary)`, `running(summaries)` with all that are in progress, `gap()` for pushes that cannot be had any more, and
   *     `connection(state)` with {lost, back, again, problem}: when it was lost, when it was back, whether it was there before, what
   *     the gateway said
   */
  constructor(listener) {
    this.listener = listener;
    this.last = 0;
    this.query = {};
    this.lost = null;
    this.running = null;
    this.visibility = () => (document.hidden ? this.disconnect() : this.connect());
  }

  /** Begins behind the push of this instance with this id. */
  start(query, last) {
    this.stop();
    this.query = query;
    this.last = last;
    this.lost = null;
    this.connected = false;
    this.wait = FIRST_RETRY_MILLIS;
    this.wanted = true;
    document.addEventListener('visibilitychange', this.visibility);
    this.connect();
  }

  stop() {
    this.wanted = false;
    document.removeEventListener('visibilitychange', this.visibility);
    this.disconnect();
  }

  /** A browser opens few connections to one place: a tab that nobody sees lets go of its own. */
  disconnect() {
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    this.running?.abort();
    this.running = null;
  }

  async connect() {
    if (!this.wanted || document.hidden) {
      return;
    }
    this.disconnect();
    const running = new AbortController();
    this.running = running;
    try {
      await this.listen(running);
      this.again(running, null);
    } catch (problem) {
      this.again(running, problem);
    }
  }

  async listen(running) {
    const headers = { Accept: 'text/event-stream', 'Last-Event-ID': String(this.last) };
    const response = await stream('fleet/pushes/live', this.query, headers, running.signal);
    if (this.running !== running) {
      return;
    }
    this.wait = FIRST_RETRY_MILLIS;
    this.listener.connection({ lost: this.lost, back: new Date(), again: this.connected });
    this.lost = null;
    this.connected = true;
    this.listenForSilence(running);
    await readEvents(
      response.body,
      () => this.listenForSilence(running),
      (event) => this.running === running && this.tell(event),
    );
  }

  listenForSilence(running) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => running.abort(), SILENCE_MILLIS);
  }

  tell({ id, name, data }) {
    if (name === 'push') {
      this.last = Number(id) || this.last;
      this.listener.push(JSON.parse(data));
    } else if (name === 'running') {
      this.listener.running(JSON.parse(data));
    } else if (name === 'gap') {
      this.listener.gap();
    }
  }

  /** Unless somebody else is connected by now; what the gateway does not understand it will not understand later. */
  again(running, problem) {
    if (this.running !== running || !this.wanted || problem?.status === 401) {
      return;
    }
    clearTimeout(this.silence);
    this.lost ??= new Date();
    this.listener.connection({ lost: this.lost, problem });
    if (problem?.status !== 400) {
      this.retry = setTimeout(() => this.connect(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_RETRY_MILLIS);
    }
  }
}
