// The view of menus: what is live, a file against it, the way back, who sees what; for one account at a time.
import { address } from './address.js';
import { get, ofAccount } from './api.js';
import { el } from './dom.js';
import { MenuBackups } from './menubackups.js';
import { MenuEditor } from './menueditor.js';
import { liveMenus } from './menulive.js';
import { menuSight } from './menusight.js';
import { button, field, fill, part, select } from './parts.js';
import { problemBox } from './problems.js';
import { word } from './words.js';

export class MenuView {
  constructor() {
    this.account = null;
    this.accounts = [];
    /** @type {MenuEditor|null} */
    this.editor = null;
    /** @type {MenuBackups|null} */
    this.backups = null;
    this.head = el('div', { class: 'view-head' });
    this.live = el('div', { class: 'live' });
    this.body = el('div', { class: 'menu-parts' });
    this.node = el('div', { class: 'view' }, this.head, this.body);
  }

  async show(parameters) {
    try {
      this.accounts = (await get('accounts')).accounts.map((one) => one.name);
      const asked = parameters.get('account');
      this.open(this.accounts.includes(asked) ? asked : this.accounts[0]);
    } catch (problem) {
      this.body.replaceChildren(problemBox(problem));
    }
  }

  hide() {
    this.editor?.stop();
  }

  open(account) {
    this.account = account;
    this.editor?.stop();
    // What was done last is told in one place: it is not true any more once something else was.
    const editor = new MenuEditor(account, () => this.reload(backups));
    const backups = new MenuBackups(account, () => this.reload(editor));
    this.editor = editor;
    this.backups = backups;
    this.translated();
  }

  translated() {
    const { editor, backups } = this;
    if (!editor || !backups) {
      return;
    }
    const accounts = select({ name: 'account', 'aria-label': word('account') }, this.accounts.map((one) => [one, one]), this.account);
    accounts.addEventListener('change', () => (location.hash = address('menu', { account: accounts.value })));
    this.head.replaceChildren(
      el('h1', {}, word('view.menu')),
      field(word('account'), accounts),
      button(word('reload'), () => this.reload()),
    );
    editor.redraw();
    this.body.replaceChildren(
      part(word('changeMenus'), editor.node),
      part(word('liveMenus'), this.live),
      part(word('backups'), backups.node),
      part(word('sight'), menuSight(this.account)),
    );
    this.reload();
  }

  /** @param {MenuEditor|MenuBackups} [outdated] what tells of a change before this one */
  reload(outdated) {
    const account = this.account;
    outdated?.forgetResult();
    this.backups?.load();
    const { editor } = this;
    return fill(this.live, async () => {
      const live = await get(ofAccount(account, 'menu'));
      editor?.liveIs(live);
      return liveMenus(account, live);
    });
  }
}
