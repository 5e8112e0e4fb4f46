import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all } from './dom.mjs';
import { page } from './pages.mjs';

const { failureLines, problemBox } = await page('problems.js');
const { Problem } = await page('api.js');
const box = (status, body) => problemBox(new Problem(status, body));
const texts = (nodes) => nodes.map((node) => node.textContent);

test('a status has the page\'s title, the gateway\'s own words stand below', () => {
  const shown = box(422, { title: 'The menu is not valid', detail: 'button[0].name is empty' });

  assert.deepEqual(texts(shown.childNodes), ['The content is not valid', 'The menu is not valid. button[0].name is empty']);
});

test('a title that says the same as the text is said once', () => {
  assert.equal(box(503, { title: 'Draining', detail: 'Draining' }).childNodes[1].textContent, 'Draining');
});

test('a status that the page does not know has the title that came', () => {
  assert.equal(box(418, { title: 'Teapot', detail: 'short and stout' }).childNodes[0].textContent, 'Teapot');
  assert.equal(box(418, {}).childNodes[0].textContent, 'The request failed');
});

test('what the gateway said is English, what was never answered is told by the page', () => {
  assert.equal(box(409, { detail: 'x' }).childNodes[1].attributes.lang, 'en');
  assert.equal(box(0, { detail: 'x' }).childNodes[1].attributes.lang, undefined);
});

test('a failed call to WeChat is told with its code, words, meaning and remedy', () => {
  const lines = texts(failureLines({ errcode: 45009, errmsg: 'reach max api daily quota limit', rid: '6-7', meaning: 'Too many.', remedy: 'Wait.' }));

  assert.match(lines[0], /45009 · reach max api daily quota limit · rid 6-7/);
  assert.deepEqual(lines.slice(1), ['Too many.', 'Wait.']);
});

test('without anything that failed nothing is said', () => {
  assert.deepEqual(failureLines({}), []);
  assert.equal(all(box(404, {}), 'said').length, 0);
});
