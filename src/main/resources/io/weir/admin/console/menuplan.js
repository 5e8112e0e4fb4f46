// A plan as a tree: what stays, what comes, what goes, in colour and with a sign.
import { number } from './amounts.js';
import { el } from './dom.js';
import { matchRule } from './menudrawing.js';
import { table } from './parts.js';
import { named, word } from './words.js';

const SIGNS = { kept: ' ', changed: '~', moved: '↕', republished: '↻', added: '+', removed: '−' };

/** All of a plan. @param heading of its menus, one level below the heading above it */
export function planDrawn(plan, heading = 'h4') {
  return el(
    'div',
    { class: 'plan', 'data-changes': String(plan.changes) },
    el('p', { class: 'plan-sum' }, sum(plan)),
    ...cautions(plan),
    planTree(plan, heading),
    plan.calls?.length > 0 ? calls(plan.calls) : null,
  );
}

/** How many changes of each kind; personalised menus count with their buttons. */
function sum(plan) {
  if (!plan.changes) {
    return word('noChanges');
  }
  const counts = {};
  const count = (changes) =>
    changes.forEach((one) => {
      counts[one.change] = (counts[one.change] ?? 0) + 1;
      count(one.sub_button ?? one.button ?? []);
    });
  count(plan.button);
  count(plan.conditional);
  return Object.entries(counts)
    .filter(([change]) => change !== 'kept')
    .map(([change, amount]) => `${number(amount)} ${named('change', change)}`)
    .join(' · ');
}

/** What an operator may not expect. */
function cautions(plan) {
  const gone = plan.conditional.filter((menu) => menu.change === 'removed').length;
  return [
    plan.websiteMenuReplaced ? word('websiteReplaced') : null,
    plan.gap ? word('planGap') : null,
    gone > 0 ? word('personalisedGo', { count: gone }) : null,
  ]
    .filter(Boolean)
    .map((words) => el('p', { class: 'caution' }, words));
}

function planTree(plan, heading) {
  return el(
    'div',
    { class: 'plan-tree', tabindex: '0', role: 'group', 'aria-label': word('planTitle') },
    el(heading, {}, word('defaultMenu')),
    plan.button.length === 0 ? el('p', { class: 'hint' }, word('none')) : buttons(plan.button),
    ...plan.conditional.flatMap((menu) => [
      el(
        heading,
        { class: `change ${menu.change}` },
        sign(menu),
        el('span', { dir: 'auto' }, menu.name || word('personalised')),
        menu.menuid ? el('small', {}, `menuid ${menu.menuid}`) : null,
        matchRule(menu.matchrule),
      ),
      fields(menu.fields),
      buttons(menu.button, true),
    ].filter(Boolean)),
  );
}

function buttons(list, place = false) {
  return el('ul', { class: place }, ...list.map((one) => button(one)));
}

function button(change) {
  return el(
    'li',
    {},
    el(
      'span',
      { class: `change ${change.change}`, 'data-change': change.change },
      sign(change),
      el('span', { class: 'button-name', dir: 'auto' }, change.name),
      change.type && change.sub_button.length === 0 ? el('code', { class: 'button-type' }, change.type) : null,
    ),
    fields(change.fields),
    change.sub_button.length > 0 ? buttons(change.sub_button) : null,
  );
}

function sign({ change }) {
  const words = named('change', change);
  return el('span', { class: 'sign', title: words }, SIGNS[change] ?? '?', el('span', { class: 'unseen' }, words));
}

function fields(changes) {
  return changes?.length > 0
    ? el(
        'ul',
        { class: 'field-changes' },
        ...changes.map((one) =>
          el('li', {}, el('code', {}, one.name), ' ', el('del', { dir: 'auto' }, one.from), ' → ', el('ins', { dir: 'auto' }, one.to)),
        ),
      )
    : null;
}

function calls(list) {
  const left = (one) => (one.left === undefined ? word('notKnown') : number(one.left));
  const rows = list.map((one) => [el('code', {}, one.path), number(one.needed), left(one)]);
  return table(word('calls'), [word('call'), word('needed'), word('left')], rows);
}
