// Who sees what: which menu somebody sees by the rules of the live menus, and what WeChat says.
import { get, ofAccount } from './api.js';
import { el } from './dom.js';
import { matchRule, menuDrawn } from './menudrawing.js';
import { button, field, fill, select } from './parts.js';
import { word } from './words.js';

const PLATFORMS = ['ios', 'android', 'others'];

/** The form and what comes of it. */
export function menuSight(account) {
  const seen = el('div', { class: 'sight', 'aria-live': 'polite' });
  const platforms = [['', word('anyPlatform')], ...PLATFORMS.map((one) => [one, word(`platform.${one}`)])];
  const form = el(
    'form',
    { class: 'sight-form' },
    field(word('user'), el('input', { name: 'user', autocomplete: 'off', spellcheck: 'false' })),
    field(word('tag'), el('input', { name: 'tag', autocomplete: 'off' })),
    field(word('platform'), select({ name: 'platform' }, platforms, '')),
    button(word('look'), () => {}, { type: 'submit', 'data-does': 'match' }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    fill(seen, async () => drawn(await get(ofAccount(account, 'menu/match'), Object.fromEntries(new FormData(form)))));
  });
  return el('div', {}, form, seen);
}

function drawn(sight) {
  return [
    verdict(sight),
    sight.tags ? el('p', { class: 'hint' }, word('tagsOf', { tags: sight.tags.join(', ') || word('none') })) : null,
    el('h3', {}, word('byRules')),
    sight.local ? menu(sight.local) : el('p', { class: 'hint' }, word('noMenu')),
    ...('same' in sight ? [el('h3', {}, word('byWeChat')), told(sight.trymatch)] : []),
  ].filter(Boolean);
}

function told(seen) {
  return seen ? menuDrawn(seen.button) : el('p', { class: 'hint' }, word('noMenu'));
}

function menu(local) {
  const whose = local.matchrule
    ? el('p', {}, word('personalised'), ' ', el('small', {}, `menuid ${local.menuid ?? ''}`), ' ', matchRule(local.matchrule))
    : el('p', {}, word('defaultMenu'));
  return el('div', {}, whose, menuDrawn(local.button ?? []));
}

/** Whether both say the same; null where WeChat was not asked. */
export function verdict(sight) {
  if (!('same' in sight)) {
    return null;
  }
  if (sight.same) {
    return el('p', { class: 'same' }, word('agrees'));
  }
  const platforms = (sight.fittingPlatforms ?? []).map((one) => word(`platform.${one}`)).join(', ');
  const words = sight.contradiction ? word('contradicts') : platforms ? word('agreesOn', { platforms }) : word('differs');
  return el('p', { class: 'differs' }, words);
}
