// Charts over time, drawn by uPlot. A canvas says nothing to a screen reader: beside each stand its legend, a line that reads the
// time that the pointer or the arrow keys have come to, and a table.
import { number } from './amounts.js';
import { el } from './dom.js';
import { table } from './parts.js';
import { locale, word } from './words.js';

/** @type {typeof import('uplot')} A script of its own beside the page's modules. */
const uPlot = Reflect.get(globalThis, 'uPlot');
const HEIGHT = 170;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Shanghai' };
const WHOLE = [1, 2, 5].flatMap((digit) => Array.from({ length: 9 }, (one, power) => digit * 10 ** power)).sort((one, other) => one - other);
const SECONDS = { ...CLOCK, second: '2-digit' };

/** The time of day of a second since 1970, in China as all times of the console. */
function timeOfDay(second, options) {
  return new Date(second * 1000).toLocaleTimeString(locale(), options);
}

/** Each row on top of those before it; a bucket without a number counts as none. */
export function stacked(rows) {
  const sums = [];
  rows.forEach((row, index) => sums.push(row.map((value, at) => (value ?? 0) + (index > 0 ? sums[index - 1][at] : 0))));
  return sums;
}

/**
 * A chart.
 * @typedef {object} Row
 * @property {string} words its name
 * @property {string} kind class for its colour
 * @property {(number|null)[]} values null where there is none
 * @property {string} [total]
 * @property {boolean} [dash]
 */
