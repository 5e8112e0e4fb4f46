// A replay: the handler as it is now answers a push once more, and its reply is laid beside the previous one. It is never sent.
import { micros } from './amounts.js';
import { send } from './api.js';
import { el } from './dom.js';
import { button, field, table, verbatim } from './parts.js';
import { outcome, pathOf } from './pushlist.js';
import { word } from './words.js';

/**
 * Does it, and shows what came of it.
 * @param reveals whether open ids and texts are shown
 * @param isWanted whether anybody still looks at this push
 * @param xml what is handled in its place; nothing for the push as it came
 */
export async function replayed(id, reveals, isWanted, xml) {
  const result = await send('POST', `${pathOf(id)}/replay?reveal=${reveals}`, xml === undefined ? {} : { xml });
  return isWanted() ? shown(result) : [];
}

/** A push as text that can be changed, and below it what comes of it. @param sends gets the text */
export function edited(xml, sends) {
  const outside = (part) => (part.startsWith('<![CDATA[') ? part : part.replaceAll('><', '>\n<'));
  const lines = xml.split(/(<!\[CDATA\[.*?\]\]>)/s).map(outside).join('');
  const text = el('textarea', { id: 'edited-push', rows: Math.min(16, lines.split('\n').length + 1), spellcheck: 'false', wrap: 'off' });
  text.value = lines;
  return el(
    'div',
    { class: 'editor' },
    el('h3', {}, word('edit').replace('…', '')),
    el('p', { class: 'hint' }, word('editHint')),
    field(word('decrypted'), text),
    el('div', { class: 'row' }, button(word('editSend'), () => sends(text.value), { class: 'main-button', 'data-does': 'send-edited' })),
    el('div', { class: 'replay-result' }),
  );
}

function shown(result) {
  const lines = result.diff ?? [];
  return [
    el(
      'header',
      { class: 'replay-head' },
      el('h3', {}, word('replayTitle')),
      outcome({ outcome: 'replay' }),
      outcome(result),
      result.micros === undefined ? null : el('span', { class: 'took' }, micros(result.micros)),
    ),
    el('p', { class: 'hint' }, word('replayHint')),
    el('p', { class: result.same ? 'same' : 'differs', 'data-same': String(result.same) }, word(result.same ? 'sameReply' : 'otherReply')),
    lines.length > 0 ? table(word('differences'), [word('line'), word('before'), word('now')], lines.map(difference)) : null,
    el(
      'div',
      { class: 'bodies' },
      el('div', {}, el('h4', {}, word('before')), verbatim(word('before'), result.before || word('noReply'))),
      el('div', {}, el('h4', {}, word('now')), verbatim(word('now'), result.after || word('noReply'))),
    ),
  ].filter(Boolean);
}

function difference({ line, before, after }) {
  return [
    String(line),
    before === undefined || before === null ? '' : el('del', { dir: 'auto' }, before),
    after === undefined || after === null ? '' : el('ins', { dir: 'auto' }, after),
  ];
}
