// The phone's menu as the editor: a tap chooses a button, "+" adds one, dragging or Shift with an arrow key moves it, Delete deletes it.
// What happens is said to screen readers, too. Each change makes new menus; the ones before can be had back.
import { el, find, focusedIn } from './dom.js';
import { matchRule, phone } from './menudrawing.js';
import { buttonFields, menuFields, platforms } from './menufields.js';
import * as model from './menumodel.js';
import { shownName } from './names.js';
import { button, field, select } from './parts.js';
import { named, word } from './words.js';

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
const MOST_UNDONE = 100;

export class MenuForm {
  /** @param {() => void} changed is called after each change of `menus` */
  constructor(changed) {
    this.changed = changed;
    /** @type {import('./menumodel.js').Menu[]} */
    this.menus = [{ name: '', button: [] }];
    this.menu = 0;
    /** @type {import('./menumodel.js').Place|null} */
    this.place = null;
    this.findings = [];
    /** Each shows what was found in a field that is there now. @type {(() => void)[]} */
    this.shown = [];
    this.past = [];
    this.viewer = { tag: '', platform: '' };
    this.tabs = el('div', { class: 'row menu-tabs', role: 'group' });
    this.drawing = el('div', { class: 'phone-menu phone-edit', role: 'group', 'aria-describedby': 'menu-keys' });
    this.tools = el('div', { class: 'row' });
    this.keys = el('p', { class: 'hint', id: 'menu-keys' });
    this.fields = el('div', { class: 'menu-fields' });
    this.preview = el('div', { class: 'menu-preview' });
    this.status = el('p', { class: 'unseen', role: 'status' });
    const side = el('div', { class: 'phone-side' }, this.drawing, this.tools, this.keys);
    this.node = el('div', { class: 'menu-form' }, this.tabs, el('div', { class: 'menu-form-body' }, side, this.fields, this.preview), this.status);
  }

  /** Other menus than before: what was done to those cannot be undone here. */
  show(menus) {
    this.menus = menus;
    this.past = [];
    this.findings = [];
    this.menu = Math.min(this.menu, menus.length - 1);
    this.place = this.chosen() ? this.place : menus[this.menu].button.length > 0 ? [0] : null;
    this.draw();
  }

  chosen() {
    return this.place ? model.buttonAt(this.menus, this.menu, this.place) : undefined;
  }

  /**
   * Takes changed menus.
   * @param {import('./menumodel.js').Menu[]} menus
   * @param {{menu?: number, place?: import('./menumodel.js').Place|null, field?: string, said?: string, focus?: 'button'|'name'}} how
   *   with the field in which somebody is writing: then the fields stay as they are, and a word is undone as a whole
   */
  change(menus, { menu = this.menu, place = this.place, field: written = '', said = '', focus } = {}) {
    const writing = written && `${menu} ${place} ${written}`;
    if (!writing || writing !== this.writing) {
      this.past = [...this.past, { menus: this.menus, menu: this.menu, place: this.place }].slice(-MOST_UNDONE);
    }
    this.writing = writing;
    Object.assign(this, { menus, menu, place });
    if (writing) {
      this.drawAround();
    } else {
      this.findings = [];
      this.draw();
    }
    this.focus(focus);
    this.say(said);
    this.changed();
  }

  undo() {
    const before = this.past.pop();
    if (before) {
      Object.assign(this, before, { findings: [], writing: '' });
      this.draw();
      find(this.tools, 'button:not(:disabled)')?.focus();
      this.say(word('undone'));
      this.changed();
    }
  }

  /** What the gateway has found in these menus. */
  judged(findings) {
    this.findings = findings.map((one) => ({ ...one, ...model.located(this.menus, one.path) }));
    this.drawAround();
    this.shown.forEach((show) => show());
  }

  findingsAt(place, name) {
    return this.findings.filter((one) => one.menu === this.menu && `${one.place ?? ''}` === `${place ?? ''}` && one.field === name);
  }

  errors(menu, place) {
    const isBelow = (one) => place === null || place.every((index, level) => one.place?.[level] === index);
    return this.findings.filter((one) => one.severity === 'error' && one.menu === menu && isBelow(one)).length;
  }

  /** Chooses what a finding is about. */
  goTo(path) {
    const { menu, place, field: name } = model.located(this.menus, path);
    this.choose(Math.max(menu, 0), place);
    (find(this.fields, `[name="${name || 'name'}"]`) ?? find(this.drawing, 'button'))?.focus();
  }

  choose(menu, place) {
    Object.assign(this, { menu, place, writing: '' });
    this.draw();
  }

  say(words) {
    if (words) {
      this.status.textContent = words;
    }
  }

  draw() {
    this.shown = [];
    this.drawAround();
    const rule = this.menu > 0 ? [menuFields(this)] : [];
    this.fields.replaceChildren(this.chosen() ? buttonFields(this) : el('p', { class: 'hint' }, word('addOrChoose')), ...rule);
    this.shown.forEach((show) => show());
  }

