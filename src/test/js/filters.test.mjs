import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const { filterOf, isSame, setFields } = await page('filters.js');
const of = (query) => filterOf(new URL(`https://weir.example/?${query}`).searchParams);

test('an address narrows the list to what it names, without the spaces round it', () => {
  const filter = of('account=main&openid=%20oAB%20&text=a%20b');

  assert.equal(filter.account, 'main');
  assert.equal(filter.openid, 'oAB');
  assert.equal(filter.text, 'a b');
  assert.equal(filter.outcome, '');
});

test('a name that is no field narrows nothing', () => {
  assert.equal(isSame(of('colour=red'), of('')), true);
  assert.equal(setFields(of('colour=red&push=12')), 0);
});

test('two filters are the same when all fields are', () => {
  assert.equal(isSame(of('type=text&outcome=late'), of('outcome=late&type=text')), true);
  assert.equal(isSame(of('type=text'), of('type=text&at=1')), false);
});

test('a field of spaces is not set', () => {
  assert.equal(setFields(of('type=text&openid=%20%20&pushId=1')), 2);
});
