import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const { DraftStore } = await page('menudraft.js');

/** What the tabs of a browser share. */
class Shared {
  constructor() {
    Object.defineProperty(this, 'getItem', { value: (key) => this[key] ?? null });
    Object.defineProperty(this, 'setItem', { value: (key, value) => (this[key] = value) });
    Object.defineProperty(this, 'removeItem', { value: (key) => delete this[key] });
  }
}

const text = (words) => ({ mode: 'text', menus: null, text: words, base: 'h', ended: '' });
const KEY = { key: 'weir.menu-draft.dev' };

function tab(storage, name) {
  const store = new DraftStore('dev', storage, name);
  store.load();
  return store;
}

test('a draft is there after a reload', () => {
  const storage = new Shared();
  tab(storage, 'a').save(text('one'));

  assert.equal(tab(storage, 'a2').own.text, 'one');
  assert.equal(new DraftStore('other', storage, 'b').load(), null);
});

test('a tab that changed nothing since shows what another one made', () => {
  const storage = new Shared();
  const first = tab(storage, 'a');
  first.save(text('one'));
  const second = tab(storage, 'b');

  assert.equal(second.save(text('two')), 'saved');

  assert.equal(first.heard(KEY), 'newer');
  assert.equal(first.own.text, 'two');
  assert.equal(first.heard(KEY), 'none');
  assert.equal(first.heard({ key: 'weir.theme' }), 'none');
});

test('nothing is overwritten that was not shown, and both are there until one is chosen', () => {
  const storage = new Shared();
  const first = tab(storage, 'a');
  const second = tab(storage, 'b');
  first.save(text('mine'));

  assert.equal(second.save(text('yours')), 'conflict');

  assert.equal(second.other.text, 'mine');
  assert.equal(tab(storage, 'c').own.text, 'yours');
  assert.equal(JSON.parse(storage[KEY.key]).text, 'mine');
});

test('what was put aside is there after a reload', () => {
  const storage = new Shared();
  const first = tab(storage, 'a');
  const second = tab(storage, 'b');
  first.save(text('mine'));
  second.save(text('yours'));

  const again = tab(storage, 'b2');

  assert.equal(again.own.text, 'yours');
  assert.equal(again.other.text, 'mine');
  assert.equal(again.save(text('yours, longer')), 'conflict');
});

test('the one that is chosen is what all tabs show', () => {
  const storage = new Shared();
  const first = tab(storage, 'a');
  const second = tab(storage, 'b');
  first.save(text('mine'));
  second.save(text('yours'));

  second.keepOwn();

  assert.equal(first.heard(KEY), 'newer');
  assert.equal(first.own.text, 'yours');
  assert.deepEqual(Object.keys(storage), [KEY.key]);
});

test('the other one can be taken', () => {
  const storage = new Shared();
  const first = tab(storage, 'a');
  const second = tab(storage, 'b');
  first.save(text('mine'));
  second.save(text('yours'));

  assert.equal(second.takeOther().text, 'mine');
  assert.equal(second.save(text('mine and more')), 'saved');
  assert.equal(first.heard(KEY), 'newer');
  assert.deepEqual(Object.keys(storage), [KEY.key]);
});

test('a browser that keeps nothing is told of', () => {
  const refuse = () => {
    throw new Error('forbidden');
  };
  const store = new DraftStore('dev', { getItem: refuse, setItem: refuse, removeItem: refuse }, 'a');

  assert.equal(store.load(), null);
  assert.equal(store.save(text('one')), 'notKept');
  assert.equal(store.own.text, 'one');
});

test('what another version of the page kept is left out', () => {
  const storage = new Shared();
  storage[KEY.key] = 'button: []';

  assert.equal(tab(storage, 'a').own, null);
  storage[KEY.key] = '{"text":1}';
  assert.equal(tab(storage, 'a').own, null);
});