  /** All but the fields, with the focus where it was. */
  drawAround() {
    const key = focusedIn(this.node)?.dataset.at;
    this.drawTabs();
    this.drawPhone();
    this.drawPreview();
    this.keys.textContent = word('menuKeys');
    this.tools.replaceChildren(button(word('undo'), () => this.undo(), { 'data-does': 'undo', disabled: this.past.length === 0 }));
    if (key) {
      find(this.node, `[data-at="${key}"]`)?.focus();
    }
  }

  focus(what) {
    if (what === 'button' && this.place) {
      find(this.drawing, `[data-at="b${this.place}"]`)?.focus();
    } else if (what === 'name') {
      /** @type {HTMLInputElement|null} */ (find(this.fields, '.button-fields [name="name"], [name="name"]'))?.select();
    } else if (what === 'button') {
      find(this.drawing, 'button')?.focus();
    }
  }

  /* --- The menus ------------------------------------------------------------------------------------------------------ */

  drawTabs() {
    const tab = (menu, index) =>
      el(
        'button',
        { type: 'button', 'data-at': `m${index}`, 'data-menu': menu.name, 'aria-pressed': String(index === this.menu), onclick: () => this.choose(index, null) },
        el('span', { dir: 'auto' }, index === 0 ? word('defaultMenu') : menu.name),
        this.errorSign(index, null),
      );
    this.tabs.setAttribute('aria-label', word('menusOfDraft'));
    this.tabs.replaceChildren(
      ...this.menus.map(tab),
      button(word('addPersonalised'), () => this.addMenu(), { class: 'quiet', 'data-at': 'm+', 'data-does': 'add-menu' }),
    );
  }

  addMenu() {
    const menus = model.withMenu(this.menus, 'new');
    this.change(menus, { menu: menus.length - 1, place: null, said: word('menuAdded'), focus: 'name' });
  }

  removeMenu() {
    const { name } = this.menus[this.menu];
    this.change(this.menus.filter((one, index) => index !== this.menu), { menu: 0, place: null, said: word('deleted', { name }), focus: 'button' });
  }

  moveMenu(by) {
    const to = this.menu + by;
    if (to < 1 || to >= this.menus.length) {
      this.say(word('notMoved.edge'));
    } else {
      this.change(model.menuMoved(this.menus, this.menu, to), { menu: to, said: word('menuMoved', { index: to, count: this.menus.length - 1 }) });
    }
  }

  errorSign(menu, place) {
    const count = this.errors(menu, place);
    return count > 0 ? el('span', { class: 'error-sign' }, '!', el('span', { class: 'unseen' }, word(count === 1 ? 'oneError' : 'errors', { count }))) : null;
  }

  /* --- The phone ------------------------------------------------------------------------------------------------------ */

  drawPhone() {
    const list = this.menus[this.menu].button;
    const columns = list.map((first, index) =>
      el(
        'div',
        { class: 'phone-column' },
        el(
          'div',
          { class: 'phone-subs' },
          ...model.children(first).map((one, below) => this.phoneButton(one, [index, below])),
          model.children(first).length < model.MOST_SECOND ? this.addButton(index) : null,
        ),
        this.phoneButton(first, [index]),
      ),
    );
    const more = el('div', { class: 'phone-column' }, this.addButton(null));
    this.drawing.setAttribute('aria-label', word('phoneEditor'));
    this.drawing.replaceChildren(...columns, ...(list.length < model.MOST_FIRST ? [more] : []));
  }

  phoneButton(one, place) {
    const level = place.length === 1 ? 'first' : 'second';
    const name = shownName(one.name ?? '', level);
    const drawn = el(
      'button',
      {
        type: 'button',
        class: level === 'first' ? 'phone-first' : 'phone-sub',
        draggable: 'true',
        dir: 'auto',
        'data-at': `b${place}`,
        'aria-pressed': String(`${place}` === `${this.place}`),
        'aria-keyshortcuts': 'Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown Delete',
        title: `${one.name ?? ''} · ${this.kind(one)}`,
        onclick: () => this.choose(this.menu, place),
        onkeydown: (event) => this.key(event, place),
        ondragstart: (event) => this.drag(event, place),
        ondragend: () => (this.dragged = null),
      },
      model.children(one).length > 0 ? '≡ ' : '',
      name === '' ? el('em', {}, word('noName')) : name,
      this.errorSign(this.menu, place),
    );
    return this.droppable(drawn, () => this.placeAt(place));
  }

  kind(one) {
    const count = model.children(one).length;
    return count > 0 ? word('submenuOf', { count }) : named('menuType', one.type ?? '');
  }

  addButton(below) {
    const list = this.menus[this.menu].button;
    const words = below === null ? word('addFirst') : word('addBelow', { name: list[below].name ?? '' });
    const drawn = button('+', () => this.add(below), { class: 'phone-add', 'aria-label': words, title: words, 'data-at': `a${below ?? ''}`, 'data-add': below ?? 'first' });
    return this.droppable(drawn, () => this.placeBehind(below));
  }

