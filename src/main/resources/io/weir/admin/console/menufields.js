// The fields of what is chosen on the phone: a button with those of its type, a personalised menu with its rule. What a field has is counted
// while somebody writes; what the gateway finds stands below it.
import { el, find } from './dom.js';
import * as model from './menumodel.js';
import { button, field, select } from './parts.js';
import { inLanguage, named, word } from './words.js';

const PLATFORMS = { 1: 'ios', 2: 'android', 3: 'others' };
const MOVES = { ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓', ArrowRight: '→' };

/** The choices of client_platform_type, with the words for none. @param {string} none */
export function platforms(none) {
  return [['', none], ...Object.entries(PLATFORMS).map(([digit, name]) => [digit, word(`platform.${name}`)])];
}

/** The chosen button. @param {import('./menuform.js').MenuForm} form */
export function buttonFields(form) {
  const one = form.chosen() ?? {};
  const place = form.place ?? [];
  const isSubmenu = model.children(one).length > 0;
  const own = isSubmenu ? [] : (model.TYPES[one.type ?? ''] ?? []);
  const write = (name) => (value) => form.change(model.withField(form.menus, form.menu, place, name, value), { field: name });
  const inputs = ['name', ...own].map((name) => input(form, { place, name, words: named('buttonField', name), value: String(one[name] ?? ''), write: write(name) }));
  return el(
    'div',
    { class: 'field-group button-fields' },
    el('h3', {}, word('buttonTitle', { position: form.position(form.menus, place) })),
    inputs[0],
    types(form, one, isSubmenu),
    ...inputs.slice(1),
    others(one, isSubmenu),
    el('div', { class: 'row' }, ...moves(form, place), button(word('delete'), () => form.remove(), { class: 'danger', 'data-does': 'delete-button' })),
  );
}

function moves(form, place) {
  return Object.entries(MOVES)
    .filter(([key]) => model.stepped(place, key))
    .map(([key, sign]) => {
      const why = model.whyNotMoved(form.menus, form.menu, place, model.stepped(place, key) ?? []);
      const words = word(`move.${key}`);
      return button(sign, () => form.step(key), { 'aria-label': words, title: why ? word(`notMoved.${why}`) : words, 'data-move': key, disabled: why !== null });
    });
}

/** A button of the first level becomes a submenu by its first entry. */
function types(form, one, isSubmenu) {
  const names = Object.keys(model.TYPES).map((type) => [type, `${word(`menuType.${type}`)} · ${type}`]);
  const unknown = !isSubmenu && one.type && !(one.type in model.TYPES) ? [[one.type, one.type]] : [];
  const none = !isSubmenu && !one.type ? [['', word('menuType.')]] : [];
  const submenu = form.place.length === 1 ? [[model.SUBMENU, word('submenu')]] : [];
  const choice = select({ name: 'type', disabled: isSubmenu }, [...none, ...submenu, ...unknown, ...names], isSubmenu ? model.SUBMENU : (one.type ?? ''));
  choice.addEventListener('change', () => {
    if (choice.value === model.SUBMENU) {
      form.add(form.place[0]);
    } else {
      form.change(model.withType(form.menus, form.menu, form.place, choice.value));
      find(form.fields, '[name="type"]')?.focus();
    }
  });
  const hint = isSubmenu ? word('submenuHint') : one.type in model.TYPES ? word(`menuTypeHint.${one.type}`) : '';
  return el('div', { class: 'counted' }, field(word('type'), choice), hint ? el('p', { class: 'hint' }, hint) : null, findings(form, form.place, 'type', choice));
}

/** What the form has no input for stays as it is. */
function others(one, isSubmenu) {
  const rest = isSubmenu ? [] : model.otherFields(one);
  return rest.length === 0
    ? null
    : el('p', { class: 'hint', dir: 'auto' }, word('otherFields', { fields: rest.map(([name, value]) => `${name}: ${value}`).join(', ') }));
}

function input(form, { place, name, words, value, write }) {
  const level = place?.length ?? 1;
  ids += 1;
  const count = el('span', { class: 'count', id: `count-${ids}` });
  const node = el('input', { name, value, autocomplete: 'off', spellcheck: 'false', dir: 'auto' });
  const show = () => {
    const of = model.counted(name, node.value, level);
    count.textContent = countWords(of);
    count.classList.toggle('over', of.bytes > (of.mostBytes ?? Infinity));
    count.classList.toggle('cut', of.characters > (of.mostCharacters ?? Infinity));
  };
  node.addEventListener('input', () => {
    const was = count.className;
    show();
    write(node.value);
    if (count.className !== was) {
      form.say(count.textContent);
    }
  });
  show();
  const found = findings(form, place, name, node);
  node.setAttribute('aria-describedby', `${count.id} ${found.id}`);
  return el('div', { class: 'counted' }, field(words, node), count, found);
}

function countWords({ bytes, mostBytes, characters, mostCharacters }) {
  const size = mostBytes ? word('countBytes', { bytes, most: mostBytes }) : word('countBytesOnly', { bytes });
  const width = mostCharacters ? word('countShown', { characters, most: mostCharacters }) : word('countCharacters', { characters });
  return `${size} · ${width}`;
}

let ids = 0;

/** A place for what is found in a field; the field is marked where it is an error. */
function findings(form, place, name, node) {
  ids += 1;
  const id = `finding-${ids}`;
  node.setAttribute('aria-describedby', id);
  const list = el('div', { id, class: 'field-findings', 'data-findings': name });
  form.shown.push(() => {
    const found = form.findingsAt(place, name);
    node.setAttribute('aria-invalid', String(found.some((one) => one.severity === 'error')));
    list.replaceChildren(...found.map((one) => el('p', { class: one.severity, dir: 'auto' }, inLanguage(one.message, one.chinese))));
  });
  return list;
}

/** The chosen personalised menu: its name in the file, whom it is for, and which it goes before. */
export function menuFields(form) {
  const { menu } = form;
  const { name, matchrule } = form.menus[menu];
  const kind = model.RULE_FIELDS.slice(0, 3).find((one) => matchrule[one]) ?? form.tagKind ?? 'tag';
  const rule = (part) => (value) => form.change(model.withRule(form.menus, menu, part, value.trim()), { place: form.place, field: `rule ${part}` });
  const kinds = select({ name: 'tag-kind' }, [['tag', word('tagName')], ['tag_id', word('tagId')], ...(kind === 'group_id' ? [['group_id', 'group_id']] : [])], kind);
  kinds.addEventListener('change', () => {
    form.tagKind = kinds.value;
    const without = model.withRule(form.menus, menu, kind, '');
    form.change(model.withRule(without, menu, kinds.value, matchrule[kind] ?? ''));
  });
  const platform = select({ name: 'client_platform_type' }, platforms(word('anyPlatform')), matchrule.client_platform_type ?? '');
  platform.addEventListener('change', () => rule('client_platform_type')(platform.value));
  const gone = model.withdrawn(matchrule);
  return el(
    'div',
    { class: 'field-group rule-fields' },
    el('h3', { dir: 'auto' }, word('ruleTitle', { name })),
    menuName(form, name),
    el('div', { class: 'row pair' }, field(word('tagBy'), kinds), input(form, { place: null, name: kind, words: word('tagValue'), value: matchrule[kind] ?? '', write: rule(kind) })),
    el('div', { class: 'counted' }, field(word('platform'), platform), findings(form, null, 'client_platform_type', platform)),
    findings(form, null, '', el('span', {})),
    gone.length === 0 ? null : withdrawn(form, gone),
    el('p', { class: 'hint' }, word('ruleHint')),
    el(
      'div',
      { class: 'row' },
      button(word('menuEarlier'), () => form.moveMenu(-1), { 'data-does': 'menu-earlier', disabled: menu === 1 }),
      button(word('menuLater'), () => form.moveMenu(1), { 'data-does': 'menu-later', disabled: menu === form.menus.length - 1 }),
      button(word('deleteMenu'), () => form.removeMenu(), { class: 'danger', 'data-does': 'delete-menu' }),
    ),
  );
}

/** A name that is taken is not given. */
function menuName(form, name) {
  const said = el('p', { class: 'error', role: 'alert' });
  const node = el('input', { name: 'name', value: name, autocomplete: 'off', spellcheck: 'false', dir: 'auto' });
  node.addEventListener('input', () => {
    const wanted = node.value.trim();
    const taken = form.menus.some((one, index) => index !== form.menu && one.name === wanted);
    said.textContent = wanted === '' ? word('nameEmpty') : taken ? word('nameTaken') : '';
    node.setAttribute('aria-invalid', String(said.textContent !== ''));
    if (said.textContent === '') {
      form.change(form.menus.map((one, index) => (index === form.menu ? { ...one, name: wanted } : one)), { field: 'menu name' });
    }
  });
  return el('div', { class: 'counted' }, field(word('menuName'), node), said);
}

function withdrawn(form, fields) {
  const without = () => fields.reduce((menus, [name]) => model.withRule(menus, form.menu, name, ''), form.menus);
  return el(
    'div',
    { class: 'caution' },
    el('p', {}, word('withdrawnFields', { fields: fields.map(([name, value]) => `${name} = ${value}`).join(', ') })),
    button(word('removeThem'), () => form.change(without()), { 'data-does': 'remove-withdrawn' }),
  );
}
