// Shows what went wrong: in the gateway's words, and in those of WeChat with what they mean.
import { el } from './dom.js';
import { inLanguage, word } from './words.js';

const TITLES = { 0: 'problem0', 401: 'problem401', 403: 'problem403', 409: 'problem409', 410: 'problem410', 412: 'problem412' };

/** A box that is read out when it appears. */
export function problemBox(problem) {
  const body = problem.body ?? {};
  const title = TITLES[problem.status] ? word(TITLES[problem.status]) : body.title || word('problem');
  return el(
    'div',
    { class: 'problem', role: 'alert' },
    el('strong', {}, title),
    el('p', {}, problem.message),
    ...failureLines(body),
  );
}

/** What a call to WeChat came to: its code and words, the meaning, the remedy. */
export function failureLines(failure) {
  const said = [failure.errcode, failure.errmsg, failure.rid ? `rid ${failure.rid}` : null].filter(Boolean).join(' · ');
  return [
    said ? el('p', { class: 'said' }, word('weChatSaid', { said })) : null,
    failure.meaning ? el('p', {}, inLanguage(failure.meaning, failure.meaningZh)) : null,
    failure.remedy ? el('p', { class: 'remedy' }, inLanguage(failure.remedy, failure.remedyZh)) : null,
  ].filter(Boolean);
}
