// Menus that are to go live: judged while they are written, planned against what is live, applied when agreed.
import { get, ofAccount, send } from './api.js';
import { confirmed } from './dialogs.js';
import { el, present } from './dom.js';
import { planDrawn } from './menuplan.js';
import { button, fill } from './parts.js';
import { problemBox } from './problems.js';
import { inLanguage, named, word } from './words.js';

const PAUSE_MILLIS = 600;

export class MenuPublish {
  /**
   * @param {string} account
   * @param {{file: () => string, where: (finding: object) => string, goTo: (finding: object) => void, judged: (findings: object[]) => void,
   *   applied: () => void}} editor what the menus are of: `file` is empty where there is nothing to judge
   */
  constructor(account, editor) {
    this.account = account;
    this.editor = editor;
    this.turn = 0;
    /** The gateway refuses those who may not; they are told before. */
    this.mayApply = true;
    this.buttons = el('div', { class: 'row' });
    this.findings = el('div', { class: 'findings', 'aria-live': 'polite' });
    this.plan = el('div', { class: 'plan-place', 'aria-live': 'polite' });
    this.node = el('div', { class: 'editor' }, this.buttons, this.findings, this.plan);
  }

  redraw() {
    this.buttons.replaceChildren(
      button(word('validate'), () => this.validate(), { 'data-does': 'validate' }),
      button(word('plan'), () => this.makePlan(), { class: 'main-button', 'data-does': 'plan' }),
    );
  }

  stop() {
    clearTimeout(this.pause);
  }

  /** A plan is for the menus that it was made of: when these change, it is gone. */
  changed() {
    this.plan.replaceChildren();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.validate(), PAUSE_MILLIS);
  }

  /** What was found before is about other menus. */
  forget() {
    this.turn += 1;
    clearTimeout(this.pause);
    this.findings.replaceChildren();
  }

  /** What was applied is told until something else is done. */
  forgetResult() {
    if (this.plan.querySelector('.same')) {
      this.plan.replaceChildren();
    }
  }

  /** Of several at once the last one counts. */
  async validate() {
    this.forget();
    const { turn } = this;
    const file = this.editor.file();
    try {
      const answer = file.trim() === '' ? null : await this.read(file);
      if (turn === this.turn) {
        this.show(answer);
      }
    } catch (problem) {
      this.showProblem(problem);
    }
  }

  showProblem(problem) {
    this.findings.replaceChildren(problemBox(problem));
  }

  /**
   * What a menu file says, and what is wrong with it.
   * @param {string} file
   * @returns {Promise<{findings: object[], isValid: boolean, menus?: object, yaml?: string}>} without menus where its structure has an error
   */
  async read(file) {
    try {
      const answer = await send('POST', ofAccount(this.account, 'menu/validate'), file);
      return { ...answer, isValid: true };
    } catch (problem) {
      return { ...violated(problem), isValid: false };
    }
  }

  /** @param answer null for nothing */
  show(answer) {
    const findings = answer?.findings ?? [];
    this.editor.judged(findings);
    this.findings.replaceChildren(...(answer === null ? [] : present([verdict(answer), this.list(findings)])));
  }

  list(findings) {
    return findings.length === 0 ? null : el('ol', { class: 'finding-list' }, ...findings.map((one) => this.finding(one)));
  }

  finding(one) {
    return el(
      'li',
      { class: `finding ${one.severity}` },
      button(this.editor.where(one), () => this.editor.goTo(one), { class: 'link' }),
      el('code', { dir: 'auto' }, one.path),
      one.errcode ? el('span', { class: 'errcode' }, String(one.errcode)) : null,
      one.size ? el('span', { class: 'size' }, size(one.size)) : null,
      el('p', { dir: 'auto' }, inLanguage(one.message, one.chinese)),
      one.hint && inLanguage(one.hint, one.chinese) !== one.chinese ? el('p', { class: 'hint', dir: 'auto' }, one.hint) : null,
    );
  }

  async makePlan() {
    this.validate();
    const file = this.editor.file();
    await fill(this.plan, async () => {
      try {
        const plan = send('POST', ofAccount(this.account, 'menu/file/plan'), file);
        const [made, { rights }] = await Promise.all([plan, get('session')]);
        this.mayApply = rights?.includes('menu') ?? true;
        return this.planned(file, made);
      } catch (problem) {
        this.turn += 1;
        this.show({ ...violated(problem), isValid: false });
        return [];
      }
    });
  }

  planned(file, plan) {
    const apply = button(word('apply'), () => this.apply(file, plan), {
      class: 'main-button',
      'data-does': 'apply',
      disabled: !plan.changes,
    });
    const last = this.mayApply ? el('div', { class: 'row' }, apply) : el('p', { class: 'hint', 'data-notice': 'right' }, word('applyNeedsRight'));
    return [el('h3', {}, word('planTitle')), planDrawn(plan), last];
  }

  async apply(file, plan) {
    const body = [el('p', {}, word('applyHint', { account: this.account })), planDrawn(plan, 'h3')];
    if (await confirmed(word('applyTitle', { account: this.account }), body, word('applyNow'))) {
      await this.carryOut(file, plan);
    }
  }

  /** Only if the menus are still those that the plan was made for. */
  async carryOut(file, plan) {
    try {
      const done = await send('PUT', ofAccount(this.account, 'menu/file'), file, { 'If-Match': `"${plan.hash}"` });
      this.plan.replaceChildren(el('p', { class: 'same', role: 'status' }, word(done.backup ? 'appliedWith' : 'applied', done)));
      this.editor.applied();
    } catch (problem) {
      this.plan.replaceChildren(problemBox(problem), ...this.newPlan(file, problem));
    }
  }

  /** After 412 the gateway sends the plan of now along. */
  newPlan(file, problem) {
    return problem.status === 412 && problem.body.plan
      ? [el('p', { class: 'hint' }, word('newPlan')), ...this.planned(file, problem.body.plan)]
      : [];
  }
}

/** What breaks rules, with what could be read all the same; anything else stays a problem. */
function violated(problem) {
  if (!problem.body?.violations) {
    throw problem;
  }
  return { findings: problem.body.violations, menus: problem.body.menus, yaml: problem.body.yaml };
}

function verdict({ findings, isValid }) {
  if (isValid) {
    const words = findings.length === 0 ? word('valid') : word(findings.length === 1 ? 'oneWarning' : 'warnings', { count: findings.length });
    return el('p', { class: findings.length > 0 ? 'caution' : 'same', 'data-valid': 'true' }, words);
  }
  const count = findings.filter((one) => one.severity === 'error').length;
  return el('p', { class: 'differs', 'data-valid': 'false' }, word(count === 1 ? 'oneError' : 'errors', { count }));
}

function size({ found, allowed, unit }) {
  return word('size', { found, allowed, unit: named('unit', unit.replace(/\W+/g, '_')) });
}
