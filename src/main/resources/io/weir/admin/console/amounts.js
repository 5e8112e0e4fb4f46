// Times, durations and numbers as people read them.
import { locale, word } from './words.js';

const DAY_SECONDS = 86_400;
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' };

/** The time of the day, with milliseconds, where the browser is. */
export function clockTime(iso) {
  return new Date(iso).toLocaleTimeString(locale(), CLOCK);
}

/** Day and time, where the browser is. */
export function dayTime(iso) {
  const options = { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' };
  return iso ? new Date(iso).toLocaleString(locale(), options) : '';
}

/** With the separators of the language. */
export function number(value) {
  return Number(value).toLocaleString(locale());
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
  return value.toLocaleString(locale(), { maximumSignificantDigits: 3 });
}
