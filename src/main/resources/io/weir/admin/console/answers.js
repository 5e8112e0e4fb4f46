// The view of answers: which rule answers what, how often it did, and a form for each.
import { dayTime, micros, number } from './amounts.js';
import { address } from './address.js';
import { summary } from './answerbubble.js';
import { AnswerDraft, isWithin, pathOf } from './answerdraft.js';
import { AnswerForm, problemLine } from './answerform.js';
import { AnswerRevisions, AnswerTest, diff } from './answerreview.js';
import { get, ofAccount, send } from './api.js';
import { confirmed } from './dialogs.js';
import { el, find, present } from './dom.js';
import { button, dotted, field, select } from './parts.js';
import { problemBox } from './problems.js';
import { inLanguage, named, word } from './words.js';

const PAUSE_MILLIS = 500;
/** A kind with more rules than these shows the rest as a number. */
const MOST_RULES = 200;
const ARTICLES_TO_AN_EVENT = 8;
const MESSAGES = ['text', 'image', 'voice', 'video', 'shortvideo', 'location', 'link'];

export class AnswersView {
  constructor() {
    this.account = null;
    this.accounts = [];
    /** @type {{type: string, key: string}|null} */
    this.chosen = null;
    this.judged = null;
    /** @type {AnswerDraft} Of the account. */
    this.draft;
    /** @type {AnswerTest} */
    this.test;
    /** @type {AnswerRevisions} */
    this.revisions;
    this.counts = new Map();
    this.turn = 0;
    this.head = el('div', { class: 'view-head' });
    this.notes = el('div', { class: 'answer-notes', 'aria-live': 'polite' });
    this.list = el('div', { class: 'answer-list' });
    this.side = el('div', { class: 'answer-side' });
    this.bar = el('div', { class: 'answer-bar', role: 'region', 'aria-label': word('unsaved'), hidden: true });
    this.node = el('div', { class: 'view answers-view' }, this.head, this.notes, el('div', { class: 'answer-parts' }, this.list, this.side), this.bar);
  }

  /** An address may name the account, the type and the rule that are to be seen. */
  async show(parameters) {
    try {
      this.accounts = (await get('accounts')).accounts.map((one) => one.name);
      const asked = parameters.get('account');
      this.account = this.accounts.includes(asked) ? asked : this.accounts[0];
      this.draft = new AnswerDraft(this.account);
      this.forget();
      await this.load();
      this.go(parameters.get('type') ?? '', parameters.get('key'));
    } catch (problem) {
      this.list.replaceChildren(problemBox(problem));
    }
  }

  /** To a rule that is there, else to the type. */
  go(type, key) {
    if (key !== null && this.types().some((one) => one.type === type && one.rules.some((rule) => rule.key === key))) {
      this.choose(type, key);
      this.fires({ type, key });
    }
    const rule = this.list.querySelector('[data-fires]');
    (rule ?? this.list.querySelector(`[data-type="${CSS.escape(type)}"]`))?.scrollIntoView({ block: 'center' });
  }

  hide() {
    clearTimeout(this.pause);
    this.test?.stop();
  }

  /** What is shown of another account. */
  forget() {
    this.hide();
    this.turn += 1;
    this.chosen = null;
    this.judged = null;
    this.replies = null;
    this.fired = null;
    this.notes.replaceChildren();
    this.side.replaceChildren();
    this.bar.hidden = true;
  }

  async load() {
    const { account } = this;
    this.list.setAttribute('aria-busy', 'true');
    try {
      const [answers, replies] = await Promise.all([get('answers'), get(ofAccount(account, 'replies'))]);
      if (account !== this.account) {
        return;
      }
      this.counts = new Map(answers.accounts.find((one) => one.name === this.account)?.types.map((one) => [one.type, one]));
      this.replies = replies;
      this.translated();
      this.judge();
    } catch (problem) {
      this.drawHead();
      this.list.replaceChildren(problemBox(problem));
    } finally {
      this.list.removeAttribute('aria-busy');
    }
  }

  translated() {
    if (this.replies) {
      this.test = new AnswerTest(this.account, this.replies.types.filter((one) => one.type !== '*'), () => this.draft.changes, (rule) => this.fires(rule));
      this.revisions = new AnswerRevisions(this.account, (id) => this.save({ revision: id }));
      this.drawHead();
      this.drawNotes();
      this.drawList();
      this.drawSide();
      this.drawBar();
    }
  }

