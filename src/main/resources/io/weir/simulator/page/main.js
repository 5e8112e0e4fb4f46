// The phone page: puts its parts together.
import { Chat } from './chat.js';
import { ask, post, remove } from './api.js';
import { closeDialogs, dialog, field } from './dialogs.js';
import { byId, el, find, present } from './dom.js';
import { icon } from './icons.js';
import { Live } from './live.js';
import { MenuBar } from './menubar.js';
import { choosePerson, personOfAddress } from './people.js';
import { Pushes } from './pushes.js';
import { settings } from './settings.js';
import { sendOther, tap } from './taps.js';
import { clockTime, word } from './words.js';

/** Of the QR codes that an account has made, the newest. */
const MOST_CODES = 20;
/** How long WeChat shows that an account writes. */
const TYPING_MILLIS = 15_000;

class Page {
  constructor() {
    /** @type {any} Whose phone it is, from show() on. */
    this.person = undefined;
    /** @type {any} What is known of them. */
    this.who = undefined;
    this.shownMenu = {};
    this.chat = new Chat({ answer: (entry) => this.act('texts', { text: entry.text, entry: entry.id }), name: (mine) => this.nameOf(mine) });
    this.bar = new MenuBar((tapped, position) => this.attempt(() => tap(this.person, tapped, position)));
    this.panel = new Pushes();
  }

  async show() {
    this.live?.stop();
    closeDialogs();
    this.person = await personOfAddress();
    this.live = new Live(this.person, this);
    await this.live.start();
  }

  everything({ person, menu, receiving, typing, lines, pushes, console: address }) {
    this.who = person;
    this.panel.link = address ? (push) => consoleLink(address, this.person, push) : null;
    this.typing({ now: typing });
    this.chat.everything(lines);
    this.chat.receiving(receiving);
    this.panel.everything(pushes);
    this.shownMenu = menu;
    this.redraw();
  }

  line(line) {
    this.chat.add(line);
  }

  push(push) {
    this.panel.add(push);
  }

  receiving({ now }) {
    this.chat.receiving(now);
  }

  /** In place of the account's name, as WeChat has it. */
  typing({ now }) {
    clearTimeout(this.typingEnds);
    byId('typed-to').hidden = !now;
    if (now) {
      this.typingEnds = setTimeout(() => (byId('typed-to').hidden = true), TYPING_MILLIS);
    }
  }

  nameOf(mine) {
    return mine ? this.who.nickname || this.who.openid : this.person.account;
  }

  menu(menu) {
    this.shownMenu = menu;
    this.bar.show(menu);
  }

  following({ now }) {
    this.who.subscribed = now;
    this.redrawPerson();
  }

  trouble(now) {
    say(now ? word('trouble') : '');
  }

  redraw() {
    find(document, 'main')?.removeAttribute('aria-busy');
    this.bar.show(this.shownMenu);
    this.redrawPerson();
  }

  redrawPerson() {
    const follows = this.who.subscribed;
    byId('account').textContent = this.person.account;
    byId('person').replaceChildren(icon('person'), el('bdi', {}, this.who.nickname || this.who.openid));
    byId('person').setAttribute('aria-label', `${word('people')}: ${this.who.nickname}`);
    byId('profile').hidden = follows;
    find(byId('profile'), '.profile-name')?.replaceChildren(this.person.account);
    byId('chat').hidden = !follows;
    byId('footer').hidden = !follows;
  }

  /** In another language. */
  translated() {
    if (this.who) {
      this.chat.redraw();
      this.panel.redraw();
      this.bar.redraw();
      this.redrawPerson();
    }
  }

  act(action, body) {
    return this.attempt(() => this.person.act(action, body));
  }

  /** What goes wrong is told, and stays until something goes right. */
  async attempt(action) {
    try {
      await action();
      say('');
    } catch (problem) {
      say(word('failed', { why: problem.message }));
    }
  }

