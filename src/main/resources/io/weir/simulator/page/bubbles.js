// Draws the lines of a chat.
import { opensMiniProgram, opensPage } from './dialogs.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { withLinks } from './links.js';
import { isUnseen } from './names.js';
import { word } from './words.js';

const MEDIA = '/media/';

/** Drawings by kind of content; what is not here is shown by its text. Links are for what an account writes. */
const DRAWINGS = {
  text: (content, actions, mine) => (mine ? el('p', { class: 'words' }, content.text) : words(content.text)),
  image: (content) => picture(content.mediaId),
  voice: (content) => labelled('voice', word('voice'), content.mediaId),
  video: (content) => card('play', content.title || word('video'), content.description, content.mediaId),
  music: (content) => card('music', content.title || word('musicNote'), content.description, content.thumbMediaId),
  news: (content) => el('div', { class: 'articles' }, ...content.articles.map(article)),
  miniprogram: (content) =>
    card('app', content.title || word('miniProgram'), content.pagePath, content.thumbMediaId, () =>
      opensMiniProgram(content.appId, content.pagePath),
    ),
  location: (content) => place(content),
  link: (content) => card('page', content.title, content.description, content.url, () => opensPage(content.url)),
  material: (content, actions, mine) => drawing(content.shown, actions, mine),
  menu: (content, actions) => entries(content, actions),
  other: (content) => el('p', { class: 'plain' }, word('unknownMaterial', content)),
};

/** Kinds that WeChat shows as a line of its own words, not as somebody's message. */
const REMARKS = {
  notice: (content) => content.text,
  page: (content) => word('opened', { what: content.url }),
  scanned: (content) => word('scanned', { text: content.result }),
};

/**
 * One line.
 * @param actions `answer(entry)` taps an entry of a message with entries; `name(mine)` is whose line it is
 */
export function bubble(line, actions) {
  const content = line.content;
  const remark = isRemark(line);
  const mine = line.origin === 'person';
  return el(
    'li',
    {
      class: remark ? `remark ${line.origin}` : `line ${mine ? 'mine' : 'theirs'} ${content.kind}`,
      'data-origin': line.origin,
      'data-number': line.number,
      'data-kind': content.kind,
      dir: 'auto',
    },
    ...(remark
      ? [el('span', {}, remarkText(content))]
      : [avatar(actions.name(mine), mine), el('div', { class: 'said' }, el('div', { class: 'bubble' }, drawing(content, actions, mine)))]),
  );
}

/** The first letter of whoever says the line; read out as their name. */
function avatar(name, mine) {
  const [initial] = [...name.trim()];
  return el('span', { class: `avatar ${mine ? 'of-person' : 'of-account'}`, role: 'img', 'aria-label': name, 'data-initial': initial ?? '?' });
}

/** A mini program that opens by itself has no title: that is no card. */
function isRemark(line) {
  const opens = line.content.kind === 'miniprogram' && line.origin === 'platform';
  return opens || line.content.kind in REMARKS;
}

function remarkText(content) {
  const draw = REMARKS[content.kind] ?? (() => word('opened', { what: `${word('miniProgram')} ${content.pagePath}` }));
  return draw(content);
}

function drawing(content, actions, mine) {
  const draw = DRAWINGS[content.kind] ?? (() => words(content.text ?? content.kind));
  return draw(content, actions, mine);
}

function words(text) {
  return el('p', { class: 'words' }, ...withLinks(text, opensPage));
}

function picture(mediaId) {
  const image = el('img', { class: 'picture', alt: word('aPicture'), src: MEDIA + encodeURIComponent(mediaId) });
  image.addEventListener('error', () => image.replaceWith(el('p', { class: 'plain' }, word('noPicture', { id: mediaId }))));
  return image;
}

function labelled(name, label, id) {
  return el('p', { class: 'labelled', title: id }, icon(name), el('span', {}, label), el('small', {}, id));
}

function card(name, title, description, id, open) {
  const inside = [
    el('span', { class: 'card-icon' }, icon(name)),
    el('span', { class: 'card-text' }, el('strong', {}, title), el('small', {}, description || id)),
  ];
  return open
    ? el('button', { type: 'button', class: 'card', onclick: open }, ...inside)
    : el('div', { class: 'card', title: id }, ...inside);
}

function article(one) {
  const own = ownPicture(one.picUrl);
  const cover = own
    ? el('img', { class: 'cover', alt: '', src: own })
    : el('span', { class: 'cover cover-missing', title: one.picUrl }, one.picUrl);
  return el(
    'button',
    {
      type: 'button',
      class: 'article',
      'aria-label': isUnseen(`${one.title}${one.description}`) ? word('unseen') : null,
      onclick: () => opensPage(one.url),
    },
    cover,
    el('strong', {}, one.title),
    el('small', {}, one.description),
  );
}

/** Pictures of the simulator are shown, those from elsewhere only named: the page asks nobody else for anything. */
function ownPicture(url) {
  const found = URL.canParse(url) ? new URL(url) : null;
  const own = found && found.port === location.port && found.pathname.startsWith(MEDIA);
  return own ? found.pathname : null;
}

function place(content) {
  return el(
    'div',
    { class: 'place' },
    el('strong', {}, content.label),
    el('small', {}, `${content.latitude}, ${content.longitude}`),
    el('img', { class: 'place-map', src: 'map.svg', alt: '' }),
  );
}

function entries(content, actions) {
  return el(
    'div',
    { class: 'entries' },
    words(content.head),
    ...content.entries.map((entry) =>
      el('button', { type: 'button', class: 'link', onclick: () => actions.answer(entry) }, entry.text),
    ),
    words(content.tail),
  );
}