  drawHead() {
    const accounts = select({ name: 'account', 'aria-label': word('account') }, this.accounts.map((one) => [one, one]), this.account);
    accounts.addEventListener('change', () => (location.hash = address('answers', { account: accounts.value })));
    this.head.replaceChildren(
      el('h1', {}, word('view.answers')),
      ...(this.accounts.length > 1 ? [field(word('account'), accounts)] : []),
      button(word('reload'), () => this.load()),
      button(word('addAnswer'), () => this.add(), { class: 'main-button', 'data-does': 'add-answer', disabled: !this.replies?.writable || this.draft.full }),
    );
  }

  /** What one has to know before one begins. */
  drawNotes(...more) {
    const { fleet, writable, reason, file, accounts, problems } = this.replies;
    const note = (name, values, kind = 'hint') => el('p', { class: kind, 'data-note': name }, word(name, values));
    this.notes.replaceChildren(
      ...more,
      ...(writable ? [] : [note('readOnly', { reason }, 'caution')]),
      ...(fleet.conflict
        ? [el('p', { class: 'caution', 'data-note': 'conflict' }, word('fleetConflict', { author: fleet.conflict.author || '–', cause: inLanguage(fleet.conflict.cause, fleet.conflict.causeZh) }))]
        : []),
      ...problems.filter((one) => one.severity === 'error').map((one) => el('p', { class: 'refusal', dir: 'auto' }, `${one.file}:${one.line} ${one.path} `, problemLine(one))),
      note('repliesFile', { file }),
      ...(accounts.length > 1 ? [note('sharedFile', { accounts: accounts.join(', ') })] : []),
      note(fleet.shared ? 'fleetFollows' : 'onlyHere'),
    );
  }

  // --- The list ---------------------------------------------------------------------------------------------------------

  types() {
    return this.draft.applied(this.replies.types);
  }

  drawList() {
    const types = this.types();
    const busy = (type) => (this.counts.get(type.type)?.count ?? 0) > 0;
    const shown = types.filter((type) => type.rules.length > 0 || busy(type));
    const others = types.filter((type) => !shown.includes(type) && type.takesReply);
    this.list.replaceChildren(
      ...(shown.length === 0 ? [el('p', { class: 'hint' }, word('noTypes'))] : shown.map((type) => this.card(type))),
      others.length === 0
        ? ''
        : el(
            'details',
            { class: 'card answer-others' },
            el('summary', {}, word('otherTypes', { count: others.length })),
            el('div', { class: 'row' }, ...others.map((type) => button(type.type, () => this.add(type.type), { disabled: !this.replies.writable || this.draft.full }))),
          ),
    );
    this.fires(this.fired ?? null);
  }

  card(type) {
    const count = this.counts.get(type.type) ?? {};
    const shown = type.rules.slice(0, MOST_RULES);
    return el(
      'section',
      { class: 'card answer-type', 'data-type': type.type },
      el(
        'div',
        { class: 'card-head' },
        el('h2', {}, type.type === '*' ? word('allOthers') : type.type),
        type.takesReply ? null : el('span', { class: 'warn' }, word('takesNoReply')),
        type.type === '*' ? null : el('small', {}, el('a', { href: address('pushes', { account: this.account, type: type.type }), class: 'link' }, word('pushCount', { count: number(count.count ?? 0) }))),
        ...this.facts(count),
      ),
      count.lastError ? el('p', { class: 'bad', dir: 'auto' }, `${dayTime(count.lastError.at)} ${count.lastError.error}`) : null,
      type.rules.length === 0 ? el('p', { class: 'hint' }, word('noRules')) : el('ul', { class: 'answer-rules' }, ...shown.map((rule) => this.row(type, rule))),
      type.rules.length > shown.length ? el('p', { class: 'hint' }, word('andMore', { count: number(type.rules.length - shown.length) })) : null,
    );
  }

  facts(count) {
    return [
      count.failed > 0 ? el('small', { class: 'bad' }, word('failedCount', { count: number(count.failed) })) : null,
      count.lateCount > 0 ? el('small', { class: 'warn' }, word('latePushes', { count: number(count.lateCount) })) : null,
      count.late && count.late !== 'success' ? el('small', {}, named('whenLate', count.late)) : null,
      count.p99Millis ? el('small', {}, `p99 ${micros(count.p99Millis * 1000)}`) : null,
      count.handler ? el('small', { class: 'handler' }, dotted(count.handler)) : null,
      count.customKeys?.length ? el('small', {}, word('customKeys', { keys: count.customKeys.join(', ') })) : null,
    ].filter(Boolean);
  }

