// Whose phone it is: the person in the address of the page, others to switch to, new ones.
import { Person, ask, put } from './api.js';
import { choice, chosenIn, closeDialogs, dialog, field } from './dialogs.js';
import { el } from './dom.js';
import { word } from './words.js';

/** Who is there when nobody is: the same one at every start, so that a page that was left open goes on. */
const FIRST = { openid: 'oWeirPhonePage00000000Alice0', nickname: 'Alice' };

/** The person that the address names, else the first there is, else a new one. */
export async function personOfAddress() {
  const { accounts } = await ask('state');
  const [account, openid] = location.hash.slice(1).split('/').map(decoded);
  const known = accounts.find((one) => one.name === account) ?? accounts[0];
  const people = await peopleOf(known.name);
  const found = people.find((one) => one.openid === openid) ?? people[0] ?? (await addFirst(known.name));
  const address = addressOf(known.name, found.openid);
  if (location.hash !== address) {
    history.replaceState(null, '', address);
  }
  return new Person(known.name, found.openid);
}

/** Shows who is there. */
export async function choosePerson(current) {
  const { accounts } = await ask('state');
  const groups = await Promise.all(accounts.map(async ({ name }) => ({ name, people: await peopleOf(name) })));
  const lists = groups.flatMap(({ name, people }) => [
    groups.length > 1 ? el('h3', {}, name) : null,
    el('ul', { class: 'people' }, ...people.map((person) => entry(name, person, current))),
  ]);
  const adder = new Adder(accounts.map(({ name }) => name), current.account);
  const confirmed = await dialog(word('choosePerson'), [...lists.filter(Boolean), adder.node], word('add'));
  if (confirmed && adder.nickname.value.trim()) {
    location.hash = addressOf(adder.chosenAccount(), await adder.add());
  }
}

function entry(account, person, current) {
  const own = account === current.account && person.openid === current.openid;
  const href = addressOf(account, person.openid);
  return el(
    'li',
    {},
    el(
      'a',
      { href, class: 'person-link', 'aria-current': own ? 'true' : null, onclick: closeDialogs },
      el('bdi', {}, person.nickname || person.openid),
      el('small', {}, [word(person.client), ...person.tags, ...(person.subscribed ? [] : [word('left')])].join(' · ')),
    ),
    el('a', { href, target: '_blank', rel: 'noopener', class: 'new-tab', 'aria-label': `${person.nickname} ${word('newTab')}` }, '↗'),
  );
}

class Adder {
  constructor(accounts, account) {
    this.accounts = accounts;
    this.nickname = el('input', { name: 'nickname', maxlength: '60', autocomplete: 'off' });
    this.account = el('select', { name: 'account' }, ...accounts.map((name) => el('option', { selected: name === account }, name)));
    this.client = choice(word('client'), 'client', ['ios', 'android', 'other'].map((name) => [name, word(name)]), 'ios');
    this.tags = el('input', { name: 'tags', pattern: '[0-9, ]*', inputmode: 'numeric', autocomplete: 'off' });
    this.follows = el('input', { type: 'checkbox', name: 'follows', checked: true });
    this.node = el(
      'fieldset',
      { class: 'adder' },
      el('legend', {}, word('addPerson')),
      field(word('personName'), this.nickname),
      accounts.length > 1 ? field(word('whichAccount'), this.account) : null,
      this.client,
      field(word('tags'), this.tags),
      el('label', { class: 'check' }, this.follows, word('follows')),
    );
  }

  chosenAccount() {
    return this.accounts.length > 1 ? this.account.value : this.accounts[0];
  }

  async add() {
    const openid = newOpenid();
    await put(new Person(this.chosenAccount(), openid).path, {
      nickname: this.nickname.value.trim(),
      client: chosenIn(this.client),
      tags: (this.tags.value.match(/[0-9]{1,9}/g) ?? []).map(Number),
      subscribed: this.follows.checked,
    });
    return openid;
  }
}

async function peopleOf(account) {
  return (await ask(`accounts/${encodeURIComponent(account)}/people`)).people;
}

function addFirst(account) {
  return put(new Person(account, FIRST.openid).path, { nickname: FIRST.nickname });
}

function addressOf(account, openid) {
  return `#${encodeURIComponent(account)}/${encodeURIComponent(openid)}`;
}

function newOpenid() {
  const bytes = crypto.getRandomValues(new Uint8Array(11));
  return `oWeir_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
