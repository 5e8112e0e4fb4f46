// One push in full: what came of it and why, the reply, its steps to the handler, its attempts, the checks, what came.
import { address, go, phonePage } from './address.js';
import { clockTime, dayTime, micros } from './amounts.js';
import { ruleOf } from './answerreview.js';
import { get } from './api.js';
import { confirmed } from './dialogs.js';
import { el, find, present } from './dom.js';
import { button, copyButton, dotted, facts, fill, pairs, section, table, verbatim } from './parts.js';
import { outcome, pathOf, took } from './pushlist.js';
import { edited, replayed } from './replay.js';
import { way } from './way.js';
import { language, named, word } from './words.js';

const SIGNS = { true: '✓', false: '✕', null: '·' };
const STATES = { true: 'passed', false: 'failed', null: 'notReached' };

export class PushDetail {
  /** @param closed is called when somebody closes it */
  constructor(closed) {
    this.closed = closed;
    this.self = null;
    this.id = null;
    this.push = null;
    this.reveals = false;
    this.node = el('section', { id: 'push-detail', class: 'push-detail', tabindex: '-1' });
    this.replay = el('div', { class: 'replay-box', 'aria-live': 'polite' });
  }

  /**
   * @param id key of the push in the list; null for none
   * @param running what is known of it while it is in progress; nothing where it is not
   */
  show(id, running) {
    if (id === this.id && (id !== null || this.node.hasChildNodes())) {
      return;
    }
    this.id = id;
    this.push = null;
    this.reveals = false;
    this.replay.replaceChildren();
    this.node.replaceChildren();
    delete this.node.dataset.push;
    if (running) {
      this.push = running;
    }
    if (id === null || running) {
      this.redraw();
    } else {
      this.load();
    }
  }

  focus() {
    this.node.focus();
  }

  /** Of several that are asked for in a row only the last one is shown. */
  load() {
    const id = this.id;
    return fill(this.node, async () => {
      const push = await get(pathOf(id), { reveal: this.reveals }).catch((problem) => {
        if (id === this.id) {
          throw problem;
        }
      });
      if (id !== this.id) {
        return [...this.node.childNodes];
      }
      this.push = push;
      this.node.dataset.push = id;
      return this.draw(push);
    });
  }

  reveal() {
    this.reveals = !this.reveals;
    this.replay.replaceChildren();
    return this.load().then(() => find(this.node, '[data-does="reveal"]')?.focus());
  }

  redraw() {
    this.node.setAttribute('aria-label', word('detail'));
    this.node.replaceChildren(...present(this.push ? this.draw(this.push) : [el('p', { class: 'hint' }, word('choosePush'))]));
  }

  draw(push) {
    const isOver = push.told === undefined;
    return [
      this.head(push, isOver),
      ...(push.refusal ? [refusal(push)] : []),
      ...(push.failure ? [failure(push)] : []),
      ...(push.lateReply ? [el('p', { class: 'caution', 'data-late': push.lateReply }, named('lateReply', push.lateReply))] : []),
      facts([
        [word('time'), dayTime(push.at)],
        [word('account'), push.account],
        [word('openid'), push.openid && el('a', { class: 'link', href: ofSender(push), title: word('onlySender') }, push.openid)],
        [word('view.person'), push.person && el('a', { class: 'link', href: personOf(push), 'data-does': 'person' }, word('openPerson'))],
        [word('pushId'), push.pushId],
        [word('from'), push.from],
        [word('instance'), push.instance],
        [word('way'), push.way && named('way', push.way)],
        [word('attempt'), push.attempt > 0 ? push.attempt : null],
        [word('encrypted'), word(push.encrypted ? 'yes' : 'no')],
        [word('handler'), push.handler && toRule(push)],
        [word('backend'), push.backend && backend(push.backend)],
        [word('took'), took(push)],
      ]),
      isOver ? replySection(push) : el('p', { class: 'hint' }, word('inProgress')),
      this.replay,
      ...(push.steps?.length > 0 ? [section(word('steps'), way(push.steps))] : []),
      ...(push.attempts?.length > 0 ? [section(word('attempts'), attempts(push, this.self))] : []),
      ...(isOver ? [section(word('checks'), checks(push.checks ?? [])), bodies(push)] : []),
      ...inside(push),
    ];
  }

  head(push, isOver) {
    const mayReplay = isOver && push.outcome !== 'refused' && push.outcome !== 'verified';
    const replays = button(word('replay'), () => this.again(), { 'data-does': 'replay', disabled: !mayReplay });
    const edits = button(word('edit'), () => this.edit(), { 'data-does': 'edit', disabled: !mayReplay });
    const reveals = button(word(this.reveals ? 'mask' : 'reveal'), () => this.reveal(), { 'data-does': 'reveal', disabled: !isOver });
    const closes = button('✕', () => this.closed(), { class: 'quiet', 'aria-label': word('close'), 'data-does': 'close' });
    return el(
      'header',
      { class: 'detail-head' },
      el('h2', { dir: 'auto' }, push.type || word('noType'), push.key ? el('span', { class: 'detail-key', dir: 'auto' }, push.key) : null),
      outcome(push),
      closes,
      el('div', { class: 'detail-does' }, reveals, replays, edits, ...this.copies(push, isOver)),
    );
  }