  row(type, rule) {
    const [kind] = Object.keys(rule.reply ?? {});
    const current = this.chosen?.type === type.type && this.chosen?.key === rule.key;
    return el(
      'li',
      { 'data-rule': rule.path, 'data-changed': String(Boolean(rule.changed)) },
      el(
        'button',
        { type: 'button', class: 'answer-row', 'aria-current': current ? 'true' : false, onclick: () => this.choose(type.type, rule.key) },
        el('span', { class: 'answer-key', dir: 'auto' }, rule.key === 'default' ? word('everyOther') : rule.key),
        el('span', { class: 'answer-kind' }, kind ? named('kind', kind) : '–'),
        el('span', { class: 'answer-summary', dir: 'auto' }, summary(rule.reply)),
        el('span', { class: 'answer-hits', title: word('hitsHint') }, rule.added ? word('isNew') : word('hits', { count: number(rule.hits) })),
      ),
    );
  }

  /** Marks the rule that answers the test. */
  fires(rule) {
    this.fired = rule;
    const path = rule ? pathOf(rule.type, rule.key) : '';
    /** @type {NodeListOf<HTMLElement>} */
    const rules = this.list.querySelectorAll('[data-rule]');
    rules.forEach((node) => node.toggleAttribute('data-fires', node.dataset.rule === path));
  }

  // --- The form ---------------------------------------------------------------------------------------------------------

  choose(type, key) {
    this.chosen = { type, key };
    this.drawList();
    this.drawSide();
    find(this.side, 'h2')?.focus();
  }

  drawSide() {
    const { chosen } = this;
    const type = this.types().find((one) => one.type === chosen?.type);
    const rule = type?.rules.find((one) => one.key === chosen?.key);
    this.form = null;
    this.side.replaceChildren(...(rule ? [this.editor(type, rule)] : []), this.test.node, this.revisions.node);
  }

  editor(type, rule) {
    const context = {
      placeholders: type.placeholders,
      backends: this.replies.backends,
      articles: MESSAGES.includes(type.type) ? 1 : ARTICLES_TO_AN_EVENT,
    };
    this.form = new AnswerForm(rule.reply, context, (reply) => this.changed(() => this.draft.set(type.type, rule.key, reply), false), rule.path);
    this.left = el('div', { class: 'answer-left', 'aria-live': 'polite' });
    const index = type.rules.findIndex((one) => one.key === rule.key);
    const move = (before) => () => this.changed(() => this.draft.move(type.type, rule.key, before), true);
    return el(
      'section',
      { class: 'card answer-editor' },
      el('h2', { tabindex: '-1' }, `${type.type} · `, rule.key === 'default' ? word('everyOther') : rule.key),
      el(
        'fieldset',
        { class: 'answer-fields', disabled: !this.replies.writable || !this.draft.takes(type.type, rule.key) },
        type.keyed && rule.key !== 'default' ? this.keyField(type, rule) : null,
        this.form.node,
        this.left,
        el(
          'div',
          { class: 'row' },
          type.type === 'text'
            ? button(word('moveUp'), move(type.rules[index - 1]?.key), { 'data-does': 'up', disabled: index === 0 })
            : null,
          type.type === 'text'
            ? button(word('moveDown'), move(type.rules[index + 2]?.key ?? ''), { 'data-does': 'down', disabled: index === type.rules.length - 1 })
            : null,
          button(word('removeAnswer'), () => this.remove(type, rule), { 'data-does': 'remove' }),
        ),
      ),
    );
  }

  keyField(type, rule) {
    const input = el('input', { type: 'text', name: 'key', autocomplete: 'off', dir: 'auto' });
    input.value = rule.key;
    input.addEventListener('change', () => {
      const name = input.value;
      if (name.trim() === '' || type.rules.some((one) => one.key === name)) {
        input.value = rule.key;
        return;
      }
      this.draft.rename(type.type, rule.key, name);
      this.chosen = { type: type.type, key: name };
      this.redrawn();
    });
    return el('div', {}, field(word('answerKey'), input), type.type === 'text' ? el('p', { class: 'hint' }, word('textKeyHint')) : null);
  }

  remove(type, rule) {
    this.draft.remove(type.type, rule.key, rule.added);
    this.chosen = null;
    this.redrawn();
    find(this.list, '.answer-row')?.focus();
  }

