// What a phone does when a button of the menu is tapped (or when something is sent from the "+" beside the keyboard).
import { choice, chosenIn, dialog, field, opensMiniProgram, opensNews, opensPage, sheet } from './dialogs.js';
import { el } from './dom.js';
import { choosePlace } from './place.js';
import { word } from './words.js';

const ALBUM = 9;
const SYMBOLOGIES = ['EAN_13', 'EAN_8', 'UPC_A', 'CODE_128', 'CODE_39'];

/** By type of button: asks what has to be asked, then what the tap carries; null when the person thinks better of it. */
const QUESTIONS = {
  scancode_push: scan,
  scancode_waitmsg: scan,
  pic_sysphoto: () => pictures(word('camera'), 'radio'),
  pic_photo_or_album: async () => {
    const from = await sheet(word('aPicture'), [['camera', word('camera'), 'camera'], ['album', word('album'), 'album']]);
    return from && pictures(word(from), from === 'camera' ? 'radio' : 'checkbox');
  },
  pic_weixin: () => pictures(word('album'), 'checkbox'),
  location_select: async () => {
    const place = await choosePlace();
    return place && { place };
  },
};

/** By type of button: what the phone opens by itself. */
const OPENS = {
  view: (button) => opensPage(button.url),
  miniprogram: (button) => opensMiniProgram(button.appid, button.pagepath),
  view_limited: (button) => opensNews(button.media_id),
  article_view_limited: (button) => opensNews(button.article_id),
  scancode_push: (button, input) => /^https?:/.test(input.scan) && opensPage(input.scan),
};

/** Taps a button. */
export async function tap(person, button, position) {
  const question = QUESTIONS[button.type];
  const input = question ? await question() : {};
  if (input) {
    await person.act('taps', { position, ...input });
    OPENS[button.type]?.(button, input);
  }
}

/** What the "+" beside the keyboard offers, each with its icon: asks what has to be asked, and sends it. */
const SENDS = {
  album: ['album', (person) => sendPictures(person, 'album', 'checkbox')],
  camera: ['camera', (person) => sendPictures(person, 'camera', 'radio')],
  place: ['place', sendPlace],
  voice: ['voice', (person) => person.act('recordings', { type: 'voice' })],
  video: ['play', (person) => person.act('recordings', { type: 'video' })],
  shortVideo: ['film', (person) => person.act('recordings', { type: 'shortvideo' })],
  link: ['link', sendLink],
};

/** Sends something without any button. */
export async function sendOther(person) {
  const options = Object.entries(SENDS).map(([name, [drawing]]) => [name, word(name), drawing]);
  const chosen = await sheet(word('attach'), options);
  if (chosen) {
    await SENDS[chosen][1](person);
  }
}

async function sendPictures(person, title, input) {
  const chosen = await pictures(word(title), input, false);
  for (const picture of chosen?.album ?? []) {
    await person.act('pictures', { picture });
  }
}

async function sendPlace(person) {
  const place = await choosePlace();
  if (place) {
    await person.act('places', { place });
  }
}

async function sendLink(person) {
  const title = el('input', { name: 'title', required: true, maxlength: '200', value: word('linkTitleSample') });
  const description = el('input', { name: 'description', maxlength: '500' });
  const url = el('input', { name: 'url', type: 'url', required: true, maxlength: '1000', value: 'https://www.example.com/' });
  const fields = [field(word('linkTitle'), title), field(word('linkDescription'), description), field(word('linkUrl'), url)];
  if (await dialog(word('link'), fields, word('send'))) {
    await person.act('links', { title: title.value, description: description.value, url: url.value });
  }
}

async function scan() {
  const text = el('textarea', { name: 'scan', rows: '3', required: true, maxlength: '4000' });
  text.value = 'https://www.example.com/table/12,a';
  const kind = choice(word('scanType'), 'scanType', ['qrcode', 'barcode'].map((type) => [type, word(type)]), 'qrcode');
  const symbology = el('select', { name: 'symbology' }, ...SYMBOLOGIES.map((name) => el('option', {}, name)));
  const row = field(word('symbology'), symbology);
  row.hidden = true;
  const type = () => chosenIn(kind);
  kind.addEventListener('change', () => (row.hidden = type() === 'qrcode'));
  if (!(await dialog(word('scanTitle'), [field(word('scanText'), text), kind, row], word('scan')))) {
    return null;
  }
  const bar = type() === 'barcode';
  return { scanType: type(), scan: bar ? `${symbology.value},${text.value.trim()}` : text.value };
}

/**
 * @param input "radio" for one picture, "checkbox" for several
 * @param event whether an event tells of them, too
 */
async function pictures(title, input, event = true) {
  const album = el('div', { class: 'album', role: 'group', 'aria-label': title });
  for (let number = 1; number <= ALBUM; number++) {
    const name = `album-${number}`;
    album.append(
      el(
        'label',
        { class: 'album-picture' },
        el('input', { type: input, name: 'picture', value: name, checked: number === 1, 'aria-label': word('picture', { number }) }),
        el('img', { src: `pictures/${name}`, alt: '' }),
      ),
    );
  }
  const first = el('input', { type: 'checkbox', name: 'picturesFirst' });
  const order = el('label', { class: 'check' }, first, word('picturesFirst'));
  const confirmed = await dialog(title, event ? [album, order] : [album], word('sendPictures'));
  const chosen = [...album.querySelectorAll('input')].filter((node) => node.checked).map((node) => node.value);
  return confirmed && chosen.length > 0 ? { album: chosen, picturesFirst: first.checked } : null;
}
