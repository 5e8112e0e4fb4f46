// The menu at the bottom of the chat, its sub-menus, and the keyboard in its place.
import { byId, el, find } from './dom.js';
import { icon } from './icons.js';
import { isUnseen, shownName } from './names.js';
import { word } from './words.js';

export class MenuBar {
  /** @param tap is given a button and its position */
  constructor(tap) {
    this.tap = tap;
    this.bar = byId('menubar');
    this.form = byId('typing');
    this.buttons = null;
    this.open = null;
    this.typing = false;
    byId('to-menu').append(icon('list'));
    byId('attach').append(icon('plus'));
    byId('to-menu').addEventListener('click', () => this.write(false));
    document.addEventListener('click', (event) => this.open && !event.composedPath().includes(this.bar) && this.close());
    this.bar.addEventListener('keydown', (event) => this.key(event));
  }

  /** One that is the same stays as it is, with its sub-menu open. */
  show(menu) {
    const buttons = menu.button ?? [];
    if (JSON.stringify(buttons) !== JSON.stringify(this.buttons)) {
      this.buttons = buttons;
      this.redraw();
    }
  }

  redraw() {
    this.open = null;
    const keyboard = el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': word('toKeyboard'), onclick: () => this.write(true) },
      icon('keyboard'),
    );
    this.bar.replaceChildren(keyboard, ...this.buttons.map((button, first) => this.first(button, first)));
    byId('to-menu').hidden = this.buttons.length === 0;
    this.write(this.typing, false);
  }

  /** Shows the keyboard, or the menu; who has no menu writes. */
  write(typing, focus = true) {
    this.typing = typing;
    const keyboard = typing || this.buttons.length === 0;
    this.close();
    this.bar.hidden = keyboard;
    this.form.hidden = !keyboard;
    if (focus) {
      (keyboard ? byId('text') : find(this.bar, 'button'))?.focus();
    }
  }

  first(button, first) {
    const subs = button.sub_button ?? [];
    if (subs.length === 0) {
      return el('div', { class: 'first' }, this.leaf(button, [first], 'first', {}));
    }
    const list = el(
      'div',
      { class: 'sub-menu', role: 'menu', hidden: true, 'aria-label': isUnseen(button.name) ? word('unseen') : button.name },
      ...subs.map((sub, second) => this.leaf(sub, [first, second], 'second', { role: 'menuitem' })),
    );
    const opener = el(
      'button',
      {
        type: 'button',
        class: 'menu-button',
        title: button.name,
        'aria-label': isUnseen(button.name) ? word('unseen') : null,
        dir: 'auto',
        'aria-haspopup': 'menu',
        'aria-expanded': 'false',
        onclick: () => (this.open === list ? this.close() : this.popUp(opener, list)),
      },
      icon('list'),
      el('span', {}, shownName(button.name, 'first')),
    );
    return el('div', { class: 'first' }, opener, list);
  }

  leaf(button, position, level, attributes) {
    return el(
      'button',
      {
        type: 'button',
        class: 'menu-button',
        title: button.name,
        'aria-label': isUnseen(button.name) ? word('unseen') : null,
        dir: 'auto',
        'data-type': button.type,
        'data-position': position.join('.'),
        onclick: () => {
          this.close();
          this.tap(button, position);
        },
        ...attributes,
      },
      el('span', {}, shownName(button.name, level)),
    );
  }

  popUp(opener, list) {
    this.close();
    this.open = list;
    this.opener = opener;
    list.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
  }

  close() {
    if (this.open) {
      this.open.hidden = true;
      this.opener.setAttribute('aria-expanded', 'false');
      this.open = null;
    }
  }

  /** Arrows move about in the open sub-menu, Escape closes it. */
  key(event) {
    if (event.key === 'ArrowUp' && !this.open && event.target.getAttribute('aria-haspopup') === 'menu') {
      event.target.click();
    }
    if (!this.open) {
      return;
    }
    const items = [...this.open.querySelectorAll('button')];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: (at + 1) % items.length, ArrowUp: at <= 0 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 };
    if (event.key === 'Escape') {
      const { opener } = this;
      this.close();
      opener.focus();
    } else if (event.key in to) {
      event.preventDefault();
      items[to[event.key]].focus();
    }
  }
}
