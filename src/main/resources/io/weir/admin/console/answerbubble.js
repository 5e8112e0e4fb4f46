// A reply as the person sees it, in a bubble; where something else goes than is written, it is marked.
import { el } from './dom.js';
import { word } from './words.js';

const BRACES = /\{\{|\}\}|\{[^}]*\}/g;

/** @param reply in the words of replies.yaml */
export function bubble(reply) {
  const [kind] = Object.keys(reply);
  const draw = Object.hasOwn(KINDS, kind) ? KINDS[kind] : () => [word('kind.none')];
  const value = reply[kind] ?? '';
  const says = !['none', 'transferToService', 'backend'].includes(kind);
  return el(
    'div',
    { class: 'answer-bubble', 'data-kind': kind ?? '', 'data-says': String(says), dir: 'auto' },
    ...draw(value, reply).flat(),
  );
}

const KINDS = {
  text: (text) => [el('p', {}, ...filled(text))],
  image: (id) => [medium('image', id)],
  voice: (id) => [medium('voice', id)],
  video: (video) => [medium('video', video.mediaId), line(video.title), line(video.description)],
  music: (music) => [medium('music', music.thumbMediaId), line(music.title), line(music.description), line(music.url)],
  news: (articles) => (Array.isArray(articles) ? articles : []).map(card),
  transferToService: (to) => [word('transferred'), to?.account ? ` ${to.account}` : ''],
  backend: (name, reply) => [word('asksBackend', { name }), ...(reply.otherwise ? [word('otherwise'), bubble(reply.otherwise)] : [])],
  none: () => [word('saysNothing')],
};

function medium(kind, id) {
  return el('p', { class: 'answer-medium' }, `[${word(`kind.${kind}`)}] `, ...filled(id));
}

function card(article) {
  return el(
    'div',
    { class: 'answer-card' },
    el('strong', {}, ...filled(article.title)),
    line(article.description),
    el('small', {}, ...filled(article.url)),
  );
}

function line(text) {
  return text ? el('p', {}, ...filled(text)) : null;
}

/** Placeholders stand out; doubled braces are single ones. */
function filled(text) {
  const nodes = [];
  let from = 0;
  const written = String(text ?? '');
  for (const found of written.matchAll(BRACES)) {
    nodes.push(written.slice(from, found.index));
    nodes.push(found[0].length === 2 && found[0] !== '{}' ? found[0][0] : el('span', { class: 'answer-place' }, found[0]));
    from = found.index + found[0].length;
  }
  nodes.push(written.slice(from));
  return nodes;
}

/** A reply in one line, for a list. */
export function summary(reply) {
  if (!reply || typeof reply !== 'object') {
    return '';
  }
  const [kind] = Object.keys(reply);
  const value = reply[kind];
  const text = {
    text: () => value,
    news: () => (Array.isArray(value) ? value.map((one) => one?.title ?? '').join(' · ') : ''),
    video: () => value?.title ?? value?.mediaId ?? '',
    music: () => value?.title ?? value?.thumbMediaId ?? '',
    none: () => '',
    transferToService: () => value?.account ?? '',
  }[kind];
  return String((text ? text() : value) ?? '');
}
