// The draft of an account's menus: on the phone, or as the text of a menu file; two views of the same. It stays in this browser until it is
// applied or discarded, and what another tab makes of it is told.
import { dayTime } from './amounts.js';
import { getText, ofAccount, Problem } from './api.js';
import { confirmed } from './dialogs.js';
import { el, find, present } from './dom.js';
import { DraftStore } from './menudraft.js';
import { MenuForm } from './menuform.js';
import * as model from './menumodel.js';
import { MenuPublish } from './menupublish.js';
import { button, field } from './parts.js';
import { word } from './words.js';

/** What the gateway takes as a body. */
const MOST_BYTES = 65_536;
const NOTHING = [{ name: '', button: [] }];

export class MenuEditor {
  /**
   * @param {string} account
   * @param {() => void} applied is called when menus have changed
   */
  constructor(account, applied) {
    this.account = account;
    this.reload = applied;
    /** @type {'form'|'text'} */
    this.mode = 'form';
    this.isDraft = false;
    this.base = '';
    /** The text that the form's menus were read from, with its comments, and what the form has when it is unchanged. */
    this.source = { text: '', file: '' };
    this.kept = 'saved';
    this.elsewhere = '';
    /** @type {{hash: string, source: string}|null} */
    this.live = null;
    this.store = new DraftStore(account, browserStorage());
    this.text = el('textarea', { id: 'menu-file', rows: '14', spellcheck: 'false', autocapitalize: 'off', wrap: 'off' });
    this.text.addEventListener('input', () => this.changed());
    this.form = new MenuForm(() => this.changed());
    this.publish = new MenuPublish(account, {
      file: () => this.file(),
      where: (finding) => this.where(finding),
      goTo: (finding) => this.goTo(finding),
      judged: (findings) => this.mode === 'form' && this.form.judged(findings),
      applied: () => this.ended('applied'),
    });
    this.tools = el('div', { class: 'row editor-tools' });
    this.notices = el('div', { class: 'draft-notices', 'aria-live': 'polite' });
    this.view = el('div', {});
    this.node = el('div', { class: 'editor' }, this.tools, this.notices, this.view, this.publish.node);
    this.listener = (event) => this.heard(event);
    addEventListener('storage', this.listener);
    const draft = this.store.load();
    if (draft && !draft.ended) {
      this.showDraft(draft);
    }
    this.redraw();
  }

  stop() {
    removeEventListener('storage', this.listener);
    this.publish.stop();
  }

  forgetResult() {
    this.publish.forgetResult();
  }

  /** In another language, too. */
  redraw() {
    const file = el('input', { type: 'file', hidden: true, accept: '.yaml,.yml,.json', 'data-does': 'file' });
    file.addEventListener('change', () => this.open(file));
    const mode = (name) => button(word(`mode.${name}`), () => this.switchTo(name), { 'data-does': `mode-${name}`, 'aria-pressed': String(this.mode === name) });
    this.tools.replaceChildren(
      el('div', { class: 'modes', role: 'group', 'aria-label': word('editorMode') }, mode('form'), mode('text')),
      button(word('takeLive'), () => this.discard(), { 'data-does': 'take' }),
      button(word('openFile'), () => file.click(), { 'data-does': 'open' }),
      file,
      button(word('saveFile'), () => this.save(), { 'data-does': 'save-file' }),
    );
    this.view.replaceChildren(this.mode === 'form' ? this.form.node : field(word('menuFile'), this.text));
    this.form.draw();
    this.publish.redraw();
    this.drawNotices();
  }

  /* --- What is edited ------------------------------------------------------------------------------------------------- */

  /** What is sent to the gateway; empty where there is nothing. */
  file() {
    if (this.mode === 'text') {
      return this.text.value;
    }
    const [standard, ...others] = this.form.menus;
    return standard.button.length + others.length === 0 && !this.isDraft ? '' : model.fileOf(this.form.menus);
  }

  /** The text that the form's menus were read from, as long as they are the same. */
  unchangedText() {
    return this.source.file === model.fileOf(this.form.menus) ? this.source.text : '';
  }

  changed() {
    this.isDraft = true;
    this.elsewhere = '';
    this.base ||= this.live?.hash ?? '';
    this.keep('');
    this.publish.changed();
    this.drawNotices();
  }

