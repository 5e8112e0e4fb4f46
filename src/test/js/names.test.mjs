import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const { halfWidths, isUnseen, shownName } = await page('names.js');

test('Chinese characters, full-width signs and emoji are twice as wide as Latin letters', () => {
  assert.equal(halfWidths('ab1'), 3);
  assert.equal(halfWidths('今日'), 4);
  assert.equal(halfWidths('，！'), 4);
  assert.equal(halfWidths('🎁'), 2);
  assert.equal(halfWidths(''), 0);
});

test('a sign of several code points is one sign', () => {
  assert.equal(halfWidths('👨‍👩‍👧'), 2);
  assert.equal(halfWidths('❤️'), 2);
  assert.equal(halfWidths('é'), 1);
});

test('a name that fits is shown whole, to the last half width', () => {
  assert.equal(shownName('今日要闻', 'first'), '今日要闻');
  assert.equal(shownName('abcdefgh', 'first'), 'abcdefgh');
  assert.equal(shownName('新品上架第一时间', 'second'), '新品上架第一时间');
});

test('what does not fit is cut before the first sign too many', () => {
  assert.equal(shownName('今日要闻啊', 'first'), '今日要闻…');
  assert.equal(shownName('abcdefghi', 'first'), 'abcdefgh…');
  assert.equal(shownName('新品上架第一时间看', 'second'), '新品上架第一时间…');
});

test('no sign is cut in half', () => {
  assert.equal(shownName('a今日要闻', 'first'), 'a今日要…');
  assert.equal(shownName('今日要👨‍👩‍👧👨‍👩‍👧', 'first'), '今日要👨‍👩‍👧…');
});

test('a text of blanks and signs without a shape is not seen', () => {
  for (const text of ['', ' \t', '\ufeff', '\u200b\u2060', '\u3000', '\u0085\u2028']) {
    assert.equal(isUnseen(text), true);
  }
  assert.equal(isUnseen('\u200b.'), false);
  assert.equal(isUnseen('今'), false);
});