  async about() {
    const codes = await this.person.codes();
    const fails = await this.faultSwitch();
    const scene = el('input', { name: 'scene', maxlength: '64', autocomplete: 'off' });
    const fetched = this.shownMenu.fetched ? word('menuFetched', { time: clockTime(this.shownMenu.fetched) }) : word('menuNotFetched');
    const does = (action) => () => {
      closeDialogs();
      action();
    };
    const body = [
      el('p', {}, word(this.who.subscribed ? 'following' : 'notFollowing')),
      this.who.subscribed
        ? button('unfollow', does(() => this.act('leaves')))
        : button('follow', does(() => this.act('follows'))),
      el('div', { class: 'row' }, field(word('scene'), scene), button('scanScene', does(() => this.act('follows', scene.value ? { scene: scene.value } : {})))),
      codes.length > 0 ? el('p', {}, word('codes')) : null,
      codes.length > 0 ? el('ul', { class: 'codes' }, ...codes.slice(-MOST_CODES).map((code) => this.code(code, does))) : null,
      this.who.subscribed ? el('p', { class: 'hint' }, fetched) : null,
      this.who.subscribed ? button('fetchMenu', does(() => this.attempt(() => this.person.fetchMenu()))) : null,
      fails,
      button('verifyUrl', does(() => this.attempt(() => this.verify()))),
    ];
    await dialog(word('accountTitle'), present(body));
  }

  /** While it is on, no push reaches the account. */
  async faultSwitch() {
    const { account } = this.person;
    const { faults } = await ask('push-faults');
    const on = faults.some((fault) => fault.kind === 'unreachable' && fault.account === account);
    const input = el('input', { type: 'checkbox', role: 'switch', name: 'unreachable', checked: on });
    input.addEventListener('change', () =>
      this.attempt(() => (input.checked ? post('push-faults', { kind: 'unreachable', account }) : remove('push-faults', { account }))),
    );
    return el('label', { class: 'check' }, input, word('unreachable'));
  }

  code(code, does) {
    const scan = does(() => this.act('scans', { code: code.ticket }));
    const label = `${word('scanScene')}: ${code.scene}`;
    return el('li', {}, el('bdi', {}, code.scene), el('button', { type: 'button', 'aria-label': label, onclick: scan }, word('scanScene')));
  }

  async verify() {
    const { passed, millis, title, found, expected, do: remedy } = await this.person.verify();
    const facts = [['found', found], ['expected', expected], ['remedy', remedy]];
    const why = facts.flatMap(([name, text]) => [el('dt', {}, word(name)), el('dd', {}, text)]);
    const body = passed ? [el('p', {}, word('verified', { millis }))] : [el('p', { class: 'refused' }, title), el('dl', { class: 'facts' }, ...why)];
    await dialog(word('verifyUrl'), body);
  }

  write(event) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (byId('text'));
    if (input.value) {
      this.act('texts', { text: input.value });
      input.value = '';
    }
  }
}

/** Where the gateway's console lists the pushes of a kind that this person has caused. */
function consoleLink(address, person, push) {
  const filter = new URLSearchParams({ account: person.account, openid: person.openid, type: push.type, phone: location.href });
  return `${address}#pushes?${filter}`;
}

function button(name, act) {
  return el('button', { type: 'button', 'data-does': name, onclick: act }, word(name));
}

/** On a narrow screen, where the panel lies over the phone. */
function showPushes(now) {
  document.body.classList.toggle('pushes-shown', now);
  byId('show-pushes').setAttribute('aria-expanded', String(now));
}

function say(text) {
  byId('trouble').textContent = text;
  byId('trouble').hidden = !text;
}

const page = new Page();
settings(() => page.translated());
byId('more').append(icon('more'));
byId('more').addEventListener('click', () => page.who && page.attempt(() => page.about()));
byId('person').addEventListener('click', () => page.who && page.attempt(() => choosePerson(page.person)));
byId('follow').addEventListener('click', () => page.act('follows'));
byId('typing').addEventListener('submit', (event) => page.write(event));
byId('attach').addEventListener('click', () => page.attempt(() => sendOther(page.person)));
byId('show-pushes').addEventListener('click', () => showPushes(!document.body.classList.contains('pushes-shown')));
document.addEventListener('keydown', (event) => event.key === 'Escape' && showPushes(false));
addEventListener('hashchange', () => page.attempt(() => page.show()));
page.attempt(() => page.show());
