// Shows what went wrong: in the gateway's words, and in those of WeChat with what they mean.
import { el } from './dom.js';
import { inLanguage, word } from './words.js';

/** Statuses whose title is the page's own; some problems have words of theirs beside it. */
const TITLED = [0, 401, 403, 409, 410, 412];
const TITLED_BESIDE = [400, 404, 413, 422, 429, 500, 502, 503];

/** A box that is read out when it appears. */
export function problemBox(problem) {
  const body = problem.body ?? {};
  const beside = TITLED_BESIDE.includes(problem.status);
  const title = beside || TITLED.includes(problem.status) ? word(`problem${problem.status}`) : body.title || word('problem');
  const said = beside && body.title && body.title !== problem.message ? `${body.title}. ${problem.message}` : problem.message;
  return el(
    'div',
    { class: 'problem', role: 'alert', 'data-status': problem.status },
    el('strong', {}, title),
    // The API speaks English; what was never answered is told by the page.
    el('p', { lang: problem.status === 0 ? false : 'en' }, said),
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
