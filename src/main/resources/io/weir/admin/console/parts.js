// Parts that several views are made of.
import { problemBox } from './problems.js';
import { missing } from './access.js';
import { el } from './dom.js';
import { word } from './words.js';

/**
 * A table, which becomes a list of cards on a narrow screen.
 * @param label what it is, for screen readers
 * @param columns their headings
 * @param rows arrays of nodes or texts
 */
export function table(label, columns, rows) {
  const cell = (content, column) =>
    el('td', { role: 'cell', 'data-column': column, 'data-empty': ['0', '–'].includes(content) }, ...[content].flat());
  const cells = (row) => row.map((content, index) => cell(content, columns[index]));
  return el(
    'table',
    { role: 'table', 'aria-label': label },
    el(
      'thead',
      { role: 'rowgroup' },
      el('tr', { role: 'row' }, ...columns.map((name) => el('th', { role: 'columnheader', scope: 'col' }, name))),
    ),
    el('tbody', { role: 'rowgroup' }, ...rows.map((row) => el('tr', { role: 'row' }, ...cells(row)))),
  );
}

/** Names and values; what has no value is left out. */
export function facts(list) {
  const known = list.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return el(
    'dl',
    { class: 'facts' },
    ...known.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', { dir: 'auto' }, value))),
  );
}

/** Names and values of a wire format, one pair below the other. */
export function pairs(list) {
  return el(
    'dl',
    { class: 'pairs' },
    ...list.map(([name, value]) => el('div', {}, el('dt', { dir: 'auto' }, name), el('dd', { dir: 'auto' }, String(value)))),
  );
}

/** A long name, which breaks behind its dots. */
export function dotted(name) {
  return el('span', { class: 'dotted', dir: 'auto' }, ...name.split(/(?<=\.)/).flatMap((piece) => [piece, el('wbr')]));
}

/** A field with its name above it. */
export function field(name, input) {
  return el('label', { class: 'field' }, el('span', {}, name), input);
}

/** A choice of one; options are pairs of a value and its words. */
export function select(attributes, options, chosen) {
  return el(
    'select',
    attributes,
    ...options.map(([value, words]) => el('option', { value, selected: value === chosen }, words)),
  );
}

/** What the caller may not do stays in sight and says why. */
export function button(words, act, attributes = {}) {
  const right = missing(attributes['data-does']);
  return right
    ? el('button', { type: 'button', ...attributes, 'aria-disabled': 'true', title: word('rightMissing', { right }) }, words)
    : el('button', { type: 'button', onclick: act, ...attributes }, words);
}

/** A section of what has a heading itself. */
export function section(title, ...children) {
  return el('section', { class: 'section' }, el('h3', {}, title), ...children);
}

/** A section of a view. */
export function part(title, ...children) {
  return el('section', { class: 'section' }, el('h2', {}, title), ...children);
}

const COPIED_MILLIS = 2_000;

/** A button that puts a text on the clipboard. @param text makes it */
export function copyButton(words, text, purpose) {
  const copies = button(
    words,
    async () => {
      await copy(text());
      copies.textContent = word('copied');
      setTimeout(() => (copies.textContent = words), COPIED_MILLIS);
    },
    { class: 'quiet', 'data-does': purpose, 'aria-live': 'polite' },
  );
  return copies;
}

/** Browsers offer their clipboard to pages of this machine and of TLS only; to others the older way. */
async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const place = el('textarea', { class: 'unseen', readonly: true }, text);
  document.body.append(place);
  place.select();
  document.execCommand('copy');
  place.remove();
}

/** Text as it came, which can be scrolled with the keyboard. */
export function verbatim(label, text) {
  return el('pre', { tabindex: '0', 'aria-label': label, dir: 'auto' }, text);
}

/** Replaces what a place shows by what comes of an action, or by its problem; says meanwhile that it is busy. */
export async function fill(place, action) {
  place.setAttribute('aria-busy', 'true');
  if (!place.hasChildNodes()) {
    place.append(el('p', { class: 'hint' }, word('loading')));
  }
  try {
    place.replaceChildren(...[await action()].flat());
  } catch (problem) {
    place.replaceChildren(problemBox(problem));
  } finally {
    place.removeAttribute('aria-busy');
  }
}
