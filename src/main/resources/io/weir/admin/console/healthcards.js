// Everything that the gateway tells of its health, as cards of rows. Names that are not known here are kept as they came: nothing is left out.
import { dayTime, number, seconds } from './amounts.js';
import { named, word } from './words.js';

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** What people look for comes first. */
const ORDER = ['instance', 'accounts', 'redis', 'clock', 'wechat', 'wechat.stopped', 'replies', 'configuration'];
/** Stands above the cards. */
const ABOVE = ['status', 'problems'];
/** Told in English alone, for logs; what a problem above says in both languages is not said again. */
export const ENGLISH_ONLY = /\.(error|errmsg|hint|problem)$/;

/**
 * @typedef {string|number|boolean|null} Value null for nothing, an empty list too
 * @typedef {{path: string, index: number|null, value: Value}} Row its place, as `accounts.lastPush.token`; index counts from 1 in a list
 * @typedef {{kind: string, title: string, rows: Row[]}} Card the place of the object, and its own name where there are several
 */

/**
 * The cards of a report: one for what the gateway tells of itself, one for each object in it, and for each object of a list.
 * @param {Record<string, any>} report
 * @returns {Card[]}
 */
export function cardsOf(report) {
  const told = Object.fromEntries(Object.entries(report).filter(([name]) => !ABOVE.includes(name)));
  const isOwn = ([, value]) => !isObject(value) && !isObjects(value);
  const own = Object.fromEntries(Object.entries(told).filter(isOwn));
  const others = Object.entries(told).filter((entry) => !isOwn(entry));
  const all = [
    { kind: 'instance', title: '', rows: Object.entries(own).flatMap(([name, value]) => rowsOf(name, value, null)) },
    ...others.flatMap(([name, value]) => cards(name, value)),
  ];
  const said = (report.problems ?? []).flatMap(Object.values).join('\n');
  const isAbove = ({ path, value }) => ENGLISH_ONLY.test(path) && said.includes(value);
  return all
    .map(({ rows, ...rest }) => ({ ...rest, rows: rows.filter((row) => !isAbove(row)) }))
    .filter(({ title, rows }) => title !== '' || rows.length > 0)
    .sort((one, other) => rank(one) - rank(other));
}

function rank({ kind }) {
  const place = ORDER.indexOf(kind);
  return place < 0 ? ORDER.length : place;
}

/** @returns {Card[]} */
function cards(kind, value) {
  return Array.isArray(value) ? value.flatMap((one, at) => entitled(kind, one, at + 1)) : card(kind, value, '');
}

/** A name stands above the card and needs no row. */
function entitled(kind, one, place) {
  const { name: own, ...rest } = one;
  if (typeof own === 'string') {
    return card(kind, rest, own);
  }
  return card(kind, one, typeof one.file === 'string' ? one.file.split(/[\\/]/).at(-1) : String(one.account ?? place));
}

/** Lists of objects in an object are cards of their own beside it. */
function card(kind, object, title) {
  const members = Object.entries(object).map(([name, value]) => ({ path: `${kind}.${name}`, value }));
  const apart = members.filter(({ value }) => isObjects(value));
  const rows = members.filter(({ value }) => !isObjects(value)).flatMap(({ path, value }) => rowsOf(path, value, null));
  return [{ kind, title, rows }, ...apart.flatMap(({ path, value }) => cards(path, value))];
}

/** @param {number|null} index @returns {Row[]} */
function rowsOf(path, value, index) {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((one, at) => rowsOf(path, one, at + 1));
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, one]) => rowsOf(`${path}.${name}`, one, index));
  }
  return [{ path, index, value: typeof value === 'object' ? null : value }];
}

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isObjects(value) {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

/** The name itself where the page has no words for it. */
export function labelOf({ path, index }) {
  const place = path.replace(/Zh$/, '');
  const known = named('health', place);
  const words = known === place ? path.slice(path.indexOf('.') + 1) : known;
  return index === null ? words : word('healthNumbered', { words, index });
}

/** A value with its unit, as people read it. */
export function inWords(path, value) {
  if (value === null) {
    return word(path.includes('.lastPush.') ? 'healthNever' : 'none');
  }
  if (typeof value === 'boolean') {
    return word(value ? 'yes' : 'no');
  }
  if (typeof value === 'number') {
    return amount(path, value);
  }
  return INSTANT.test(value) ? dayTime(value) : named(`healthValue.${path}`, value);
}

function amount(path, value) {
  if (path.endsWith('Seconds')) {
    return seconds(value);
  }
  if (path.endsWith('Millis')) {
    return `${number(value)} ms`;
  }
  return path.endsWith('errcode') ? String(value) : number(value);
}
