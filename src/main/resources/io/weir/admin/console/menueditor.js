// A menu file that is pasted or opened: judged while it is written, planned against what is live, applied when agreed.
import { getText, ofAccount, Problem, send } from './api.js';
import { confirmed } from './dialogs.js';
import { el } from './dom.js';
import { planDrawn } from './menuplan.js';
import { button, field, fill } from './parts.js';
import { problemBox } from './problems.js';
import { remember, remembered } from './settings.js';
import { inLanguage, named, word } from './words.js';

const PAUSE_MILLIS = 600;
/** What the gateway takes as a body. */
const MOST_BYTES = 65_536;

export class MenuEditor {
  /** @param applied is called when menus have changed */
  constructor(account, applied) {
    this.account = account;
    this.applied = applied;
    this.judged = 0;
    this.text = el('textarea', { id: 'menu-file', rows: '14', spellcheck: 'false', autocapitalize: 'off', wrap: 'off' });
    this.findings = el('div', { class: 'findings', 'aria-live': 'polite' });
    this.plan = el('div', { class: 'plan-place', 'aria-live': 'polite' });
    this.text.addEventListener('input', () => this.changed());
    this.draft = `menu-draft.${account}`;
    this.text.value = remembered(this.draft) ?? '';
    this.node = el('div', { class: 'editor' });
    this.redraw();
  }

  redraw() {
    const file = el('input', { type: 'file', hidden: true, accept: '.yaml,.yml,.json', 'data-does': 'file' });
    file.addEventListener('change', () => this.open(file));
    this.node.replaceChildren(
      el(
        'div',
        { class: 'row' },
        button(word('openFile'), () => file.click(), { 'data-does': 'open' }),
        file,
        button(word('takeLive'), () => this.takeLive(), { 'data-does': 'take' }),
      ),
      field(word('menuFile'), this.text),
      el(
        'div',
        { class: 'row' },
        button(word('validate'), () => this.validate(), { 'data-does': 'validate' }),
        button(word('plan'), () => this.makePlan(), { class: 'main-button', 'data-does': 'plan' }),
      ),
      this.findings,
      this.plan,
    );
  }

  stop() {
    clearTimeout(this.pause);
  }

  async open(file) {
    const [chosen] = file.files;
    if (chosen && chosen.size > MOST_BYTES) {
      this.findings.replaceChildren(problemBox(new Problem(413, { title: word('tooLarge'), detail: word('tooLargeHint') })));
    } else if (chosen) {
      this.write(await chosen.text());
    }
    file.value = '';
  }

  async takeLive() {
    try {
      this.write(await getText(ofAccount(this.account, 'menu/file')));
    } catch (problem) {
      this.findings.replaceChildren(problemBox(problem));
    }
  }

  /** What was applied is told until something else is done. */
  forgetResult() {
    if (this.plan.querySelector('.same')) {
      this.plan.replaceChildren();
    }
  }

  write(text) {
    this.text.value = text;
    this.changed();
    this.text.focus();
    this.text.setSelectionRange(0, 0);
  }

