import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const { Chart, rate, stacked } = await page('charts.js');
const { number } = await page('amounts.js');
const scale = (chart) => Chart.prototype.lines.call(chart);

test('each row stands on top of those before it', () => {
  assert.deepEqual(stacked([[1, 2], [10, 20], [100, 200]]), [[1, 2], [11, 22], [111, 222]]);
});

test('a bucket without a number carries those above it all the same', () => {
  assert.deepEqual(stacked([[1, null], [null, 5]]), [[1, 0], [1, 5]]);
});

test('without rows nothing is stacked', () => {
  assert.deepEqual(stacked([]), []);
});

test('a logarithmic scale has a line for each power of ten above its foot', () => {
  assert.deepEqual(scale({ log: [100, 1_000_000] }).splits(), [1000, 10_000, 100_000, 1_000_000]);
});

test('what is counted has lines at whole numbers only', () => {
  assert.deepEqual(scale({ log: undefined, format: number }).incrs.slice(0, 5), [1, 2, 5, 10, 20]);
  assert.deepEqual(scale({ log: undefined, format: rate }), {});
});

test('a rate has as many digits as it needs', () => {
  assert.equal(rate(0), '0');
  assert.equal(rate(0.0123), '0.012');
  assert.equal(rate(4.56), '4.6');
  assert.equal(rate(1234.6), '1,235');
});
