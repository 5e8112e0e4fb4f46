import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const { clockTime, dayTime, micros, number, seconds } = await page('amounts.js');

test('a duration has its two largest units', () => {
  assert.equal(seconds(93_784), '1 d 2 h');
  assert.equal(seconds(3_784), '1 h 3 min');
  assert.equal(seconds(59), '59 s');
});

test('a unit of which there is none is left out, unless there is nothing else', () => {
  assert.equal(seconds(86_400), '1 d');
  assert.equal(seconds(86_459), '1 d');
  assert.equal(seconds(0), '0 s');
});

test('a clock that runs ahead makes no negative duration', () => {
  assert.equal(seconds(-3), '0 s');
});

test('microseconds are told in the unit that fits', () => {
  assert.equal(micros(999.4), '999 µs');
  assert.equal(micros(1000), '1 ms');
  assert.equal(micros(12_345), '12.3 ms');
  assert.equal(micros(4_990_000), '4.99 s');
});

test('times are those of China, wherever the browser is', () => {
  assert.equal(clockTime('2026-11-20T16:00:00.007Z'), '00:00:00.007');
  assert.match(dayTime('2026-11-20T16:00:00Z'), /21 Nov 2026.*00:00:00/);
  assert.equal(dayTime(undefined), '');
});

test('a number has the separators of the language', () => {
  assert.equal(number('1234567'), '1,234,567');
});