  keep(ended) {
    const isForm = this.mode === 'form';
    this.kept = this.store.save({
      mode: this.mode,
      menus: isForm ? this.form.menus : null,
      text: isForm ? this.unchangedText() : this.text.value,
      base: this.base,
      ended,
    });
  }

  showDraft(draft) {
    this.isDraft = true;
    this.base = draft.base;
    this.mode = draft.mode;
    if (draft.mode === 'text') {
      this.text.value = draft.text;
    } else {
      this.source = { text: draft.text, file: draft.text ? model.fileOf(draft.menus) : '' };
      this.form.show(draft.menus);
    }
    this.publish.forget();
    this.publish.plan.replaceChildren();
  }

  /** It is no draft any more: what is live is shown as soon as it is known. */
  ended(how) {
    const wasDraft = this.isDraft;
    this.isDraft = false;
    this.base = '';
    if (wasDraft) {
      this.keep(how);
    }
    this.drawNotices();
    this.reload();
  }

  /**
   * What is live now.
   * @param {{hash: string, source: string}} live
   */
  async liveIs(live) {
    const isOther = live.hash !== this.live?.hash;
    this.live = live;
    if (!this.isDraft && isOther) {
      await this.takeLive();
    }
    this.drawNotices();
  }

  async takeLive() {
    try {
      const text = this.live?.source === 'none' ? '' : await getText(ofAccount(this.account, 'menu/file'));
      if (!this.isDraft) {
        await this.write(text);
      }
    } catch (problem) {
      if (problem.status === 404) {
        await this.write('');
      } else {
        this.publish.showProblem(problem);
      }
    }
  }

  /** Shows a menu file in the view that is open; one that the form cannot show as text. */
  async write(text) {
    this.text.value = text;
    if (this.mode === 'form' && !(await this.toForm(text))) {
      this.mode = 'text';
      this.redraw();
    }
    this.text.setSelectionRange(0, 0);
  }

  /** Whether the form has taken a file, or has what somebody wrote meanwhile. */
  async toForm(text) {
    const wasDraft = this.isDraft;
    const answer = text.trim() === '' ? null : await this.publish.read(text);
    if (this.isDraft && !wasDraft) {
      return true;
    }
    const menus = answer === null ? NOTHING : answer.menus ? model.menusOf(answer.menus) : null;
    if (menus === null) {
      this.publish.show(answer);
      return false;
    }
    this.source = { text, file: model.fileOf(menus) };
    this.form.show(menus);
    this.publish.forget();
    this.form.judged(answer?.findings ?? []);
    return true;
  }

  async switchTo(mode) {
    if (mode === this.mode) {
      return;
    }
    try {
      const isThere = mode === 'text' ? await this.toText() : await this.toForm(this.text.value);
      if (isThere) {
        this.mode = mode;
        this.publish.forget();
        if (this.isDraft) {
          this.keep('');
          this.publish.changed();
        }
      }
      this.redraw();
      find(this.tools, `[data-does="mode-${this.mode}"]`)?.focus();
      if (!isThere) {
        this.notices.prepend(el('p', { class: 'caution', role: 'alert' }, word('noForm')));
      }
    } catch (problem) {
      this.publish.showProblem(problem);
    }
  }

  async toText() {
    this.text.value = await this.yaml();
    return true;
  }

  /** The menu file: the text that was read, or what the gateway writes of the form. */
  async yaml() {
    const unchanged = this.unchangedText();
    const file = this.file();
    if (unchanged || file === '') {
      return unchanged;
    }
    return (await this.publish.read(file)).yaml ?? file;
  }

  /* --- Files ---------------------------------------------------------------------------------------------------------- */

  async open(file) {
    const [chosen] = file.files;
    if (chosen && chosen.size > MOST_BYTES) {
      this.publish.showProblem(new Problem(413, { title: word('tooLarge'), detail: word('tooLargeHint') }));
    } else if (chosen && (await this.mayReplace())) {
      const text = await chosen.text();
      try {
        await this.write(text);
        this.changed();
      } catch (problem) {
        this.publish.showProblem(problem);
      }
    }
    file.value = '';
  }

  async save() {
    try {
      const text = this.mode === 'text' ? this.text.value : await this.yaml();
      const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
      el('a', { href: url, download: `menu-${this.account}.yaml` }).click();
      URL.revokeObjectURL(url);
    } catch (problem) {
      this.publish.showProblem(problem);
    }
  }

  async discard() {
    if (await this.mayReplace()) {
      this.publish.plan.replaceChildren();
      this.publish.forget();
      this.live = null;
      this.ended('discarded');
    }
  }

