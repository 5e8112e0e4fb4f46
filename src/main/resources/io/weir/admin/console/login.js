// The way in, where the admin port has a token: it is sent once and never kept; what counts from then on is a cookie that
// scripts cannot read.
import { get, send } from './api.js';
import { el } from './dom.js';
import { button, field } from './parts.js';
import { problemBox } from './problems.js';
import { word } from './words.js';

/** What the gateway says of this visitor: whether a session is needed, and whether there is one. */
export function session() {
  return get('session');
}

export function logOut() {
  return send('DELETE', 'session', undefined);
}

/** @param entered is called after the gateway has accepted the token */
export function loginPage(entered) {
  const token = el('input', {
    type: 'password',
    id: 'token',
    autocomplete: 'current-password',
    required: true,
    'aria-describedby': 'token-hint',
  });
  const trouble = el('div', {});
  const submit = button(word('logIn'), () => {}, { type: 'submit', class: 'main-button' });
  const enter = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await send('POST', 'session', { token: token.value });
      entered();
    } catch (problem) {
      const refused = problem.status === 401;
      trouble.replaceChildren(refused ? el('p', { class: 'problem', role: 'alert' }, word('wrongToken')) : problemBox(problem));
      submit.disabled = false;
    }
    token.value = '';
    token.focus();
  };
  return el(
    'form',
    { class: 'login', onsubmit: enter },
    el('h1', {}, word('loginTitle')),
    el('input', { name: 'username', autocomplete: 'username', value: 'weir', hidden: true }),
    field(word('adminToken'), token),
    el('p', { class: 'hint', id: 'token-hint' }, word('adminTokenHint')),
    trouble,
    submit,
  );
}
