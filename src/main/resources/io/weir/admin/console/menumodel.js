// Menus as they are edited: plain values that are never changed in place. Whether WeChat would take them is for the gateway to judge; the
// limits stand here, too, to be counted while somebody writes (menu-api.md §1 to §3, §6).
import { halfWidths } from './names.js';

/**
 * @typedef {{name?: string, type?: string, sub_button?: Button[], [field: string]: unknown}} Button
 * @typedef {{name: string, button: Button[], matchrule?: Record<string, string>}} Menu
 *   the first of a draft is the default menu, whose name is empty; the others are personalised, oldest first
 * @typedef {number[]} Place  of a button in its menu: [first level] or [first level, second level]
 * @typedef {{menus: Menu[], place: Place|null}} Changed
 */

export const MOST_FIRST = 3;
export const MOST_SECOND = 5;
/** Each type that menu/create takes, with its own fields. */
export const TYPES = {
  click: ['key'],
  view: ['url'],
  miniprogram: ['appid', 'pagepath', 'url'],
  scancode_push: ['key'],
  scancode_waitmsg: ['key'],
  pic_sysphoto: ['key'],
  pic_photo_or_album: ['key'],
  pic_weixin: ['key'],
  location_select: ['key'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
};
/** What the select of types shows for a button that opens others. */
export const SUBMENU = 'sub_button';
export const RULE_FIELDS = ['tag', 'tag_id', 'group_id', 'client_platform_type'];
const OF_EVERY_BUTTON = ['name', 'type', 'sub_button'];
const MOST_BYTES = { key: 128, url: 1024 };
const MOST_NAME_BYTES = { 1: 16, 2: 60 };
const SHOWN_CHARACTERS = { 1: 4, 2: 8 };

/** @param {Button|undefined} button */
export function children(button) {
  return button?.sub_button ?? [];
}

/**
 * @param {Menu[]} menus
 * @param {number} menu
 * @param {Place} place
 * @returns {Button|undefined}
 */
export function buttonAt(menus, menu, place) {
  const first = menus[menu]?.button[place[0]];
  return place.length === 1 ? first : children(first)[place[1]];
}

/**
 * How much a field has, and how much it may have.
 * @param {string} field
 * @param {string} value
 * @param {number} level 1 or 2
 * @returns {{bytes: number, mostBytes: number|undefined, characters: number, mostCharacters: number|undefined}} characters of a name are
 *   as wide as Chinese ones, of which a client shows so many; 0.5 is a Latin letter
 */
export function counted(field, value, level) {
  const isName = field === 'name';
  return {
    bytes: new TextEncoder().encode(value).length,
    mostBytes: isName ? MOST_NAME_BYTES[level] : MOST_BYTES[field],
    characters: isName ? halfWidths(value) / 2 : [...value].length,
    mostCharacters: isName ? SHOWN_CHARACTERS[level] : undefined,
  };
}

/**
 * Menus of what the gateway read.
 * @param {{button: unknown, conditional: {name: string, button: unknown, matchrule?: unknown}[]}} file
 * @returns {Menu[]|null} null where a form could not show all of it
 */
export function menusOf(file) {
  try {
    return [{ name: '', button: buttons(file.button, 1) }, ...file.conditional.map(personalised)];
  } catch {
    return null;
  }
}

/** @param {{name: string, button: unknown, matchrule?: unknown}} menu */
function personalised({ name, button, matchrule = {} }) {
  return { name, button: buttons(button ?? [], 1), matchrule: texts(object(matchrule), []) };
}

function buttons(list, level) {
  if (!Array.isArray(list)) {
    throw new TypeError('not a list');
  }
  return list.map((one) => {
    const below = object(one).sub_button ?? [];
    if (level === 2 && below.length > 0) {
      throw new TypeError('a third level');
    }
    const rest = texts(one, ['sub_button']);
    return below.length > 0 || !Array.isArray(below) ? { ...rest, sub_button: buttons(below, 2) } : rest;
  });
}

function object(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new TypeError('not an object');
  }
  return value;
}

