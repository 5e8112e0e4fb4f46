// The console: one view at a time, named by the address.
import { address, place, rememberPhone } from './address.js';
import { enter, may } from './access.js';
import { AnswersView } from './answers.js';
import { onLoginNeeded, onReached } from './api.js';
import { AuditView } from './audit.js';
import { closeDialogs } from './dialogs.js';
import { byId, el } from './dom.js';
import { FleetView } from './fleet.js';
import { HealthView } from './health.js';
import { JournalView } from './journal.js';
import { loginPage, logOut, session } from './login.js';
import { MenuView } from './menu.js';
import { Now, titled } from './now.js';
import { OverviewView } from './overview.js';
import { problemBox } from './problems.js';
import { PersonView } from './person.js';
import { PushesView } from './pushes.js';
import { settings } from './settings.js';
import { TokenView } from './token.js';
import { word } from './words.js';

const VIEWS = {
  overview: OverviewView,
  pushes: PushesView,
  person: PersonView,
  fleet: FleetView,
  journal: JournalView,
  answers: AnswersView,
  token: TokenView,
  menu: MenuView,
  health: HealthView,
  audit: AuditView,
};
/** Views that need more than the right to read. */
const RIGHTS = { audit: 'operate' };
/** Views that links of other views lead to. */
const LINKED = ['person'];

function isListed(name) {
  return !LINKED.includes(name) && may(RIGHTS[name] ?? 'read');
}

class Console {
  constructor() {
    this.main = byId('view');
    this.now = new Now();
    this.name = null;
    this.view = null;
    this.locked = false;
  }

  async start() {
    onLoginNeeded(() => this.lock());
    onReached(() => this.recover());
    try {
      const told = await session();
      const { needed, open } = told;
      enter(told);
      this.tellWho(told);
      byId('log-out').hidden = !(needed && open);
      if (needed && !open) {
        this.lock();
      } else {
        this.enter();
      }
    } catch (problem) {
      this.main.replaceChildren(problemBox(problem));
    }
    this.main.removeAttribute('aria-busy');
  }

  /** Whose session it is, where one is needed. */
  tellWho({ needed, open, name, role, rights }) {
    byId('log-out').title = needed && open ? `${name}: ${role ?? rights.join(', ')}` : '';
  }

  /** Shows what the address names; the same view is told of new parameters. */
  route() {
    const { name, parameters } = place();
    rememberPhone(parameters);
    const known = Object.hasOwn(VIEWS, name) ? name : 'overview';
    if (known !== name && name !== '') {
      history.replaceState(null, '', address(known));
    }
    if (this.locked) {
      return;
    }
    if (known !== this.name) {
      this.leave();
      this.name = known;
      this.view = new VIEWS[known]();
      this.main.replaceChildren(this.view.node);
    }
    this.drawNavigation();
    this.view.show(parameters);
  }

  /** The gateway can be reached again: what shows that it could not begins anew. */
  recover() {
    const lost = this.main.querySelector('.problem[data-status="0"]');
    if (!lost || this.locked) {
      return;
    }
    if (this.view) {
      this.leave();
      this.route();
    } else {
      this.start();
    }
  }

  enter() {
    this.locked = false;
    this.main.classList.remove('locked');
    this.now.start();
    this.route();
  }

  lock() {
    if (!this.locked) {
      this.locked = true;
      this.now.stop();
      this.leave();
      this.drawLogin();
    }
  }

  drawLogin() {
    closeDialogs();
    byId('log-out').hidden = true;
    this.main.classList.add('locked');
    this.main.replaceChildren(loginPage(() => this.start()));
    this.drawNavigation();
    byId('token').focus();
  }

  leave() {
    closeDialogs();
    this.view?.hide();
    this.view = null;
    this.name = null;
  }

  async logOut() {
    try {
      await logOut();
      this.lock();
    } catch (problem) {
      this.main.prepend(problemBox(problem));
    }
  }

  drawNavigation() {
    const link = (name) =>
      el('a', { href: address(name), 'aria-current': name === this.name ? 'page' : false }, word(`view.${name}`));
    byId('views').replaceChildren(...(this.locked ? [] : Object.keys(VIEWS).filter(isListed).map(link)));
    titled(this.name ? `${word(`view.${this.name}`)} · Weir` : 'Weir');
  }

  /** In another language. */
  translated() {
    if (this.locked) {
      this.drawLogin();
    } else if (this.view) {
      this.drawNavigation();
      this.now.translated();
      this.view.translated();
    }
  }
}

const page = new Console();
settings(() => page.translated());
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  page.main.focus();
});
byId('log-out').addEventListener('click', () => page.logOut());
addEventListener('hashchange', () => page.route());
page.start();
