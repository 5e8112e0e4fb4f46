// Times, durations and numbers as people read them. All times are those of China, as WeChat's alarm mails have them; the bar says so.
import { locale, word } from './words.js';

const DAY_SECONDS = 86_400;
const ZONE = 'Asia/Shanghai';
/** @type {Intl.DateTimeFormatOptions} */
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23', timeZone: ZONE };
/** @type {Intl.DateTimeFormatOptions} */
const DAY_TIME = { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23', timeZone: ZONE };
/** A formatter takes longer to make than a thousand rows take to draw. */
const formatters = new Map();

function formatter(kind, make) {
  const key = `${kind} ${locale()}`;
  if (!formatters.has(key)) {
    formatters.set(key, make());
  }
  return formatters.get(key);
}

/** The time of the day, with milliseconds. */
export function clockTime(iso) {
  return formatter('clock', () => new Intl.DateTimeFormat(locale(), CLOCK)).format(new Date(iso));
}

/** Day and time. */
export function dayTime(iso) {
  return iso ? formatter('day', () => new Intl.DateTimeFormat(locale(), DAY_TIME)).format(new Date(iso)) : '';
}

/** With the separators of the language. */
export function number(value) {
  return formatter('number', () => new Intl.NumberFormat(locale())).format(Number(value));
}

/** Microseconds in the unit that fits. */
export function micros(value) {
  if (value < 1000) {
    return `${Math.round(value)} µs`;
  }
  return value < 1_000_000 ? `${trimmed(value / 1000)} ms` : `${trimmed(value / 1_000_000)} s`;
}

/** Seconds as the two largest units. */
export function seconds(value) {
  const whole = Math.max(0, Math.round(value));
  /** @type {[string, number][]} */
  const parts = [
    ['days', Math.floor(whole / DAY_SECONDS)],
    ['hours', Math.floor(whole / 3600) % 24],
    ['minutes', Math.floor(whole / 60) % 60],
    ['seconds', whole % 60],
  ];
  const first = parts.findIndex(([, amount]) => amount > 0);
  return parts
    .slice(first < 0 ? 3 : first, first < 0 ? 4 : first + 2)
    .filter(([, amount], index) => amount > 0 || index === 0)
    .map(([unit, amount]) => word(unit, { amount }))
    .join(' ');
}

function trimmed(value) {
  return formatter('trimmed', () => new Intl.NumberFormat(locale(), { maximumSignificantDigits: 3 })).format(value);
}
