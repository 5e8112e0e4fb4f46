import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const { conversation, countdown, literal, secondsLeft } = await page('conversation.js');
const push = (pushId, second, more) => ({
  pushId,
  id: second,
  instance: 'a-1',
  at: `2026-11-20T07:00:${String(second).padStart(2, '0')}.000Z`,
  type: 'text',
  outcome: 'reply',
  micros: 1000,
  ...more,
});
const looks = (steps) => steps.map((step) => `${step.kind} ${step.key} ${step.attempts ?? ''}`.trim());

test('what was said comes before what was seen, in the order in which it happened', () => {
  const steps = conversation([
    push('two', 5, { type: 'CLICK', reply: { text: 'second' } }),
    push('one', 1, { reply: { text: 'first' }, micros: 2_500_000 }),
  ]);

  assert.deepEqual(looks(steps), ['said one 1', 'seen one>', 'event two 1', 'seen two>']);
  assert.equal(steps[1].at, '2026-11-20T07:00:03.500Z');
  assert.deepEqual(steps[1].reply, { text: 'first' });
});

test('the attempts of a push are one message with the reply that one of them took', () => {
  const steps = conversation([
    push('one', 11, { outcome: 'repeat', reply: { text: 'done' }, attempt: 3 }),
    push('one', 1, { outcome: 'lapsed', attempt: 1, fields: { Content: 'hello' } }),
    push('one', 6, { outcome: 'lapsed', attempt: 2 }),
  ]);

  assert.deepEqual(looks(steps), ['said one 3', 'seen one>']);
  assert.equal(steps[0].at, '2026-11-20T07:00:01.000Z');
  assert.equal(steps[0].push.outcome, 'repeat');
  assert.equal(steps[0].push.fields.Content, 'hello');
});

test('a late reply stands where it was sent, in place of one that nobody took', () => {
  const late = { at: '2026-11-20T07:00:09.000Z', reply: { text: 'late' } };
  const steps = conversation([push('one', 1, { outcome: 'late', lateReply: 'sent', late }), push('two', 5, { reply: { text: 'soon' } })]);

  assert.deepEqual(looks(steps), ['said one 1', 'said two 1', 'seen two>', 'seen one>']);
  assert.equal(steps[3].late, true);
});

test('a push in progress gives way to what it has become', () => {
  const running = push('one', 1, { outcome: 'running' });

  assert.deepEqual(
    conversation([running]).map((step) => step.push.outcome),
    ['running'],
  );
  assert.deepEqual(
    conversation([running, push('one', 1, {})]).map((step) => step.push.outcome),
    ['reply'],
  );
});

test('a push that only the line of a list is left of is told of', () => {
  const steps = conversation([push(undefined, 1, { outcome: 'failed' })]);

  assert.deepEqual(looks(steps), ['said a-1/1 1']);
  assert.equal(steps[0].push.fields, undefined);
});

test('braces of a reply are meant as they stand', () => {
  assert.deepEqual(literal({ news: [{ title: '{a}' }], n: 1 }), { news: [{ title: '{{a}}' }], n: 1 });
});

test('a window closes by the clock of the gateway', () => {
  const window = { until: '2026-11-20T07:00:50Z' };

  assert.equal(secondsLeft(window, Date.parse('2026-11-20T07:00:20Z')), 30);
  assert.equal(secondsLeft(window, Date.parse('2026-11-20T07:01:00Z')), 0);
  assert.equal(countdown(172_799.9), '47:59:59');
  assert.equal(countdown(9), '0:00:09');
});
