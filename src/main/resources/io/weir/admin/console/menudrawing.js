// Draws menus: as the phone shows them, with their names cut as it cuts them, and as a tree with what each button does.
import { el } from './dom.js';
import { shownName } from './names.js';
import { word } from './words.js';

/** What a button sends, opens or pushes, by the fields that WeChat has for it. */
const EFFECTS = ['key', 'url', 'media_id', 'article_id', 'appid', 'pagepath', 'value'];

/** The same shape for menu/get, for menu/current and for plans. */
function children(button) {
  return button.sub_button ?? button.buttons ?? [];
}

/** @param buttons of the first level */
export function phone(buttons) {
  return el(
    'div',
    { class: 'phone-menu', role: 'img', 'aria-label': word('phoneLabel', { names: buttons.map((one) => one.name).join(', ') }) },
    ...buttons.map((first) =>
      el(
        'div',
        { class: 'phone-column' },
        el('div', { class: 'phone-subs' }, ...children(first).map(phoneSub)),
        el('div', { class: 'phone-first', dir: 'auto' }, children(first).length > 0 ? '≡ ' : '', shownName(first.name ?? '', 'first')),
      ),
    ),
  );
}

function phoneSub(button) {
  return el('div', { class: 'phone-sub', dir: 'auto' }, shownName(button.name ?? '', 'second'));
}

export function buttonTree(buttons) {
  return el('ul', { class: 'button-tree' }, ...buttons.map((one) => branch(one)));
}

function branch(button) {
  const below = children(button);
  const effect = EFFECTS.map((name) => button[name]).filter((value) => typeof value === 'string' && value !== '');
  return el(
    'li',
    {},
    el('span', { class: 'button-name', dir: 'auto' }, button.name ?? ''),
    below.length === 0 && button.type ? el('code', { class: 'button-type' }, button.type) : null,
    below.length === 0 && effect.length > 0 ? el('span', { class: 'button-effect', dir: 'auto' }, effect.join('  ')) : null,
    below.length > 0 ? buttonTree(below) : null,
  );
}

/** Who is meant by a match rule; names as on the wire. */
export function matchRule(rule) {
  const set = Object.entries(rule ?? {})
    .filter(([, value]) => value !== '' && value !== null)
    .map(([name, value]) => `${name} = ${value}`);
  return el('code', { class: 'match-rule', dir: 'auto' }, set.join(', ') || word('everybody'));
}

/** A menu in both ways. */
export function menuDrawn(buttons) {
  return el('div', { class: 'menu-drawn' }, phone(buttons), buttonTree(buttons));
}
