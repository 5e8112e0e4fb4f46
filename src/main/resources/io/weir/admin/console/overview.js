// The first view: how the last hour or day was, for all accounts and instances or for one.
import { address, go } from './address.js';
import { dayTime, micros, number } from './amounts.js';
import { get } from './api.js';
import { Chart, rate } from './charts.js';
import { el, find, focusedIn, present } from './dom.js';
import { button, field, select } from './parts.js';
import { problemBox } from './problems.js';
import { language, named, word } from './words.js';

const LOOK_MILLIS = 10_000;
const LIMIT_MILLIS = 5_000;
const NAMES = ['account', 'instance', 'span'];
const OUTCOMES = ['reply', 'success', 'repeat', 'late', 'lapsed', 'failed', 'unhandled', 'shed'];
const COLOURS = 6;

export class OverviewView {
  constructor() {
    this.head = el('div', { class: 'view-head' });
    this.found = el('div', { class: 'overview', 'aria-busy': 'true' });
    this.node = el('div', { class: 'view' }, this.head, this.found);
    /** @type {Chart[]} */
    this.charts = [];
    /** @type {Record<string, string>} */
    this.asked = {};
    /** @type {[object, string]|null} */
    this.drawn = null;
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.recolour = () => this.charts.forEach((chart) => chart.redraw());
    this.theme = new MutationObserver(this.recolour);
    this.known = { accounts: [], instances: [] };
  }

  show(parameters) {
    this.asked = Object.fromEntries(NAMES.map((name) => [name, parameters.get(name) ?? '']));
    this.scheme.addEventListener('change', this.recolour);
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.looking ??= setInterval(() => document.hidden || this.load(), LOOK_MILLIS);
    return this.translated();
  }

  hide() {
    clearInterval(this.looking);
    this.looking = null;
    this.scheme.removeEventListener('change', this.recolour);
    this.theme.disconnect();
    this.forget();
  }

  forget() {
    this.charts.forEach((chart) => chart.destroy());
    this.charts = [];
  }

  translated() {
    this.drawHead();
    return this.load();
  }

  drawHead() {
    const { accounts, instances } = this.known;
    const choice = (name, names) => {
      const all = [...new Set(present([...names, this.asked[name]]))];
      const options = [['', word('all')], ...all.map((one) => [one, one])];
      return field(word(name), this.selected(name, options, this.asked[name]));
    };
    const spans = ['hour', 'day'].map((span) => [span === 'hour' ? '' : span, word(`span.${span}`)]);
    const focused = focusedIn(this.head)?.dataset.focus;
    this.head.replaceChildren(
      el('h1', {}, word('view.overview')),
      choice('account', accounts),
      choice('instance', instances),
      field(word('span'), this.selected('span', spans, this.asked.span)),
      button(word('reload'), () => this.load(), { 'data-focus': 'reload' }),
    );
    find(this.head, `[data-focus="${focused}"]`)?.focus();
  }

  selected(name, options, chosen) {
    return select(
      { name, 'data-focus': name, onchange: (event) => go('overview', { ...this.asked, [name]: event.target.value }) },
      options,
      chosen,
    );
  }

  /** Somebody may read a table or move along a chart meanwhile: then the next look does. */
  async load() {
    const { asked } = this;
    try {
      const told = { ...(await get('overview', asked)), asked };
      if (asked === this.asked && this.looking && !this.isRead(told)) {
        this.draw(told);
      }
    } catch (problem) {
      if (asked === this.asked && this.looking) {
        this.forget();
        this.found.replaceChildren(problemBox(problem));
      }
    }
    this.found.removeAttribute('aria-busy');
  }

  isRead(told) {
    const same = this.drawn?.[0] === this.asked && this.drawn[1] === language();
    const reading = this.found.querySelector('.plot:focus, .plot:hover, details[open]');
    return same && reading !== null && told.series !== undefined && this.charts.length > 0;
  }

