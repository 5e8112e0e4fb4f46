// What the list of pushes is narrowed to. It stands in the address, so that it can be shared.
import { el } from './dom.js';
import { button, field, select } from './parts.js';
import { named, word } from './words.js';

export const OUTCOMES = ['reply', 'success', 'late', 'failed', 'unhandled', 'shed', 'lapsed', 'refused', 'repeat', 'verified', 'replay'];
const NAMES = ['account', 'type', 'outcome', 'openid', 'text', 'pushId', 'at', 'instance'];

/** What the parameters of an address narrow the list to. */
export function filterOf(parameters) {
  return Object.fromEntries(NAMES.map((name) => [name, (parameters.get(name) ?? '').trim()]));
}

export function isSame(one, other) {
  return NAMES.every((name) => one[name] === other[name]);
}

/** How many fields of a filter are set. */
export function setFields(filter) {
  return NAMES.filter((name) => filter[name]).length;
}

/**
 * The form.
 * @param known names of all accounts and instances, and types seen so far, as suggestions
 * @param changed gets the new filter
 */
export function filterForm(filter, { accounts, types, instances }, changed) {
  const text = (name, attributes) =>
    el('input', { name, 'data-focus': name, value: filter[name], autocomplete: 'off', spellcheck: 'false', ...attributes });
  const choice = (name, options) => select({ name, 'data-focus': name }, [['', word('all')], ...options], filter[name]);
  const everyAccount = [...new Set([...accounts, filter.account].filter(Boolean))];
  const everyInstance = [...new Set([...instances, filter.instance].filter(Boolean))];
  const cleared = filterOf(new URLSearchParams());
  const form = el(
    'form',
    { class: 'filters', role: 'search', 'aria-label': word('filters'), onsubmit: (event) => event.preventDefault() },
    field(word('account'), choice('account', everyAccount.map((one) => [one, one]))),
    field(word('type'), text('type', { list: 'types', placeholder: word('all') })),
    field(word('outcome'), choice('outcome', OUTCOMES.map((one) => [one, named('outcome', one)]))),
    field(word('openid'), text('openid', { placeholder: 'oABCD…', title: word('openidHint') })),
    field(word('text'), text('text', { title: word('textHint') })),
    field(word('pushId'), text('pushId', { placeholder: 'Rk3…', title: word('pushHint') })),
    field(word('at'), text('at', { placeholder: '2026-11-20 15:04:05', title: word('atHint') })),
    everyInstance.length > 0 ? field(word('instance'), choice('instance', everyInstance.map((one) => [one, one]))) : null,
    button(word('clear'), () => changed(cleared), {
      class: 'quiet',
      'data-focus': 'clear',
      disabled: isSame(filter, cleared),
    }),
    el('datalist', { id: 'types' }, ...types.map((type) => el('option', { value: type }))),
  );
  form.addEventListener('change', () => changed(filterOf(new FormData(form))));
  return form;
}
