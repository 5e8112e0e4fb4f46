// The menus as they were before each change, and the way back to one of them.
import { clockTime, dayTime, number } from './amounts.js';
import { get, ofAccount, send } from './api.js';
import { confirmed } from './dialogs.js';
import { el } from './dom.js';
import { planDrawn } from './menuplan.js';
import { button, fill, table } from './parts.js';
import { problemBox } from './problems.js';
import { word } from './words.js';

export class MenuBackups {
  /** @param rolledBack is called when menus have changed */
  constructor(account, rolledBack) {
    this.account = account;
    this.rolledBack = rolledBack;
    this.list = el('div', {});
    this.result = el('div', { 'aria-live': 'polite' });
    this.node = el('div', { class: 'backups' }, this.result, this.list);
  }

  load() {
    return fill(this.list, async () => {
      const { backups } = await get(ofAccount(this.account, 'menu/backups'));
      const columns = [word('time'), word('backup'), word('id'), word('action')];
      return backups.length === 0
        ? el('p', { class: 'hint' }, word('noBackups'))
        : table(word('backups'), columns, backups.map((backup, index) => this.row(backup, backups.length - index)));
    });
  }

  forgetResult() {
    this.result.replaceChildren();
  }

  /** @param place among all, from 1 for the oldest: two may say the same of the same second */
  row(backup, place) {
    return [
      [el('strong', {}, `#${number(place)}`), ` ${exactTime(backup.time)}`],
      el('span', { dir: 'auto' }, summary(backup)),
      el('code', {}, backup.id),
      button(word('rollBack'), () => this.rollBack(backup), { 'data-does': 'roll-back' }),
    ];
  }

  /** Plans it, asks, and does it if the menus are still those of the plan. */
  async rollBack(backup) {
    const to = { to: backup.id };
    try {
      const plan = await send('POST', ofAccount(this.account, 'menu/rollback/plan'), to);
      const body = [el('p', {}, word('rollBackHint', { account: this.account, time: exactTime(backup.time) })), planDrawn(plan, 'h3')];
      if (plan.changes && (await confirmed(word('rollBackTitle', { account: this.account }), body, word('rollBackNow')))) {
        const done = await send('POST', ofAccount(this.account, 'menu/rollback'), to, { 'If-Match': `"${plan.hash}"` });
        this.say(el('p', { class: 'same', role: 'status' }, word(done.backup ? 'rolledBackWith' : 'rolledBack', done)));
        this.rolledBack();
      } else if (!plan.changes) {
        this.say(el('p', { class: 'hint', role: 'status' }, word('noChanges')));
      }
    } catch (problem) {
      this.say(problemBox(problem));
    }
  }

  say(node) {
    this.result.replaceChildren(node);
  }
}

/** To the millisecond. */
function exactTime(time) {
  return dayTime(time).replace(/\d\d:\d\d:\d\d/, () => clockTime(time));
}

function summary({ names, personalised, website }) {
  if (website) {
    return word('backupOfWebsite');
  }
  const all = { names: names.join(' / '), personalised: number(personalised) };
  return names.length + personalised === 0 ? word('backupOfNone') : word('backupOf', all);
}