  /** Asks which kind and key, then begins with an empty text. */
  async add(asked) {
    const types = this.types().filter((one) => one.takesReply);
    const type = select({ name: 'new-type' }, types.map((one) => [one.type, one.type === '*' ? word('allOthers') : one.type]), asked ?? 'text');
    const key = el('input', { type: 'text', name: 'new-key', autocomplete: 'off', dir: 'auto' });
    const keyed = field(word('answerKey'), key);
    const hint = el('p', { class: 'hint' }, word('newKeyHint'));
    const adapt = () => {
      keyed.hidden = !types.find((one) => one.type === type.value)?.keyed;
    };
    type.addEventListener('change', adapt);
    adapt();
    if (await confirmed(word('addAnswer'), [field(word('type'), type), keyed, hint], word('add'))) {
      this.added(types.find((one) => one.type === type.value), key.value.trim());
    }
  }

  added(type, given) {
    const key = type.keyed && given ? given : 'default';
    if (!type.rules.some((one) => one.key === key)) {
      this.draft.set(type.type, key, { text: '' });
    }
    this.chosen = { type: type.type, key };
    this.redrawn();
    find(this.side, '[data-field]')?.focus();
  }

  // --- The draft --------------------------------------------------------------------------------------------------------

  changed(change, redraw) {
    change();
    if (redraw) {
      this.redrawn();
      find(this.side, 'h2')?.focus();
    } else {
      this.drawList();
      this.drawBar();
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.judge(), PAUSE_MILLIS);
    }
  }

  redrawn() {
    this.drawList();
    this.drawSide();
    this.drawBar();
    this.judge();
  }

  /** As weir check does; of several at once the last one counts. */
  async judge() {
    clearTimeout(this.pause);
    this.turn += 1;
    const { turn } = this;
    if (this.draft.size === 0) {
      this.judged = null;
      this.drawBar();
      return;
    }
    try {
      const judged = await send('POST', ofAccount(this.account, 'replies/draft'), { changes: this.draft.changes });
      if (turn === this.turn) {
        this.judged = judged;
        this.test.later();
        this.drawBar();
      }
    } catch (problem) {
      if (turn === this.turn) {
        this.judged = null;
        this.drawNotes(problemBox(problem));
      }
    }
  }

  drawBar() {
    const { judged } = this;
    const problems = judged?.problems ?? [];
    const left = this.form ? this.form.judge(problems) : [];
    this.left?.replaceChildren(...left.map(problemLine));
    const errors = problems.filter((one) => one.severity === 'error');
    this.bar.hidden = this.draft.size === 0;
    const elsewhere = errors.find((one) => !this.form || !isWithin(one.path, this.form.path));
    const parts = [
      el('span', { role: 'status' }, word(this.draft.size === 1 ? 'oneChange' : 'changeCount', { count: this.draft.size })),
      this.draft.full ? el('strong', { 'data-full': '' }, word('draftFull')) : null,
      errors.length > 0 ? el('span', { class: 'bad', 'data-errors': errors.length }, word('errorsLeft', { count: errors.length })) : null,
      elsewhere ? el('small', { class: 'bad', dir: 'auto' }, `${elsewhere.path}: ${elsewhere.rule}`) : null,
      button(word('discard'), () => this.discard(), { 'data-does': 'discard' }),
      button(word('reviewSave'), () => this.review(), {
        class: 'main-button',
        'data-does': 'save',
        disabled: !this.replies.writable || !judged?.valid || !judged.changed,
      }),
    ];
    this.bar.replaceChildren(...present(parts));
  }

  async discard() {
    if (await confirmed(word('discard'), [el('p', {}, word('discardAnswersHint'))], word('discard'))) {
      this.draft.clear();
      this.chosen = null;
      this.redrawn();
    }
  }

  async review() {
    const warnings = this.judged.problems.filter((one) => one.severity === 'warning');
    const body = [
      el('p', {}, word(this.replies.fleet.shared ? 'fleetFollows' : 'onlyHere')),
      diff(this.judged.diff),
      ...warnings.map((one) => el('div', {}, el('code', {}, one.path), problemLine(one))),
    ];
    if (await confirmed(word('reviewSave'), body, word('save'))) {
      await this.save({ changes: this.draft.changes });
    }
  }

  /** The draft stays where it could not be saved: it fits a newer text as well. */
  async save(body) {
    try {
      const saved = await send('PUT', ofAccount(this.account, 'replies'), body, { 'If-Match': `"${this.replies.hash}"` });
      if (body.changes) {
        this.draft.clear();
      }
      this.replies = saved;
      this.translated();
      this.judge();
      this.drawNotes(el('p', { class: 'same', 'data-note': 'saved', role: 'status' }, word('saved')));
    } catch (problem) {
      if (problem.status === 412) {
        await this.load();
        this.drawNotes(el('p', { class: 'caution', 'data-note': 'stale', role: 'alert' }, word('answersStale')));
      } else {
        this.drawNotes(problemBox(problem));
      }
    }
  }
}