  /** A plan is for the text that it was made of: when that changes, it is gone. */
  changed() {
    remember(this.draft, this.text.value);
    this.plan.replaceChildren();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.validate(), PAUSE_MILLIS);
  }

  /** Of several at once the last one counts. */
  async validate() {
    clearTimeout(this.pause);
    this.judged += 1;
    const turn = this.judged;
    const found = this.text.value.trim() === '' ? [] : await this.judge();
    if (turn === this.judged) {
      this.findings.replaceChildren(...found);
    }
  }

  async judge() {
    try {
      const { findings } = await send('POST', ofAccount(this.account, 'menu/validate'), this.text.value);
      return [el('p', { class: findings.length > 0 ? 'caution' : 'same', 'data-valid': 'true' }, valid(findings)), this.list(findings)].filter(Boolean);
    } catch (problem) {
      return this.refused(problem);
    }
  }

  refused(problem) {
    const violations = problem.body?.violations;
    return violations
      ? [el('p', { class: 'differs', 'data-valid': 'false' }, errors(violations)), this.list(violations)]
      : [problemBox(problem)];
  }

  list(findings) {
    return findings.length === 0 ? null : el('ol', { class: 'finding-list' }, ...findings.map((one) => this.finding(one)));
  }

  finding(one) {
    const where = one.line > 0 ? word('lineColumn', one) : word('wholeFile');
    return el(
      'li',
      { class: `finding ${one.severity}` },
      button(where, () => this.goTo(one.line), { class: 'link' }),
      el('code', { dir: 'auto' }, one.path),
      one.errcode ? el('span', { class: 'errcode' }, String(one.errcode)) : null,
      one.size ? el('span', { class: 'size' }, size(one.size)) : null,
      el('p', { dir: 'auto' }, inLanguage(one.message, one.chinese)),
      one.hint && inLanguage(one.hint, one.chinese) !== one.chinese ? el('p', { class: 'hint', dir: 'auto' }, one.hint) : null,
    );
  }

  /** Marks the line in the text. */
  goTo(line) {
    const lines = this.text.value.split('\n');
    const from = lines.slice(0, Math.max(0, line - 1)).reduce((sum, one) => sum + one.length + 1, 0);
    this.text.focus();
    this.text.setSelectionRange(from, from + (lines[line - 1] ?? '').length);
    this.text.scrollTop = (this.text.scrollHeight / lines.length) * Math.max(0, line - 4);
  }

  async makePlan() {
    this.validate();
    const text = this.text.value;
    await fill(this.plan, async () => {
      try {
        const plan = await send('POST', ofAccount(this.account, 'menu/file/plan'), text);
        return this.planned(text, plan);
      } catch (problem) {
        return this.brokenRules(problem);
      }
    });
  }

  brokenRules(problem) {
    if (!problem.body?.violations) {
      throw problem;
    }
    this.judged += 1;
    this.findings.replaceChildren(...this.refused(problem));
    return [];
  }

  planned(text, plan) {
    const apply = button(word('apply'), () => this.apply(text, plan), {
      class: 'main-button',
      'data-does': 'apply',
      disabled: !plan.changes,
    });
    return [el('h3', {}, word('planTitle')), planDrawn(plan), el('div', { class: 'row' }, apply)];
  }

  async apply(text, plan) {
    const body = [el('p', {}, word('applyHint', { account: this.account })), planDrawn(plan, 'h3')];
    if (await confirmed(word('applyTitle', { account: this.account }), body, word('applyNow'))) {
      await this.carryOut(text, plan);
    }
  }

  /** Only if the menus are still those that the plan was made for. */
  async carryOut(text, plan) {
    try {
      const done = await send('PUT', ofAccount(this.account, 'menu/file'), text, { 'If-Match': `"${plan.hash}"` });
      this.plan.replaceChildren(el('p', { class: 'same', role: 'status' }, word(done.backup ? 'appliedWith' : 'applied', done)));
      this.applied();
    } catch (problem) {
      this.plan.replaceChildren(problemBox(problem), ...this.newPlan(text, problem));
    }
  }

  /** After 412 the gateway sends the plan of now along. */
  newPlan(text, problem) {
    return problem.status === 412 && problem.body.plan
      ? [el('p', { class: 'hint' }, word('newPlan')), ...this.planned(text, problem.body.plan)]
      : [];
  }
}

function valid({ length }) {
  return length === 0 ? word('valid') : word(length === 1 ? 'oneWarning' : 'warnings', { count: length });
}

function size({ found, allowed, unit }) {
  return word('size', { found, allowed, unit: named('unit', unit.replace(/\W+/g, '_')) });
}

function errors(findings) {
  const count = findings.filter((one) => one.severity === 'error').length;
  return word(count === 1 ? 'oneError' : 'errors', { count });
}
