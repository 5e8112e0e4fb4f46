// Dialogues: one at a time, closed by Escape or by their buttons.
import { el } from './dom.js';
import { word } from './words.js';

/**
 * Asks before something is done.
 * @param title what would be done
 * @param body nodes that repeat what will happen
 * @param yes words of the button that does it
 * @returns {Promise<boolean>} whether it was agreed to
 */
export function confirmed(title, body, yes) {
  return new Promise((resolve) => {
    let agreed = false;
    const close = (answer) => {
      agreed = answer;
      node.close();
    };
    const cancel = el('button', { type: 'button', autofocus: true, onclick: () => close(false) }, word('cancel'));
    const node = el(
      'dialog',
      { 'aria-labelledby': 'dialog-title' },
      el(
        'div',
        { class: 'dialog-frame' },
        el('h2', { id: 'dialog-title' }, title),
        el('div', { class: 'dialog-body' }, ...body),
        el(
          'div',
          { class: 'dialog-buttons' },
          cancel,
          el('button', { type: 'button', class: 'main-button', 'data-does': 'agree', onclick: () => close(true) }, yes),
        ),
      ),
    );
    node.addEventListener('close', () => {
      node.remove();
      resolve(agreed);
    });
    document.body.append(node);
    node.showModal();
  });
}

/** Closes what is open, as if nobody had agreed. */
export function closeDialogs() {
  document.querySelectorAll('dialog').forEach((node) => node.close());
}