function texts(fields, without) {
  const kept = Object.entries(fields).filter(([name, value]) => !without.includes(name) && value !== null);
  if (kept.some(([, value]) => !['string', 'number'].includes(typeof value))) {
    throw new TypeError('not a text');
  }
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/**
 * The menu file as JSON. Names stay in their order, also those that are numbers: the last menu that fits wins.
 * @param {Menu[]} menus
 */
export function fileOf([standard, ...others]) {
  const named = others.map(({ name, ...body }) => `${JSON.stringify(name)}:${JSON.stringify(body)}`);
  return `{"button":${JSON.stringify(standard.button)}${named.length > 0 ? `,"conditional":{${named.join(',')}}` : ''}}`;
}

/** What a type has no field for, so that the form does not show it. @param {Button} button */
export function otherFields(button) {
  const known = [...OF_EVERY_BUTTON, ...(TYPES[button.type ?? ''] ?? [])];
  return Object.entries(button).filter(([name]) => !known.includes(name));
}

/**
 * Adds a button to the first level, or below one. A button that did something itself does so from its submenu then.
 * @param {Menu[]} menus
 * @param {number} menu
 * @param {number|null} below index of the button above
 * @param {string} name of the new one
 * @returns {Changed|null} null where there is no space
 */
export function added(menus, menu, below, name) {
  const next = structuredClone(menus);
  const list = next[menu].button;
  const fresh = { type: 'click', name, key: '' };
  if (below === null) {
    list.push(fresh);
    return list.length > MOST_FIRST ? null : { menus: next, place: [list.length - 1] };
  }
  const above = list[below];
  const before = children(above);
  const kept = before.length === 0 && otherFields({ ...above, type: '' }).some(([, value]) => value !== '') ? [above] : before;
  list[below] = { name: above.name, sub_button: [...kept, fresh] };
  return kept.length >= MOST_SECOND ? null : { menus: next, place: [below, kept.length] };
}

/**
 * @param {Menu[]} menus
 * @param {number} menu
 * @param {Place} place
 * @returns {Changed} with the place of a neighbour
 */
export function removed(menus, menu, place) {
  const next = structuredClone(menus);
  take(next[menu].button, place);
  const last = place.length - 1;
  const left = place.length === 1 ? next[menu].button.length : children(next[menu].button[place[0]]).length;
  const near = left === 0 ? place.slice(0, last) : [...place.slice(0, last), Math.min(place[last], left - 1)];
  return { menus: next, place: near.length === 0 ? null : near };
}

/** @param {Button[]} list @param {Place} place */
function take(list, [first, second]) {
  if (second === undefined) {
    return list.splice(first, 1)[0];
  }
  const above = list[first];
  const below = children(above);
  const [taken] = below.splice(second, 1);
  if (below.length === 0) {
    delete above.sub_button;
  }
  return taken;
}

/**
 * Why a button cannot stand there: 'edge' (no such place), 'full', 'depth' (a submenu below another one), 'noSubmenu'; else null.
 * @param {Menu[]} menus
 * @param {number} menu
 * @param {Place} from
 * @param {Place} to
 */
export function whyNotMoved(menus, menu, from, to) {
  const list = menus[menu].button;
  if (to.length === 1) {
    const most = from.length === 1 ? list.length - 1 : list.length;
    return from.length === 2 && list.length >= MOST_FIRST ? 'full' : to[0] < 0 || to[0] > most ? 'edge' : null;
  }
  const above = list[to[0]];
  const isSameList = from.length === 2 && from[0] === to[0];
  const most = children(above).length - (isSameList ? 1 : 0);
  if (!above || (from.length === 1 && from[0] === to[0]) || to[1] < 0 || (isSameList && to[1] > most)) {
    return 'edge';
  }
  if (children(buttonAt(menus, menu, from)).length > 0) {
    return 'depth';
  }
  return children(above).length === 0 ? 'noSubmenu' : most >= MOST_SECOND ? 'full' : null;
}

/**
 * Moves a button to where `whyNotMoved` has nothing against.
 * @param {Menu[]} menus
 * @param {number} menu
 * @param {Place} from
 * @param {Place} to
 * @returns {Changed}
 */
export function moved(menus, menu, from, to) {
  const next = structuredClone(menus);
  const list = next[menu].button;
  const place = [...to];
  const one = take(list, from);
  if (to.length === 1) {
    list.splice(to[0], 0, one);
  } else {
    place[0] -= from.length === 1 && from[0] < to[0] ? 1 : 0;
    const below = children(list[place[0]]);
    place[1] = Math.min(to[1], below.length);
    below.splice(place[1], 0, one);
  }
  return { menus: next, place };
}

/**
 * Where a button goes by an arrow key. On the second level left and right lead below the neighbour.
 * @param {Place} place
 * @param {string} key such as 'ArrowLeft'
 * @returns {Place|null} null where the key means nothing
 */
export function stepped([first, second], key) {
  const aside = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const along = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (second === undefined) {
    return aside ? [first + aside] : null;
  }
  return aside ? [first + aside, second] : along ? [first, second + along] : null;
}

/**
 * The button that an arrow key leads to, as they stand on the phone.
 * @param {Button[]} list of the first level
 * @param {Place} place
 * @param {string} key
 * @returns {Place|null}
 */
export function neighbour(list, [first, second], key) {
  const below = children(list[first]).length;
  if (key === 'ArrowUp') {
    return second === undefined ? (below > 0 ? [first, below - 1] : null) : second > 0 ? [first, second - 1] : null;
  }
  if (key === 'ArrowDown') {
    return second === undefined ? null : second + 1 < below ? [first, second + 1] : [first];
  }
  const next = first + ({ ArrowLeft: -1, ArrowRight: 1 }[key] ?? Number.NaN);
  if (!list[next]) {
    return null;
  }
  const there = children(list[next]).length;
  return second === undefined || there === 0 ? [next] : [next, Math.min(second, there - 1)];
}

/**
 * Sets a field of a button.
 * @param {Menu[]} menus
 * @param {number} menu
 * @param {Place} place
 * @param {string} field
 * @param {string} value
 */
export function withField(menus, menu, place, field, value) {
  const next = structuredClone(menus);
  Object.assign(buttonAt(next, menu, place) ?? {}, { [field]: value });
  return next;
}

/**
 * Gives a button another type: it keeps what both have, and nothing that the new one has not.
 * @param {Menu[]} menus
 * @param {number} menu
 * @param {Place} place
 * @param {string} type
 */
export function withType(menus, menu, place, type) {
  const next = structuredClone(menus);
  const button = buttonAt(next, menu, place) ?? {};
  const list = place.length === 1 ? next[menu].button : children(next[menu].button[place[0]]);
  const own = TYPES[type].map((field) => [field, button[field] ?? '']);
  list[place[place.length - 1]] = { type, name: button.name, ...Object.fromEntries(own) };
  return next;
}

/** Adds a personalised menu with the buttons of the default one. @param {Menu[]} menus @param {string} name */
export function withMenu(menus, name) {
  const taken = menus.map((one) => one.name);
  let free = name;
  for (let number = 2; taken.includes(free); number += 1) {
    free = `${name}-${number}`;
  }
  return [...menus, { name: free, button: structuredClone(menus[0].button), matchrule: {} }];
}

/**
 * Sets a field of a rule; an empty value removes it.
 * @param {Menu[]} menus
 * @param {number} menu
 * @param {string} field
 * @param {string} value
 */
export function withRule(menus, menu, field, value) {
  const { [field]: gone, ...rest } = menus[menu].matchrule ?? {};
  const matchrule = value === '' ? rest : { ...rest, [field]: value };
  return menus.map((one, index) => (index === menu ? { ...one, matchrule } : one));
}

/** Moves a personalised menu; the default one stays the first. @param {Menu[]} menus @param {number} from @param {number} to */
export function menuMoved(menus, from, to) {
  const next = [...menus];
  next.splice(Math.min(Math.max(to, 1), menus.length - 1), 0, ...next.splice(from, 1));
  return next;
}

/** Fields of a rule that WeChat has withdrawn: it matches nobody. @param {Record<string, string>} rule */
export function withdrawn(rule) {
  return Object.entries(rule).filter(([name, value]) => !RULE_FIELDS.includes(name) && value !== '');
}

/**
 * Which menu of a draft somebody would see: of those that fit the one that is published last.
 * @param {Menu[]} menus
 * @param {{tag: string, platform: string}} viewer a tag by its name or id; the digit of client_platform_type, '' where not known
 * @returns {number} index; 0 is the default menu
 */
export function seenBy(menus, { tag, platform }) {
  return menus.findLastIndex(({ matchrule }, index) => index === 0 || fits(matchrule ?? {}, tag, platform));
}

function fits(rule, tag, platform) {
  const tags = ['tag', 'tag_id', 'group_id'].map((name) => rule[name]).filter(Boolean);
  const platforms = [rule.client_platform_type].filter(Boolean);
  const isMet = tags.every((one) => one === tag) && platforms.every((one) => one === platform);
  return isMet && tags.length + platforms.length > 0 && withdrawn(rule).length === 0;
}

/**
 * What a finding's path means in a draft.
 * @param {Menu[]} menus
 * @param {string} path such as conditional.vip.button[0].sub_button[1].key
 * @returns {{menu: number, place: Place|null, field: string}} menu is -1 for what concerns all of them
 */
export function located(menus, path) {
  const menu = path.startsWith('conditional')
    ? menus.findIndex((one, index) => index > 0 && `${path}.`.startsWith(`conditional.${one.name}.`))
    : 0;
  const rest = menu > 0 ? path.slice(`conditional.${menus[menu].name}.`.length) : path;
  const [, first, second, field = ''] = /^button\[(\d+)\](?:\.sub_button\[(\d+)\])?(?:\.([\w-]+))?/.exec(rest) ?? [];
  const place = [first, second].filter((one) => one !== undefined).map(Number);
  return place.length > 0 ? { menu, place, field } : { menu, place: null, field: /^matchrule\.([\w-]+)/.exec(rest)?.[1] ?? '' };
}

/** Whether a menu file has comments, which a form does not keep. @param {string} text */
export function comments(text) {
  const lines = text.trimStart().startsWith('{') ? [] : text.split('\n');
  return lines.map((line) => /^\s*#\s?(.*)$|\s#\s(.*)$/.exec(line)).map((found) => found?.[1] ?? found?.[2]).filter((said) => said !== undefined);
}