export class Chart {
  /**
   * @param {object} options
   * @param {string} options.title its heading
   * @param {number[]} options.times the ends of the buckets, in seconds since 1970
   * @param {Row[]} options.rows
   * @param {(value: any) => string} options.format writes a value
   * @param {[number, number]} [options.log] for lines on a logarithmic scale, from and to; bars on top of each other otherwise
   * @param {string} [options.note] stands below the heading
   */
  constructor({ title, times, rows, format, log, note }) {
    this.title = title;
    this.times = times;
    this.rows = rows;
    this.format = format;
    this.log = log;
    /** @type {number|null} */
    this.at = null;
    this.readout = el('p', { class: 'readout', 'aria-live': 'polite' });
    this.swatches = rows.map((row) => el('span', { class: `swatch ${row.kind}` }));
    const legend = rows.map((row, index) => el('li', {}, this.swatches[index], row.words));
    this.plot = el('div', {
      class: 'plot',
      tabindex: '0',
      role: 'group',
      'aria-label': word('chartLabel', { title, rows: rows.map((row) => row.words).join(', ') }),
      onkeydown: (event) => this.key(event),
      onfocus: () => this.moveTo(this.at ?? times.length - 1),
      onblur: () => this.moveTo(null),
    });
    this.node = el(
      'figure',
      { class: 'card chart' },
      el('figcaption', {}, el('h2', {}, title), note ? el('p', { class: 'hint' }, note) : null, el('ul', { class: 'legend' }, ...legend)),
      this.plot,
      this.readout,
      el('details', {}, el('summary', {}, word('asTable')), this.table()),
    );
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.plot);
    this.read();
  }

  /** What can be read without seeing the chart. */
  table() {
    const columns = [word('seriesOf'), word('total'), word('largest'), word('last')];
    return table(
      this.title,
      columns,
      this.rows.map((row) => {
        const known = row.values.filter((value) => value !== null);
        const largest = Math.max(...known);
        const when = timeOfDay(this.times[row.values.indexOf(largest)], CLOCK);
        return [
          row.words,
          row.total ?? '–',
          known.length === 0 ? '–' : word('largestAt', { value: this.format(largest), time: when }),
          known.length === 0 ? '–' : this.format(known.at(-1)),
        ];
      }),
    );
  }

  fit() {
    const width = this.plot.clientWidth;
    if (width > 0 && !this.drawing) {
      this.drawing = new uPlot(this.options(width), this.data(), this.plot);
      this.plot.querySelector('canvas')?.setAttribute('aria-hidden', 'true');
    } else if (this.drawing && width > 0 && width !== this.drawing.width) {
      this.drawing.setSize({ width, height: HEIGHT });
    }
  }

  /** Bars are drawn from the highest down: each covers the foot of the one before it. @returns {import('uplot').AlignedData} */
  data() {
    const values = this.rows.map((row) => row.values);
    return [this.times, ...(this.log ? values : stacked(values).reverse())];
  }

  /** @param {number} width @returns {import('uplot').Options} */
  options(width) {
    const colour = (index) => getComputedStyle(this.swatches[index]).color;
    const lines = this.rows.map((row, index) => ({
      stroke: () => colour(index),
      width: 1.5,
      spanGaps: true,
      dash: row.dash ? [6, 4] : undefined,
      points: { show: !row.dash, size: 3, stroke: () => colour(index), fill: () => colour(index) },
    }));
    const bars = this.rows.map((row, index) => ({
      stroke: () => colour(index),
      fill: () => colour(index),
      width: 0,
      points: { show: false },
      paths: uPlot.paths.stepped?.({ align: -1 }),
    }));
    const axis = {
      stroke: () => getComputedStyle(this.readout).color,
      grid: { stroke: () => getComputedStyle(this.node).borderTopColor, width: 1 },
      ticks: { show: false },
      font: '12px system-ui, sans-serif',
    };
    const from = this.times[0];
    const to = this.times[this.times.length - 1];
    const { log } = this;
    return {
      width,
      height: HEIGHT,
      padding: [8, 20, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
      scales: {
        x: { range: () => [from, to] },
        y: log ? { distr: 3, range: () => log } : { range: (plot, low, high) => [0, high > 0 ? high * 1.08 : 1] },
      },
      axes: [
        { ...axis, size: 26, space: 64, values: (plot, splits) => splits.map((split) => timeOfDay(split, CLOCK)) },
        { ...axis, ...this.lines(), size: 58, space: 28, values: (plot, splits) => splits.map((split) => (split === null ? '' : this.format(split))) },
      ],
      series: [{}, ...(this.log ? lines : bars.reverse())],
      hooks: { setCursor: [(plot) => this.pointed(plot.cursor.idx)] },
    };
  }

  /** A logarithmic scale has a line for each power of ten; nothing is counted by halves. */
  lines() {
    const [low, high] = this.log ?? [1, 1];
    const powers = Array.from({ length: Math.round(Math.log10(high / low)) + 1 }, (one, power) => low * 10 ** power);
    if (this.log) {
      return { splits: () => powers.slice(1), filter: (plot, splits) => splits };
    }
    return this.format === number ? { incrs: WHOLE } : {};
  }

  key(event) {
    const last = this.times.length - 1;
    const at = this.at ?? last;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 12, PageDown: at + 12, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.moveTo(Math.min(last, Math.max(0, to)));
    }
  }

  moveTo(at) {
    this.at = at;
    const left = at === null ? -10 : (this.drawing?.valToPos(this.times[at], 'x') ?? -10);
    this.drawing?.setCursor({ left, top: 4 });
    this.read();
  }

  pointed(at) {
    if (at !== null && at !== undefined) {
      this.at = at;
      this.read();
    } else if (document.activeElement !== this.plot) {
      this.at = null;
      this.read();
    }
  }

  /** Without a pointer the last time that has ended. */
  read() {
    const at = this.at ?? this.times.length - 1;
    const said = this.rows
      .filter((row) => row.values[at] !== null && !row.dash)
      .map((row) => `${row.words} ${this.format(row.values[at])}`);
    const text = word('readAt', { time: timeOfDay(this.times[at], SECONDS), said: said.join(', ') || word('none') });
    if (this.readout.textContent !== text) {
      this.readout.textContent = text;
    }
  }

  /** In other colours. */
  redraw() {
    this.drawing?.redraw(false, true);
  }

  destroy() {
    this.resized.disconnect();
    this.drawing?.destroy();
  }
}

/** Of a rate: with as many digits as it needs. */
export function rate(value) {
  return value >= 100 || value === 0 ? number(Math.round(value)) : value.toLocaleString(locale(), { maximumSignificantDigits: 2 });
}
