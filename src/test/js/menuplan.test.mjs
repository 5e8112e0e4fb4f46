import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all } from './dom.mjs';
import { page } from './pages.mjs';

const { planDrawn } = await page('menuplan.js');
const { MenuPublish } = await page('menupublish.js');
const { Problem } = await page('api.js');

const button = (change, below = []) => ({ change, name: 'a', type: 'click', fields: [], sub_button: below });
const plan = (more) => ({ changes: true, button: [], conditional: [], calls: [], ...more });
const sum = (made) => all(planDrawn(made), 'plan-sum')[0].textContent;
const cautions = (made) => all(planDrawn(made), 'caution').map((one) => one.textContent);
const menu = (change) => ({ change, name: '', matchrule: {}, fields: [], button: [button(change)] });

test('changes are counted by kind, buttons below others with them', () => {
  assert.match(sum(plan({ button: [button('added', [button('added')]), button('removed')] })), /^2 .+ · 1 /);
});

test('what stays is not counted', () => {
  assert.match(sum(plan({ button: [button('kept'), button('moved')] })), /^1 [^·]+$/);
});

test('a personalised menu counts with its buttons', () => {
  assert.match(sum(plan({ conditional: [menu('removed')] })), /^2 /);
});

test('a plan without changes says so', () => {
  const made = planDrawn(plan({ changes: false, button: [button('kept')] }));

  assert.equal(made.attributes['data-changes'], 'false');
  assert.doesNotMatch(all(made, 'plan-sum')[0].textContent, /\d/);
});

test('an operator is warned of what may not be expected', () => {
  assert.deepEqual(cautions(plan()), []);
  assert.equal(cautions(plan({ gap: true })).length, 1);
  assert.equal(cautions(plan({ websiteMenuReplaced: true, conditional: [menu('removed')] })).length, 2);
});

const publish = () => {
  const judged = [];
  return { judged, made: new MenuPublish('main', { where: () => '', goTo: () => {}, judged: (found) => judged.push(found) }) };
};
const finding = (severity) => ({ severity, path: 'button[0]', message: 'x' });
const verdict = (made) => made.findings.childNodes[0];

test('menus with warnings are valid, and not said to have no errors alone', () => {
  const { made, judged } = publish();
  made.show({ isValid: true, findings: [finding('warning')] });

  assert.equal(verdict(made).attributes['data-valid'], 'true');
  assert.equal(verdict(made).attributes.class, 'caution');
  assert.equal(judged[0].length, 1);
});

test('of what breaks rules only the errors are counted', () => {
  const { made } = publish();
  made.show({ isValid: false, findings: [finding('error'), finding('warning'), finding('error')] });

  assert.equal(verdict(made).attributes['data-valid'], 'false');
  assert.match(verdict(made).textContent, /^2 /);
});

test('where there is nothing to judge nothing is said', () => {
  const { made, judged } = publish();
  made.show(null);

  assert.deepEqual(made.findings.childNodes, []);
  assert.deepEqual(judged, [[]]);
});

test('a plan that is no longer of the live menus brings the new one', () => {
  const { made } = publish();

  assert.equal(made.newPlan('file', new Problem(412, { plan: plan() })).length, 4);
  assert.deepEqual(made.newPlan('file', new Problem(409, { plan: plan() })), []);
});