  add(below) {
    const above = below === null ? null : this.menus[this.menu].button[below];
    const result = model.added(this.menus, this.menu, below, word('newButton'));
    if (result === null) {
      this.say(word('notMoved.full'));
      return;
    }
    const kept = above && model.children(above).length === 0 && (result.place?.[1] ?? 0) > 0;
    const said = kept ? word('addedKept', { name: above.name ?? '' }) : word('addedAt', { position: this.position(result.menus, result.place) });
    this.change(result.menus, { place: result.place, said, focus: 'name' });
  }

  remove(place = this.place ?? []) {
    const name = model.buttonAt(this.menus, this.menu, place)?.name ?? '';
    const { menus, place: near } = model.removed(this.menus, this.menu, place);
    this.change(menus, { place: near, said: word('deleted', { name }), focus: 'button' });
  }

  /** Moves a button and says where it is then, or why it stays. */
  move(from, to) {
    const why = to === null ? 'edge' : model.whyNotMoved(this.menus, this.menu, from, to);
    if (why) {
      this.say(word(`notMoved.${why}`));
      return;
    }
    const name = model.buttonAt(this.menus, this.menu, from)?.name ?? '';
    const result = model.moved(this.menus, this.menu, from, to);
    const said = word('movedTo', { name, position: this.position(result.menus, result.place) });
    this.change(result.menus, { place: result.place, said, focus: 'button' });
  }

  step(key) {
    const place = this.place ?? [];
    this.move(place, model.stepped(place, key));
  }

  position(menus, place) {
    const list = menus[this.menu].button;
    const above = list[place[0]];
    return place.length === 1
      ? word('positionFirst', { index: place[0] + 1, count: list.length })
      : word('positionSecond', { index: place[1] + 1, count: model.children(above).length, name: above.name ?? '' });
  }

  key(event, place) {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      this.remove(place);
    } else if (ARROWS.includes(event.key) && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (event.shiftKey) {
        this.move(place, model.stepped(place, event.key));
      } else {
        const to = model.neighbour(this.menus[this.menu].button, place, event.key);
        find(this.drawing, `[data-at="b${to}"]`)?.focus();
      }
    }
  }

  /* --- Dragging ------------------------------------------------------------------------------------------------------- */

  drag(event, place) {
    this.dragged = place;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
  }

  /** @param {() => import('./menumodel.js').Place} target where what is dropped goes */
  droppable(node, target) {
    const clear = () => node.classList.remove('drop-here');
    node.addEventListener('dragover', (event) => {
      if (this.dragged && model.whyNotMoved(this.menus, this.menu, this.dragged, target()) === null) {
        event.preventDefault();
        node.classList.add('drop-here');
      }
    });
    node.addEventListener('dragleave', clear);
    node.addEventListener('drop', (event) => {
      event.preventDefault();
      clear();
      if (this.dragged) {
        this.move(this.dragged, target());
      }
      this.dragged = null;
    });
    return node;
  }

  /** An entry of a submenu that is dropped on a button of the first level goes below it. */
  placeAt(place) {
    return place.length === 1 && this.dragged.length === 2 ? this.placeBehind(place[0]) : place;
  }

  placeBehind(below) {
    const list = this.menus[this.menu].button;
    if (below === null) {
      return [list.length - (this.dragged.length === 1 ? 1 : 0)];
    }
    return [below, model.children(list[below]).length - (this.dragged.length === 2 && this.dragged[0] === below ? 1 : 0)];
  }

  /* --- Who sees what -------------------------------------------------------------------------------------------------- */

  drawPreview() {
    if (this.menus.length === 1) {
      this.preview.replaceChildren();
      return;
    }
    const seen = model.seenBy(this.menus, this.viewer);
    const shown = this.menus[seen];
    const result = el(
      'div',
      { class: 'preview-seen', 'data-seen': shown.name },
      el('p', {}, seen === 0 ? word('seesDefault') : word('seesMenu', { name: shown.name }), ' ', seen === 0 ? '' : matchRule(shown.matchrule)),
      phone(shown.button),
    );
    const old = this.preview.querySelector('.preview-seen');
    if (old && this.preview.lang === document.documentElement.lang) {
      old.replaceWith(result);
      return;
    }
    this.preview.lang = document.documentElement.lang;
    const tag = el('input', { name: 'viewer-tag', autocomplete: 'off', value: this.viewer.tag, oninput: () => this.view({ tag: tag.value.trim() }) });
    const platform = select({ name: 'viewer-platform', onchange: () => this.view({ platform: platform.value }) }, platforms(word('anyPlatform')), this.viewer.platform);
    this.preview.replaceChildren(
      el('h3', {}, word('draftPreview')),
      el('div', { class: 'sight-form' }, field(word('tagOfViewer'), tag), field(word('platform'), platform)),
      result,
    );
  }

  view(what) {
    Object.assign(this.viewer, what);
    this.drawPreview();
  }
}