  mayReplace() {
    return !this.isDraft || confirmed(word('discardTitle'), [el('p', {}, word('discardHint'))], word('discardNow'));
  }

  /* --- Findings ------------------------------------------------------------------------------------------------------- */

  where(one) {
    if (this.mode === 'text') {
      return one.line > 0 ? word('lineColumn', one) : word('wholeFile');
    }
    const { menu, place } = model.located(this.form.menus, one.path);
    const names = (place ?? []).map((index, level, all) => model.buttonAt(this.form.menus, menu, all.slice(0, level + 1))?.name || word('noName'));
    return menu < 0 ? word('wholeFile') : [menu === 0 ? word('defaultMenu') : this.form.menus[menu].name, ...names].join(' › ');
  }

  goTo({ line, path }) {
    if (this.mode === 'form') {
      this.form.goTo(path);
      return;
    }
    const lines = this.text.value.split('\n');
    const from = lines.slice(0, Math.max(0, line - 1)).reduce((sum, one) => sum + one.length + 1, 0);
    this.text.focus();
    this.text.setSelectionRange(from, from + (lines[line - 1] ?? '').length);
    this.text.scrollTop = (this.text.scrollHeight / lines.length) * Math.max(0, line - 4);
  }

  /* --- Other tabs, and what there is to say --------------------------------------------------------------------------- */

  heard(event) {
    const what = this.store.heard(event);
    if (what === 'none') {
      return;
    }
    this.kept = what === 'conflict' ? 'conflict' : 'saved';
    if (what === 'newer') {
      const { ended, saved } = this.store.shown();
      this.adopt(this.store.shown());
      this.elsewhere = word(ended ? `elsewhere.${ended}` : 'elsewhere', { time: dayTime(saved) });
    }
    this.drawNotices();
  }

  /** Shows what another tab made. */
  adopt(draft) {
    if (draft.ended) {
      this.isDraft = false;
      this.base = '';
      this.live = null;
      this.reload();
    } else {
      this.showDraft(draft);
      this.redraw();
      this.publish.validate();
    }
  }

  takeOther() {
    this.kept = 'saved';
    this.adopt(this.store.takeOther());
    this.drawNotices();
  }

  keepOwn() {
    this.kept = this.store.keepOwn() ? 'saved' : 'notKept';
    this.drawNotices();
  }

  drawNotices() {
    const isStale = this.isDraft && this.live !== null && this.base !== '' && this.base !== this.live.hash;
    this.notices.replaceChildren(
      ...present([
        this.state(),
        this.kept === 'notKept' ? el('p', { class: 'caution' }, word('draftNotKept')) : null,
        this.store.other ? this.conflict(this.store.other) : null,
        this.elsewhere ? el('p', { class: 'caution', 'data-notice': 'elsewhere' }, this.elsewhere) : null,
        isStale ? el('p', { class: 'caution', 'data-notice': 'stale' }, word('draftStale')) : null,
        this.comments(),
      ]),
    );
  }

  state() {
    const words = this.isDraft ? word('draftOf', { time: dayTime(this.store.own?.saved) }) : word('draftNone');
    return el('p', { class: 'hint', 'data-draft': String(this.isDraft) }, words);
  }

  conflict(other) {
    const time = dayTime(other.saved);
    return el(
      'div',
      { class: 'caution', 'data-notice': 'conflict' },
      el('p', {}, word(other.ended ? `conflict.${other.ended}` : 'conflict', { time })),
      el(
        'div',
        { class: 'row' },
        button(word('keepOwn'), () => this.keepOwn(), { 'data-does': 'keep-own' }),
        button(word('takeOther'), () => this.takeOther(), { 'data-does': 'take-other' }),
      ),
    );
  }

  /** A form shows no comments of a file; those of a menu of the website say what to do. */
  comments() {
    const found = this.mode === 'form' ? model.comments(this.source.text) : [];
    if (found.length === 0) {
      return null;
    }
    return el(
      'details',
      { class: 'comments', 'data-notice': 'comments' },
      el('summary', {}, word(this.unchangedText() ? 'commentsKept' : 'commentsGone')),
      el('pre', { tabindex: '0', 'aria-label': word('commentsOfFile'), dir: 'auto' }, found.join('\n')),
    );
  }
}

/** A browser may forbid to touch it. */
function browserStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
