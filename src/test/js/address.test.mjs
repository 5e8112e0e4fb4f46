import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const { address, go, place } = await page('address.js');
const at = (hash) => {
  globalThis.location = { hash };
  return place();
};

test('an address without parameters is the view alone', () => {
  assert.equal(address('pushes'), '#pushes');
  assert.equal(address('pushes', { type: '', openid: null, at: undefined }), '#pushes');
});

test('zero is a value', () => {
  assert.equal(address('pushes', { after: 0 }), '#pushes?after=0');
});

test('what an address is made of comes back, whatever is in it', () => {
  const text = 'a&b=c?d#e 你好 100%';
  const { name, parameters } = at(address('pushes', { text, push: 'x/1' }));

  assert.equal(name, 'pushes');
  assert.deepEqual(Object.fromEntries(parameters), { text, push: 'x/1' });
});

test('only the first question mark ends the name of the view', () => {
  assert.equal(at('#pushes?text=why?').parameters.get('text'), 'why?');
});

test('without anything behind # there is no view and no parameter', () => {
  const { name, parameters } = at('');

  assert.equal(name, '');
  assert.equal(parameters.size, 0);
});

test('a view is gone to as by a link', () => {
  at('');
  go('token', { account: 'main' });

  assert.equal(globalThis.location.hash, '#token?account=main');
});

test('only a page on this machine is taken for the phone page', async () => {
  const { isHere } = await page('address.js');

  assert.equal(isHere('http://127.0.0.1:8082/phone/#dev/oAlice'), true);
  assert.equal(isHere('http://localhost:8082/phone/'), true);
  assert.equal(isHere('https://phone.example.com/'), false);
  assert.equal(isHere('javascript:alert(1)'), false);
  assert.equal(isHere('http://127.0.0.1.example.com/'), false);
  assert.equal(isHere(''), false);
});
