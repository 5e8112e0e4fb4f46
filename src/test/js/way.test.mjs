import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all } from './dom.mjs';
import { page } from './pages.mjs';

const { way } = await page('way.js');
const bars = (drawn) => all(drawn, 'way-bar')[0].childNodes.map(({ attributes }) => [Number(attributes.x), Number(attributes.width)]);
const texts = (drawn, kind) => all(drawn, kind).map((node) => node.textContent);

test('each step has its share of the whole time, one behind the other', () => {
  const drawn = way([{ name: 'received', micros: 0 }, { name: 'opened', micros: 250 }, { name: 'handled', micros: 1000 }]);

  assert.deepEqual(bars(drawn), [[0, 0], [0, 250], [250, 750]]);
});

test('each step says when it was, all but the first one how long it took', () => {
  const drawn = way([{ name: 'opened', micros: 200 }, { name: 'handled', micros: 1500 }]);

  assert.deepEqual(texts(drawn, 'at'), ['at 200 µs', 'at 1.5 ms']);
  assert.deepEqual(texts(drawn, 'took'), ['', '+1.3 ms']);
});

test('a step that a later release names keeps its name', () => {
  assert.match(way([{ name: 'teleported', micros: 1 }]).textContent, /teleported/);
});

test('steps in no time, and none at all, are drawn without a width', () => {
  assert.deepEqual(bars(way([{ name: 'received', micros: 0 }])), [[0, 0]]);
  assert.deepEqual(bars(way([])), []);
});

test('a clock that went back makes no bar narrower than nothing', () => {
  assert.deepEqual(bars(way([{ name: 'opened', micros: 1000 }, { name: 'handled', micros: 900 }])), [[0, 1000], [1000, 0]]);
});