  /** What is masked is copied masked; the request for a shell is whole, or not there. */
  copies(push, isOver) {
    const xml = push.decrypted ?? push.raw;
    const phone = phonePage();
    return [
      phone ? el('a', { class: 'link', href: phone, 'data-does': 'to-phone' }, word('toPhone')) : null,
      xml ? copyButton(word('copyXml'), () => xml, 'copy-xml') : null,
      push.reply ? copyButton(word('copyReply'), () => push.reply, 'copy-reply') : null,
      this.reveals && push.url ? copyButton(word('copyCurl'), () => curl(push), 'copy-curl') : null,
      isOver ? copyButton(word('copyLink'), () => location.href, 'copy-link') : null,
    ].filter(Boolean);
  }

  /** Its XML, to be changed and handled once more; nobody but the operator sees what comes of it. */
  async edit() {
    if (!this.reveals) {
      await this.reveal();
    }
    if (this.reveals && this.push) {
      this.replay.replaceChildren(edited(this.push.decrypted ?? this.push.raw, (xml) => this.again(xml)));
      find(this.replay, 'textarea')?.focus();
    }
  }

  /** Lets the handler of now answer once more; nobody but the operator sees what it says. */
  async again(xml) {
    const id = this.id;
    if (this.push?.own && !(await confirmed(word('replayOwnTitle'), [el('p', {}, word('replayOwn'))], word('replay')))) {
      return;
    }
    if (id !== this.id) {
      return;
    }
    if (xml === undefined) {
      this.replay.replaceChildren();
    }
    const place = this.replay.querySelector('.replay-result') ?? this.replay;
    await fill(place, () => replayed(id, this.reveals, () => id === this.id, xml));
    place.scrollIntoView({ block: 'nearest' });
  }
}

function ofSender({ account, openid }) {
  return address('pushes', { account, openid });
}

function personOf({ account, person }) {
  return address('person', { account, openid: person });
}

/** Leads to the rule that answers such a push now: its key stands in the address, and what a person wrote does not. */
function toRule({ account, type, key, handler }) {
  const link = el('a', { class: 'link', href: address('answers', { account, type }), 'data-does': 'to-rule' }, dotted(handler));
  link.addEventListener('click', async (event) => {
    if (key && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const { rule } = await ruleOf(account, type, key).catch(() => ({}));
      go('answers', { account, type: rule?.type ?? type, key: rule?.key });
    }
  });
  return link;
}

/** The same request for a shell, as weir trigger --curl prints it. */
function curl({ url, raw }) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  return `curl -sS -H ${quoted('Content-Type: text/xml')} --data-binary ${quoted(raw)} ${quoted(url)}`;
}

function refusal(push) {
  const rule = (push.checks ?? []).find((one) => one.ok === false)?.rule;
  return el(
    'div',
    { class: 'refusal' },
    el('p', {}, el('strong', {}, word('refusedAt', { check: named('check', push.refusal) })), told(rule)),
    el('p', { class: 'remedy' }, named('remedy', push.refusal)),
  );
}

/** The gateway tells rules in English. */
function told(rule) {
  return rule && language() === 'en' ? ` ${rule}` : '';
}

function failure({ failure: failed, pushId }) {
  return el(
    'div',
    { class: 'refusal', 'data-failure': failed.type },
    el('p', {}, el('strong', {}, dotted(failed.type)), failed.message ? el('span', { dir: 'auto' }, `: ${failed.message}`) : null),
    el('p', {}, word(failed.logged ? 'traceLogged' : 'traceHeldBack', { pushId })),
  );
}

function replySection(push) {
  return section(word('reply'), push.reply ? verbatim(word('reply'), push.reply) : el('p', { class: 'hint' }, word('noReply')));
}

function checks(list) {
  return el('ol', { class: 'checks' }, ...list.map(check));
}

function check({ name, ok, rule }) {
  const state = STATES[String(ok ?? null)];
  return el(
    'li',
    { class: `check ${state}`, 'data-check': name, 'data-state': state },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[String(ok ?? null)]),
    el('span', {}, named('check', name), el('span', { class: 'unseen' }, `: ${named('state', state)}`)),
    el('code', {}, name),
    ok === false && told(rule) ? el('span', { class: 'rule' }, rule) : null,
  );
}

/** The first of these is what the instance that tells it calls its own. */
function attempts(push, self) {
  const isElsewhere = push.instance !== undefined && push.instance !== self;
  const instance = (name) => (isElsewhere && name === 'own' ? push.instance : named('instance', name));
  const columns = [word('time'), word('after'), word('instance'), word('way')];
  const rows = push.attempts.map((attempt) => [
    clockTime(attempt.at),
    attempt.offsetMillis === undefined ? '' : micros(attempt.offsetMillis * 1000),
    instance(attempt.instance),
    named('way', attempt.way ?? ''),
  ]);
  return table(word('attempts'), columns, rows);
}

/** What was inside the encryption beside what came. */
function bodies(push) {
  const came = push.raw ? verbatim(word('raw'), push.raw) : el('p', { class: 'hint' }, word('noBody'));
  const raw = section(word('raw'), came);
  const inner = push.decrypted ? section(word('decrypted'), verbatim(word('decrypted'), push.decrypted)) : null;
  return el('div', { class: inner ? 'bodies' : '' }, inner, raw);
}

function inside(push) {
  const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
  const fields = Object.entries(push.fields ?? {}).map(([name, value]) => [name, text(value)]);
  return [
    push.query?.length > 0 ? section(word('query'), pairs(push.query)) : null,
    fields.length > 0 ? section(word('fields'), pairs(fields)) : null,
  ].filter(Boolean);
}

function backend(asked) {
  const error = asked.error ? `: ${asked.error}` : '';
  return `${asked.name} · ${asked.outcome}${error} · ${micros(asked.micros)}`;
}