  draw(told) {
    this.drawn = [this.asked, language()];
    const known = { accounts: told.accounts, instances: told.instances };
    if (JSON.stringify(known) !== JSON.stringify(this.known)) {
      this.known = known;
      this.drawHead();
    }
    this.forget();
    const numbers = new Numbers(told);
    const parts = chartsOf(told, numbers);
    this.charts = parts.filter((part) => part instanceof Chart);
    const rest = parts.filter((part) => part instanceof HTMLElement);
    this.found.replaceChildren(
      ...present(notes(told, numbers)),
      tiles(told, numbers),
      el('div', { class: 'charts' }, ...this.charts.map((chart) => chart.node), ...rest),
    );
  }
}

/** The rows of an answer, with their sums. */
class Numbers {
  constructor(told) {
    this.told = told;
    const end = Date.parse(told.until) / 1000;
    this.times = Array.from({ length: told.buckets }, (one, at) => end - (told.buckets - 1 - at) * told.stepSeconds);
  }

  row(group, name) {
    return this.told.series[group]?.[name];
  }

  sum(group, ...names) {
    return names.flatMap((name) => this.row(group, name) ?? []).reduce((sum, count) => sum + count, 0);
  }

  names(group) {
    return Object.keys(this.told.series[group] ?? {});
  }

  /** Rows of a chart, for those names that something was counted of. */
  rows(group, names, { words, kind, perSecond = false }) {
    const { stepSeconds } = this.told;
    return names
      .filter((name) => this.row(group, name))
      .map((name, index) => ({
        words: words(name),
        kind: kind(name, index),
        total: number(this.sum(group, name)),
        values: perSecond ? this.row(group, name).map((count) => count / stepSeconds) : this.row(group, name),
      }));
  }
}

function notes(told, numbers) {
  const from = new Date((numbers.times[0] - told.stepSeconds) * 1000);
  return [
    told.complete || !told.shared ? null : el('p', { class: 'caution' }, word('overviewIncomplete')),
    told.shared ? null : el('p', { class: 'hint' }, word('overviewAlone')),
    el('p', { class: 'hint' }, word('overviewHint', { step: stepWords(told), zone: 'UTC+8', from: dayTime(from) })),
  ];
}

function stepWords({ stepSeconds }) {
  return stepSeconds < 60 ? word('seconds', { amount: stepSeconds }) : word('minutes', { amount: stepSeconds / 60 });
}

function millis(value) {
  return micros(value * 1000);
}

function tiles(told, numbers) {
  const pushes = numbers.sum('pushes', ...numbers.names('pushes'));
  const bad = numbers.sum('pushes', 'failed', 'unhandled', 'shed');
  const late = numbers.sum('pushes', 'late', 'lapsed');
  const lost = numbers.sum('lateReplies', 'lost');
  const refused = numbers.sum('refusals', ...numbers.names('refusals'));
  const calls = numbers.names('apiCalls').filter((code) => code !== '0');
  const tokens = numbers.sum('tokens', 'refused', 'failed');
  const redis = numbers.names('redis').filter((name) => name !== 'commands');
  const { overallP50Millis: p50, overallP99Millis: p99 } = told.latency.pushes;
  const list = (outcome) => address('pushes', { account: told.asked.account, outcome });
  return el(
    'dl',
    { class: 'tiles' },
    tile('tile.pushes', number(pushes), word('aSecond', { rate: rate(pushes / told.stepSeconds / told.buckets) }), 'plain'),
    tile('tile.p50', p50 === undefined ? '–' : millis(p50), word('ofLimit', { limit: millis(LIMIT_MILLIS) }), 'plain'),
    tile('tile.p99', p99 === undefined ? '–' : millis(p99), word('ofLimit', { limit: millis(LIMIT_MILLIS) }), levelOfLatency(p99)),
    tile('tile.failed', number(bad), el('a', { href: list('failed') }, word('toPushes')), bad > 0 ? 'bad' : 'good'),
    tile('tile.late', number(late), el('a', { href: list('late') }, word('toPushes')), late > 0 ? 'warn' : 'good'),
    tile('tile.lost', number(lost), word('lostHint'), lost > 0 ? 'bad' : 'good'),
    tile('tile.refused', number(refused), el('a', { href: list('refused') }, word('toPushes')), refused > 0 ? 'warn' : 'good'),
    tile('tile.apiErrors', number(numbers.sum('apiCalls', ...calls)), word('ofCalls', { count: number(numbers.sum('apiCalls', ...numbers.names('apiCalls'))) }), calls.length > 0 ? 'warn' : 'good'),
    tile('tile.tokens', number(tokens), word('tokensOk', { count: number(numbers.sum('tokens', 'ok')) }), tokens > 0 ? 'bad' : 'good'),
    tile('tile.redis', number(numbers.sum('redis', ...redis)), redisWords(told, numbers), redis.length > 0 ? 'bad' : 'good'),
  );
}

