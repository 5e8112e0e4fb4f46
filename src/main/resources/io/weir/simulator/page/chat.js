// The chat: its lines in their order, the newest in sight.
import { bubble } from './bubbles.js';
import { byId, el } from './dom.js';
import { chatTime } from './words.js';

/** As many as the simulator keeps. */
const MOST = 500;
const PAUSE_MILLIS = 5 * 60 * 1000;

export class Chat {
  /** @param actions what the lines can ask for */
  constructor(actions) {
    this.actions = actions;
    this.scroller = byId('chat');
    this.list = byId('lines');
    this.lines = new Map();
  }

  everything(lines) {
    this.lines = new Map(lines.map((line) => [line.number, line]));
    this.redraw();
  }

  add(line) {
    if (this.lines.has(line.number)) {
      return;
    }
    const newest = Math.max(0, ...this.lines.keys());
    this.lines.set(line.number, line);
    byId('empty').hidden = true;
    if (line.number > newest && this.lines.size <= MOST) {
      this.list.append(...this.drawn(line, this.lines.get(newest)));
      this.scroll();
    } else {
      this.lines = new Map([...this.lines].sort(([one], [other]) => one - other).slice(-MOST));
      this.redraw();
    }
  }

  receiving(now) {
    byId('receiving').hidden = !now;
  }

  /** What is only drawn anew is not read out again. */
  redraw() {
    this.scroller.setAttribute('aria-busy', 'true');
    let before;
    const nodes = [];
    for (const line of this.lines.values()) {
      nodes.push(...this.drawn(line, before));
      before = line;
    }
    this.list.replaceChildren(...nodes);
    byId('empty').hidden = nodes.length > 0;
    this.scroll();
    requestAnimationFrame(() => this.scroller.removeAttribute('aria-busy'));
  }

  /** After a longer pause the time stands above a line. */
  drawn(line, before) {
    const pause = !before || Date.parse(line.at) - Date.parse(before.at) > PAUSE_MILLIS;
    const drawn = bubble(line, this.actions);
    return pause ? [el('li', { class: 'remark time' }, el('time', { datetime: line.at }, chatTime(line.at))), drawn] : [drawn];
  }

  scroll() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.list.querySelectorAll('img').forEach((image) => {
      if (!image.complete) {
        image.addEventListener('load', () => (this.scroller.scrollTop = this.scroller.scrollHeight), { once: true });
      }
    });
  }
}
