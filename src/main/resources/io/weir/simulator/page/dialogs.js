// Dialogues: one at a time, closed by Escape, by their button, or by what is behind them.
import { el, find } from './dom.js';
import { icon } from './icons.js';
import { word } from './words.js';

/**
 * Opens one.
 * @param title its heading
 * @param body nodes
 * @param {string} [confirm] words of the button that confirms; without it there is only one that closes
 * @returns {Promise<boolean>} whether it was confirmed
 */
export function dialog(title, body, confirm) {
  return new Promise((resolve) => {
    const form = el(
      'form',
      { method: 'dialog' },
      el('h2', { id: 'dialog-title' }, title),
      el('div', { class: 'dialog-body' }, ...body),
      el(
        'div',
        { class: 'dialog-buttons' },
        el('button', { type: 'button', onclick: () => node.close() }, word(confirm ? 'cancel' : 'close')),
        confirm ? el('button', { class: 'main-button', value: 'yes' }, confirm) : null,
      ),
    );
    const node = el('dialog', { 'aria-labelledby': 'dialog-title' }, form);
    node.addEventListener('click', (event) => event.target === node && node.close());
    node.addEventListener('close', () => {
      node.remove();
      resolve(node.returnValue === 'yes');
    });
    document.body.append(node);
    node.showModal();
    find(node, 'input, textarea, select')?.focus();
  });
}

/**
 * A sheet of choices at the foot of the phone.
 * @param options `[value, words, name of an icon]`
 * @returns {Promise<string|null>} the value chosen
 */
export function sheet(title, options) {
  return new Promise((resolve) => {
    const choices = options.map(([value, words, drawing]) =>
      el('li', {}, el('button', { value, class: 'sheet-choice' }, icon(drawing), el('span', {}, words))),
    );
    const cancel = el('button', { type: 'button', class: 'sheet-cancel', onclick: () => node.close() }, word('cancel'));
    const node = el(
      'dialog',
      { class: options.length > 3 ? 'sheet sheet-grid' : 'sheet', 'aria-label': title },
      el('form', { method: 'dialog' }, el('ul', { class: 'sheet-choices' }, ...choices), cancel),
    );
    node.addEventListener('click', (event) => event.target === node && node.close());
    node.addEventListener('close', () => {
      node.remove();
      resolve(node.returnValue || null);
    });
    document.body.append(node);
    node.showModal();
  });
}

/** Closes what is open. */
export function closeDialogs() {
  document.querySelectorAll('dialog').forEach((node) => node.close());
}

/** A field with its name above it. */
export function field(name, input) {
  return el('label', { class: 'field' }, el('span', {}, name), input);
}

/** A choice of one: `options` are pairs of a value and its words. */
export function choice(legend, name, options, chosen) {
  return el(
    'fieldset',
    { class: 'choice' },
    el('legend', {}, legend),
    ...options.map(([value, words]) =>
      el('label', {}, el('input', { type: 'radio', name, value, checked: value === chosen }), words),
    ),
  );
}

/** What the phone would open now: shown by its address, never loaded. */
export function opensPage(url) {
  return dialog(word('pageTitle'), [placeholder('page', word('pageText')), address(url)]);
}

export function opensMiniProgram(appId, pagePath) {
  const facts = el(
    'dl',
    { class: 'facts' },
    el('dt', {}, word('appId')),
    el('dd', {}, appId),
    el('dt', {}, word('pagePath')),
    el('dd', {}, pagePath),
  );
  return dialog(word('appTitle'), [placeholder('app', word('appText')), facts]);
}

export function opensNews(id) {
  return dialog(word('newsTitle'), [placeholder('page', word('newsText')), address(id)]);
}

function placeholder(name, text) {
  return el('div', { class: 'placeholder' }, icon(name), el('p', {}, text));
}

function address(text) {
  return el('p', { class: 'address', dir: 'auto' }, text);
}

/** What is chosen in a choice. @param {Element} node */
export function chosenIn(node) {
  return [...node.querySelectorAll('input')].find((one) => one.checked)?.value;
}
