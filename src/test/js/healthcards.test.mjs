import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const { cardsOf, inWords, labelOf } = await page('healthcards.js');
const { HEALTH } = await page('words-health.js');
const kinds = (report) => cardsOf(report).map(({ kind }) => kind);

test('what the gateway tells of itself is the first card, what people look for follows', () => {
  const report = { clock: { source: 'redis' }, redis: { up: true }, accounts: [{ name: 'main', rules: 1 }], version: '1.0', surprise: { a: 1 } };

  assert.deepEqual(kinds(report), ['instance', 'accounts', 'redis', 'clock', 'surprise']);
});

test('state and problems stand above the cards', () => {
  assert.deepEqual(cardsOf({ status: 'degraded', problems: [{ code: 'X' }] }), []);
});

test('each object of a list has a card with its name, file or number', () => {
  const titles = cardsOf({ accounts: [{ name: 'main', rules: 1 }], replies: [{ file: '/etc/weir/a.yaml' }], things: [{ size: 1 }, { size: 2 }] }).map(({ title }) => title);

  assert.deepEqual(titles, ['main', 'a.yaml', '1', '2']);
});

test('values in a list are numbered, one that is not there is none', () => {
  const [{ rows }] = cardsOf({ accounts: [{ lastPush: { token: ['2026-11-20T10:39:28Z', null] } }] });

  assert.deepEqual(rows, [
    { path: 'accounts.lastPush.token', index: 1, value: '2026-11-20T10:39:28Z' },
    { path: 'accounts.lastPush.token', index: 2, value: null },
  ]);
});

test('calls that are stopped have cards of their own; without any that is told', () => {
  assert.deepEqual(cardsOf({ wechat: { stopped: [] } })[0].rows, [{ path: 'wechat.stopped', index: null, value: null }]);
  assert.deepEqual(kinds({ wechat: { stopped: [{ account: 'main', calls: 'menu' }] } }), ['wechat.stopped']);
});

test('an account of which only the name is known has its card', () => {
  assert.deepEqual(cardsOf({ accounts: [{ name: 'main' }] }), [{ kind: 'accounts', title: 'main', rows: [] }]);
});

test('what a problem above says already is not said again in English', () => {
  const report = {
    problems: [{ cause: 'Redis is unavailable: refused', remedy: 'start it' }],
    redis: { up: false, error: 'refused', hint: 'start it', role: 'refused' },
    clock: { hint: 'set it' },
  };
  const paths = cardsOf(report).flatMap(({ rows }) => rows.map(({ path }) => path));

  assert.deepEqual(paths, ['redis.up', 'redis.role', 'clock.hint']);
});

test('nothing is left out, whatever is told', () => {
  const report = { a: 1, b: { c: { d: [2, [3, { e: 4 }]] }, f: [{ g: [{ h: 5 }] }] }, i: [[6], { j: false }] };
  const values = cardsOf(report).flatMap(({ rows }) => rows.map(({ value }) => value));

  assert.deepEqual(values.sort(), [1, 2, 3, 4, 5, 6, false]);
});

test('a value is told with its unit', () => {
  assert.equal(inWords('uptimeSeconds', 3_784), '1 h 3 min');
  assert.equal(inWords('clock.offsetMillis', -1234), '-1,234 ms');
  assert.equal(inWords('redis.decidedAlone', 12_000), '12,000');
  assert.equal(inWords('redis.up', false), 'no');
});

test('an errcode has no separators', () => {
  assert.equal(inWords('wechat.stopped.errcode', 45009), '45009');
});

test('a push that never came is told as such, any other absence as none', () => {
  assert.equal(inWords('accounts.lastPush.token', null), 'never since the start');
  assert.equal(inWords('configuration.atNextStart', null), 'none');
});

test('a time is one of China, a text that only begins like one stays', () => {
  assert.match(inWords('redis.since', '2026-11-20T16:00:00.5Z'), /21 Nov 2026/);
  assert.equal(inWords('replies.file', '2026-11-20T16.yaml'), '2026-11-20T16.yaml');
});

test('a value that the page has no word for stays as it came', () => {
  assert.equal(inWords('accounts.mode', 'safe'), 'safe');
  assert.equal(inWords('accounts.mode', 'quantum'), 'quantum');
});

test('a place is told in words, one of a list with its number', () => {
  assert.equal(labelOf({ path: 'redis.decidedAlone', index: null }), 'Pushes decided without Redis');
  assert.equal(labelOf({ path: 'accounts.lastPush.token', index: 2 }), 'Last push with Token 2');
});

test('a place without words is told by the names below its card', () => {
  assert.equal(labelOf({ path: 'redis.shards.count', index: null }), 'shards.count');
});

test('both languages name the same places and values', () => {
  assert.deepEqual(Object.keys(HEALTH.zh), Object.keys(HEALTH.en));
});