function levelOfLatency(p99) {
  if (p99 === undefined || p99 < LIMIT_MILLIS / 5) {
    return 'good';
  }
  return p99 < LIMIT_MILLIS * 0.9 ? 'warn' : 'bad';
}

function redisWords(told, numbers) {
  const { overallP99Millis: p99 } = told.latency.redis;
  return p99 === undefined
    ? word('noRedis')
    : word('redisTook', { count: number(numbers.sum('redis', 'commands')), p99: millis(p99) });
}

function tile(name, value, note, level) {
  return el('div', { class: `tile ${level}`, 'data-tile': name.slice(5) }, el('dt', {}, word(name)), el('dd', {}, el('strong', {}, value), el('small', {}, note)));
}

/** Charts, or a line of text where there is nothing to see. */
function chartsOf(told, numbers) {
  const each = word('countEach', { step: stepWords(told) });
  const cycled = (name, index) => `c-${index % COLOURS}`;
  const bars = (title, rows, format, note) =>
    rows.length > 0 ? new Chart({ title: word(title), times: numbers.times, rows, format, note }) : calm(title);
  const lateNames = { late: 'pushes', lapsed: 'pushes', sent: 'lateReplies', lost: 'lateReplies' };
  const lateRows = Object.entries(lateNames).flatMap(([name, group]) =>
    numbers.rows(group, [name], { words: () => word(`late.${name}`), kind: () => `l-${name}` }),
  );
  const errors = numbers.names('redis').filter((name) => name !== 'commands');
  return [
    bars('chart.pushes', numbers.rows('pushes', OUTCOMES, { words: (name) => named('outcome', name), kind: (name) => `o-${name}`, perSecond: true }), rate, word('aSecondNote')),
    durations('chart.latency', told.latency.pushes, numbers, word('latencyNote'), LIMIT_MILLIS),
    bars('chart.late', lateRows, number, each),
    bars('chart.refusals', numbers.rows('refusals', numbers.names('refusals'), { words: (name) => name, kind: cycled }), number, each),
    bars('chart.api', numbers.rows('apiCalls', numbers.names('apiCalls'), { words: codeWords, kind: (name, index) => (name === '0' ? 'o-reply' : cycled(name, index)) }), number, each),
    bars('chart.tokens', numbers.rows('tokens', ['ok', 'refused', 'failed'], { words: (name) => word(`token.${name}`), kind: (name) => `t-${name}` }), number, each),
    bars('chart.redis', numbers.rows('redis', errors, { words: (name) => named('redis', name), kind: cycled }), number, each),
    durations('chart.redisTook', told.latency.redis, numbers, word('redisTookNote')),
  ];
}

/** How long something took, against a limit where there is one. */
function durations(title, { p50Millis, p99Millis, overallP50Millis: p50, overallP99Millis: p99 }, { times }, note, limit) {
  if (p50 === undefined) {
    return calm(title);
  }
  /** @type {import('./charts.js').Row[]} */
  const rows = [
    { words: 'p50', kind: 'o-success', values: p50Millis.map(visible), total: millis(p50) },
    { words: 'p99', kind: 'o-late', values: p99Millis.map(visible), total: millis(p99) },
  ];
  if (limit) {
    rows.push({ words: word('limit', { limit: millis(limit) }), kind: 'o-failed', dash: true, values: p99Millis.map(() => limit) });
  }
  return new Chart({ title: word(title), times, rows, format: millis, log: [0.1, limit ? 2 * limit : 2_000], note });
}

/** A logarithmic scale has no 0. */
function visible(value) {
  return value === null ? null : Math.max(0.1, value);
}

function codeWords(code) {
  return code === '0' ? word('codeOk') : code;
}

function calm(title) {
  return el('section', { class: 'card calm' }, el('h2', {}, word(title)), el('p', { class: 'hint' }, word('nothingCounted')));
}
