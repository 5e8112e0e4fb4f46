import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './pages.mjs';

const model = await page('menumodel.js');
const click = (name) => ({ type: 'click', name, key: name });
const menu = (name, matchrule) => ({ name, button: [click(name)], matchrule });
const draft = (...button) => [{ name: '', button }];
const names = (changed) => changed.menus[0].button.map((one) => [one.name, ...(one.sub_button ?? []).map((below) => below.name)].join(' '));

test('bytes of a name are counted, and its width in Chinese characters', () => {
  assert.deepEqual(model.counted('name', '今日ab', 1), { bytes: 8, mostBytes: 16, characters: 3, mostCharacters: 4 });
  assert.deepEqual(model.counted('name', '👨‍👩‍👧', 2), { bytes: 18, mostBytes: 60, characters: 1, mostCharacters: 8 });
  assert.deepEqual(model.counted('key', '键1', 1), { bytes: 4, mostBytes: 128, characters: 2, mostCharacters: undefined });
  assert.equal(model.counted('media_id', 'x', 1).mostBytes, undefined);
});

test('a file goes through the form unchanged, also with names that are numbers and fields that are unknown', () => {
  const read = {
    button: [{ name: '更多', sub_button: [{ type: 'finder', name: 'a', feed: 'b' }] }, { type: 'view', name: 'v', url: 'u', sub_button: [] }],
    conditional: [{ name: 'vip', button: [click('x')], matchrule: { tag_id: 102 } }, { name: '5', button: [click('y')], matchrule: { tag: 'a' } }],
  };

  const file = model.fileOf(model.menusOf(read));

  assert.match(file, /"conditional":\{"vip":\{.*\},"5":\{/);
  assert.deepEqual(JSON.parse(file), {
    button: [read.button[0], { type: 'view', name: 'v', url: 'u' }],
    conditional: {
      vip: { button: [click('x')], matchrule: { tag_id: '102' } },
      5: { button: [click('y')], matchrule: { tag: 'a' } },
    },
  });
});

test('what a form could not show is not taken into one', () => {
  const third = [{ name: 'a', sub_button: [{ name: 'b', sub_button: [click('c')] }] }];
  for (const button of ['x', [1], [{ name: {} }], [{ sub_button: 'x' }], third]) {
    assert.equal(model.menusOf({ button, conditional: [] }), null, JSON.stringify(button));
  }
});

test('three buttons of the first level and five below each are the most', () => {
  let all = draft();
  for (let first = 0; first < 3; first += 1) {
    all = model.added(all, 0, null, 'n').menus;
    for (let second = 0; second < 5; second += 1) {
      all = model.added(all, 0, first, 'n').menus;
    }
    assert.equal(model.added(all, 0, first, 'n'), null);
  }
  assert.equal(model.added(all, 0, null, 'n'), null);
  assert.deepEqual(all[0].button.map((one) => one.sub_button.length), [5, 5, 5]);
});

test('a button that gets a submenu keeps what it did as the first entry', () => {
  const { menus, place } = model.added(draft(click('a')), 0, 0, 'new');

  assert.deepEqual(place, [0, 1]);
  assert.deepEqual(menus[0].button, [{ name: 'a', sub_button: [click('a'), { type: 'click', name: 'new', key: '' }] }]);
});

test('a button that did nothing has only the new entry', () => {
  assert.deepEqual(names(model.added(draft({ type: 'click', name: 'a', key: '' }), 0, 0, 'new')), ['a new']);
});

test('a submenu whose last entry is deleted is a button again', () => {
  const { menus, place } = model.removed(draft({ name: 'a', sub_button: [click('b')] }), 0, [0, 0]);

  assert.deepEqual(menus[0].button, [{ name: 'a' }]);
  assert.deepEqual(place, [0]);
});

test('after a deletion the neighbour is chosen', () => {
  assert.deepEqual(model.removed(draft(click('a'), click('b')), 0, [1]).place, [0]);
  assert.deepEqual(model.removed(draft(click('a'), click('b')), 0, [0]).place, [0]);
  assert.equal(model.removed(draft(click('a')), 0, [0]).place, null);
});

test('buttons move where there is space', () => {
  const all = draft(click('a'), { name: 'b', sub_button: [click('c'), click('d')] }, { name: 'e', sub_button: [click('f')] });

  assert.deepEqual(names(model.moved(all, 0, [0], [2])), ['b c d', 'e f', 'a']);
  assert.deepEqual(names(model.moved(all, 0, [1, 0], [1, 1])), ['a', 'b d c', 'e f']);
  assert.deepEqual(names(model.moved(all, 0, [1, 0], [2, 0])), ['a', 'b d', 'e c f']);
  assert.deepEqual(model.moved(all, 0, [0], [1, 9]), { menus: model.moved(all, 0, [0], [1, 2]).menus, place: [0, 2] });
  assert.deepEqual(names(model.moved(all, 0, [0], [1, 2])), ['b c d a', 'e f']);
  assert.deepEqual(names(model.moved(all.map((one) => ({ ...one, button: one.button.slice(1) })), 0, [0, 1], [2])), ['b c', 'e f', 'd']);
});

test('buttons do not move where WeChat has no place for them', () => {
  const full = { name: 'b', sub_button: [1, 2, 3, 4, 5].map((one) => click(`${one}`)) };
  const all = draft(click('a'), full, { name: 'e', sub_button: [click('f')] });
  const why = (from, to) => model.whyNotMoved(all, 0, from, to);

  assert.equal(why([0], [-1]), 'edge');
  assert.equal(why([2], [3]), 'edge');
  assert.equal(why([1, 4], [1, 5]), 'edge');
  assert.equal(why([2, 0], [3, 0]), 'edge');
  assert.equal(why([2, 0], [1, 0]), 'full');
  assert.equal(why([2, 0], [0]), 'full');
  assert.equal(why([2, 0], [0, 0]), 'noSubmenu');
  assert.equal(why([1], [2, 0]), 'depth');
  assert.equal(why([1], [1, 0]), 'edge');
  assert.equal(why([0], [2, 1]), null);
});

test('arrow keys lead to the buttons as they stand on the phone', () => {
  const list = [click('a'), { name: 'b', sub_button: [click('c'), click('d')] }];

  assert.deepEqual(model.neighbour(list, [0], 'ArrowRight'), [1]);
  assert.equal(model.neighbour(list, [1], 'ArrowRight'), null);
  assert.deepEqual(model.neighbour(list, [1], 'ArrowUp'), [1, 1]);
  assert.deepEqual(model.neighbour(list, [1, 1], 'ArrowDown'), [1]);
  assert.deepEqual(model.neighbour(list, [1, 0], 'ArrowDown'), [1, 1]);
  assert.equal(model.neighbour(list, [1, 0], 'ArrowUp'), null);
  assert.deepEqual(model.neighbour(list, [1, 1], 'ArrowLeft'), [0]);
  assert.equal(model.neighbour(list, [0], 'Enter'), null);
});

test('another type keeps the fields that both have', () => {
  const viewed = model.withType(draft(click('a')), 0, [0], 'view');

  assert.deepEqual(viewed[0].button[0], { type: 'view', name: 'a', url: '' });
  assert.deepEqual(model.withType(draft(click('a')), 0, [0], 'pic_weixin')[0].button[0], { type: 'pic_weixin', name: 'a', key: 'a' });
});

test('a viewer sees the menu that is published last of those that fit', () => {
  const all = [menu(''), menu('vip', { tag: '会员' }), menu('vip-ios', { tag: '会员', client_platform_type: '1' }), menu('old', { sex: '1' }), menu('empty', {})];

  assert.equal(model.seenBy(all, { tag: '', platform: '1' }), 0);
  assert.equal(model.seenBy(all, { tag: '会员', platform: '' }), 1);
  assert.equal(model.seenBy(all, { tag: '会员', platform: '1' }), 2);
  assert.equal(model.seenBy(all, { tag: '会员', platform: '2' }), 1);
});

test('a personalised menu begins with the buttons of the default one, under a name that is free', () => {
  const all = model.withMenu(model.withMenu(draft(click('a')), 'menu'), 'menu');

  assert.deepEqual(all.map((one) => one.name), ['', 'menu', 'menu-2']);
  assert.deepEqual(all[2], { name: 'menu-2', button: [click('a')], matchrule: {} });
});

test('the default menu stays before the personalised ones', () => {
  const all = [menu(''), menu('a'), menu('b')];

  assert.deepEqual(model.menuMoved(all, 2, 0).map((one) => one.name), ['', 'b', 'a']);
  assert.deepEqual(model.menuMoved(all, 1, 2).map((one) => one.name), ['', 'b', 'a']);
});

test('an empty field of a rule is none', () => {
  const all = model.withRule([menu(''), menu('a', { tag: 'x', client_platform_type: '1' })], 1, 'client_platform_type', '');

  assert.deepEqual(all[1].matchrule, { tag: 'x' });
});

test('a path of a finding leads to the field', () => {
  const all = [menu(''), menu('v.i.p'), menu('v')];

  assert.deepEqual(model.located(all, 'button[0].sub_button[3].key'), { menu: 0, place: [0, 3], field: 'key' });
  assert.deepEqual(model.located(all, 'conditional.v.i.p.button[2].name'), { menu: 1, place: [2], field: 'name' });
  assert.deepEqual(model.located(all, 'conditional.v.matchrule.tag'), { menu: 2, place: null, field: 'tag' });
  assert.deepEqual(model.located(all, 'conditional.v.matchrule'), { menu: 2, place: null, field: '' });
  assert.deepEqual(model.located(all, 'conditional'), { menu: -1, place: null, field: '' });
  assert.deepEqual(model.located(all, 'button'), { menu: 0, place: null, field: '' });
});

test('comments of a file are found', () => {
  assert.deepEqual(model.comments('# one\nbutton: # two\n  - { key: "a#b" }\n'), ['one', 'two']);
  assert.deepEqual(model.comments('{"button": "# not one"}'), []);
});
