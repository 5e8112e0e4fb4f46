// What a draft of answers comes to: which rule answers a test, which lines change, and the texts that were saved before.
import { dayTime } from './amounts.js';
import { get, ofAccount, send } from './api.js';
import { bubble } from './answerbubble.js';
import { confirmed } from './dialogs.js';
import { el } from './dom.js';
import { button, field, fill, select, table } from './parts.js';
import { problemBox } from './problems.js';
import { word } from './words.js';

const PAUSE_MILLIS = 400;
/** What stands in for the person in a test. */
const SAMPLE = { openId: 'oTest0123456789', account: '' };

/** Lines with their numbers; a gap between numbers is a gap in the text. */
export function diff(lines) {
  const nodes = [];
  let last = 0;
  for (const { sign, line, text } of lines) {
    if (last > 0 && line > last + 1) {
      nodes.push(el('div', { class: 'diff-gap', 'aria-hidden': 'true' }, '⋯'));
    }
    const tag = { '-': 'del', '+': 'ins' }[sign] ?? 'span';
    nodes.push(el('div', { class: 'diff-line' }, el('small', {}, `${line}`), el(tag, { dir: 'auto' }, `${sign} ${text}`)));
    last = line;
  }
  return el('div', { class: 'diff', tabindex: '0', role: 'group', 'aria-label': word('changedLines') }, ...nodes);
}

/** Tries a push against the draft. */
async function tried(account, type, key, changes) {
  const values = { ...SAMPLE, account, eventKey: key, content: key, scene: key };
  return send('POST', ofAccount(account, 'replies/draft'), { changes, test: { type, key, values } });
}

/** What of the saved answers fires for a push: {rule {type, key}, reply}. */
export async function ruleOf(account, type, key) {
  return (await tried(account, type, key, [])).test;
}

export class AnswerTest {
  /**
   * @param changes gives those of the draft
   * @param found is called with the rule that answers, or null
   */
  constructor(account, types, changes, found) {
    this.account = account;
    this.types = types;
    this.changes = changes;
    this.found = found;
    this.turn = 0;
    this.type = select({ name: 'test-type' }, types.map((one) => [one.type, one.type]), 'text');
    this.key = el('input', { type: 'text', name: 'test-key', autocomplete: 'off', dir: 'auto' });
    this.result = el('div', { class: 'answer-test-result', 'aria-live': 'polite' });
    this.type.addEventListener('change', () => this.run());
    this.key.addEventListener('input', () => this.later());
    this.node = el(
      'section',
      { class: 'card answer-test' },
      el('h2', {}, word('testAnswers')),
      el('div', { class: 'answer-test-fields' }, field(word('type'), this.type), field(word('testKey'), this.key)),
      this.result,
    );
  }

  stop() {
    clearTimeout(this.pause);
  }

  later() {
    this.stop();
    this.pause = setTimeout(() => this.run(), PAUSE_MILLIS);
  }

  /** Of several at once the last one counts. */
  async run() {
    this.stop();
    this.turn += 1;
    const { turn } = this;
    const type = this.types.find((one) => one.type === this.type.value);
    this.key.disabled = !type?.keyed;
    if (type?.keyed && this.key.value === '') {
      this.show([], null);
      return;
    }
    try {
      const answer = await tried(this.account, this.type.value, this.key.value, this.changes());
      if (turn === this.turn) {
        this.show(this.answered(answer), answer.test.rule ?? null);
      }
    } catch (problem) {
      if (turn === this.turn) {
        this.show([problemBox(problem)], null);
      }
    }
  }

  show(nodes, rule) {
    this.result.replaceChildren(...nodes);
    this.found(rule);
  }

  answered({ valid, test }) {
    if (!test.takesReply) {
      return [el('p', { class: 'hint' }, word('takesNoReply'))];
    }
    return test.rule
      ? [
          el('p', { 'data-fires': test.rule.key }, word('fires', test.rule)),
          valid ? null : el('p', { class: 'warn' }, word('testWithErrors')),
          test.reply ? bubble(test.reply) : null,
        ].filter(Boolean)
      : [el('p', { class: 'hint', 'data-fires': '' }, word('firesNone'))];
  }
}

/** The revisions of the file, with the way back to each. */
export class AnswerRevisions {
  /** @param restore is called with the id of a revision that somebody wants back, and its changed lines agreed to */
  constructor(account, restore) {
    this.account = account;
    this.restore = restore;
    this.list = el('div', { class: 'backups' });
    this.node = el('details', { class: 'card answer-revisions' }, el('summary', {}, word('revisions')), this.list);
    this.node.addEventListener('toggle', () => this.node.open && this.load());
  }

  load() {
    return fill(this.list, async () => {
      const { revisions } = await get(ofAccount(this.account, 'replies/revisions'));
      const columns = ['time', 'author', 'lines', 'action'].map((one) => word(one));
      return revisions.length === 0
        ? el('p', { class: 'hint' }, word('noRevisions'))
        : table(word('revisions'), columns, revisions.map((one) => this.row(one)));
    });
  }

  row(one) {
    const restore = button(word('rollBackAnswers'), () => this.compare(one), { 'data-does': 'restore', disabled: one.present });
    return [
      dayTime(one.time),
      one.author || word('byHand'),
      String(one.lines),
      one.present ? el('span', { class: 'good' }, word('inForce')) : restore,
    ];
  }

  async compare(one) {
    try {
      const draft = await send('POST', ofAccount(this.account, 'replies/draft'), { revision: one.id });
      const body = [el('p', {}, word('rollBackTo', { time: dayTime(one.time) })), diff(draft.diff)];
      if (await confirmed(word('rollBackAnswers'), body, word('rollBackAnswers'))) {
        await this.restore(one.id);
      }
    } catch (problem) {
      this.list.prepend(problemBox(problem));
    }
  }
}
