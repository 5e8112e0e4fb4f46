import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { page } from './pages.mjs';

const { AnswerDraft, isWithin, pathOf } = await page('answerdraft.js');
const kept = new Map();

globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
  removeItem: (key) => kept.delete(key),
};
beforeEach(() => kept.clear());

const full = () => {
  const draft = new AnswerDraft('main');
  for (let each = 0; each < 100; each++) {
    draft.set('CLICK', `K${each}`, { text: 'a' });
  }
  return draft;
};

test('a rule moved three times is one change', () => {
  const draft = new AnswerDraft('main');
  draft.move('text', 'hello', 'b');
  draft.move('text', 'hello', 'a');
  draft.move('text', 'hello', '');

  assert.deepEqual(draft.changes, [{ type: 'text', key: 'hello', before: '' }]);
});

test('a move of another rule between two moves stays between them', () => {
  const draft = new AnswerDraft('main');
  draft.move('text', 'a', 'b');
  draft.move('text', 'b', 'c');
  draft.move('text', 'a', 'b');

  assert.equal(draft.size, 3);
});

test('a draft takes no more changes than can be saved at once', () => {
  const draft = full();
  assert.equal(draft.full, true);

  draft.set('CLICK', 'MORE', { text: 'b' });
  draft.remove('CLICK', 'OTHER', false);

  assert.equal(draft.size, 100);
  assert.equal(draft.takes('CLICK', 'MORE'), false);
});

test('in a full draft a reply that was changed may be changed again', () => {
  const draft = full();
  assert.equal(draft.takes('CLICK', 'K99'), true);

  draft.set('CLICK', 'K99', { text: 'ab' });

  assert.deepEqual(draft.changes.at(-1), { type: 'CLICK', key: 'K99', reply: { text: 'ab' } });
});

test('a draft is there after a reload, and gone with its last change', () => {
  const draft = new AnswerDraft('main');
  draft.set('CLICK', 'NEW', { text: 'a' });
  assert.equal(new AnswerDraft('main').size, 1);
  assert.equal(new AnswerDraft('other').size, 0);

  draft.remove('CLICK', 'NEW', true);

  assert.equal(new AnswerDraft('main').size, 0);
});

test('what another program left in the draft\'s place is no draft', () => {
  kept.set('weir-answers-main', '{"type":"text"}');
  assert.equal(new AnswerDraft('main').size, 0);
  kept.set('weir-answers-main', '[');
  assert.equal(new AnswerDraft('main').size, 0);
});

test('a problem of one key is not one of a longer key', () => {
  const path = pathOf('CLICK', 'V1');

  assert.equal(isWithin('CLICK.V1', path), true);
  assert.equal(isWithin('CLICK.V1.text', path), true);
  assert.equal(isWithin('CLICK.V1[0].title', path), true);
  assert.equal(isWithin('CLICK.V10.text', path), false);
});
