// The form of one reply: its kind, the fields of that, placeholders to put into them, bytes as WeChat counts them.
import { number } from './amounts.js';
import { bubble } from './answerbubble.js';
import { isWithin } from './answerdraft.js';
import { el, find } from './dom.js';
import { button, field, select } from './parts.js';
import { inLanguage, word } from './words.js';

/** The bytes of UTF-8 that WeChat takes in a text. */
const TEXT_BYTES = 2048;
const KINDS = ['text', 'image', 'voice', 'video', 'music', 'news', 'transferToService', 'backend', 'none'];
const ARTICLE = { title: '', description: '', picUrl: '', url: '' };
const EMPTY = {
  text: { text: '' },
  image: { image: '' },
  voice: { voice: '' },
  video: { video: { mediaId: '' } },
  music: { music: { thumbMediaId: '' } },
  news: { news: [ARTICLE] },
  transferToService: { transferToService: true },
  backend: { backend: '' },
  none: { none: true },
};
/** The fields of each, and whether it must be there. @type {Record<string, [string, boolean?][]>} */
const PARTS = {
  video: [['mediaId', true], ['title'], ['description']],
  music: [['thumbMediaId', true], ['title'], ['description'], ['url'], ['hqUrl']],
};

export class AnswerForm {
  /**
   * @param reply that it begins with
   * @param context what may stand in it: `placeholders`, `backends`, `articles`
   * @param changed is called with each other reply
   * @param path of the reply, which the gateway's problems name
   */
  constructor(reply, context, changed, path) {
    this.reply = structuredClone(reply ?? {});
    this.context = context;
    this.changed = changed;
    this.path = path;
    this.problems = [];
    this.fields = [];
    this.last = null;
    this.preview = el('div', { class: 'answer-preview', role: 'group', 'aria-label': word('preview') });
    this.node = el('div', { class: 'answer-form' });
    this.draw();
  }

  get kind() {
    return KINDS.find((kind) => Object.hasOwn(this.reply, kind)) ?? '';
  }

  draw() {
    this.fields = [];
    this.last = null;
    const kinds = (this.context.nested ? KINDS.filter((one) => one !== 'backend') : KINDS).map((one) => [one, word(`kind.${one}`)]);
    const choice = select({ name: 'kind' }, this.kind ? kinds : [['', '–'], ...kinds], this.kind);
    choice.addEventListener('change', () => this.become(choice.value));
    this.node.replaceChildren(field(word('kind'), choice), ...this.parts(), this.places(), this.preview);
    this.show();
  }

  become(kind) {
    this.reply = structuredClone(EMPTY[kind] ?? {});
    this.tell();
    this.draw();
    find(this.node, '[data-field]')?.focus();
  }

  parts() {
    const { reply, kind } = this;
    if (kind === 'text') {
      return [this.text('text', '.text', reply.text, (value) => (reply.text = value), { rows: 5, most: TEXT_BYTES })];
    }
    if (kind === 'image' || kind === 'voice') {
      return [this.text('mediaId', `.${kind}`, reply[kind], (value) => (reply[kind] = value), {})];
    }
    if (kind === 'video' || kind === 'music') {
      return PARTS[kind].map(([name, needed]) =>
        this.text(name, `.${kind}.${name}`, reply[kind]?.[name] ?? '', (value) => this.part(kind, name, value, needed), {}),
      );
    }
    return { news: () => this.articles(), transferToService: () => this.transfer(), backend: () => this.backend() }[kind]?.() ?? [];
  }

  part(kind, name, value, needed) {
    if (value === '' && !needed) {
      delete this.reply[kind][name];
    } else {
      this.reply[kind][name] = value;
    }
  }

  articles() {
    const { news } = this.reply;
    const list = Array.isArray(news) ? news : [];
    const again = (change) => () => {
      change();
      this.tell();
      this.draw();
    };
    return [
      ...list.map((article, index) =>
        el(
          'fieldset',
          { class: 'answer-article' },
          el('legend', {}, word('article', { number: index + 1 })),
          ...Object.keys(ARTICLE).map((name) =>
            this.text(name, `.news[${index}].${name}`, article[name] ?? '', (value) => (article[name] = value), {}),
          ),
          button(word('removeArticle'), again(() => list.splice(index, 1)), { disabled: list.length === 1 }),
        ),
      ),
      button(word('addArticle'), again(() => list.push({ ...ARTICLE })), {
        disabled: list.length >= this.context.articles,
        'data-does': 'add-article',
      }),
      el('p', { class: 'hint' }, word('articlesHint', { count: this.context.articles })),
    ];
  }

  transfer() {
    const account = this.reply.transferToService?.account ?? '';
    return [
      this.text('serviceAccount', '.transferToService.account', account, (value) => {
        this.reply.transferToService = value === '' ? true : { account: value };
      }, {}),
      el('p', { class: 'hint' }, word('transferHint')),
    ];
  }

  backend() {
    const { reply, context } = this;
    const names = [...new Set(['', reply.backend, ...context.backends])].map((one) => [one, one || '–']);
    const choice = select({ name: 'backend', 'data-field': '.backend' }, names, reply.backend);
    choice.addEventListener('change', () => {
      reply.backend = choice.value;
      this.tell();
    });
    this.fields.push(['.backend', choice]);
    const nested = new AnswerForm(reply.otherwise ?? { none: true }, { ...context, nested: true }, (value) => {
      reply.otherwise = value;
      this.tell();
    }, `${this.path}.otherwise`);
    this.otherwise = nested;
    return [
      field(word('backend'), choice),
      context.backends.length === 0 ? el('p', { class: 'hint' }, word('noBackends')) : null,
      el('fieldset', { class: 'answer-article' }, el('legend', {}, word('otherwise')), nested.node),
    ].filter(Boolean);
  }

  /** A field for a text, with its bytes. */
  text(name, path, value, write, { rows = 1, most = 0 }) {
    const input = rows > 1
      ? el('textarea', { rows: String(rows), 'data-field': path, dir: 'auto' })
      : el('input', { type: 'text', 'data-field': path, dir: 'auto', autocomplete: 'off' });
    input.value = value ?? '';
    const bytes = el('small', { class: 'answer-bytes' });
    const count = () => {
      const size = new TextEncoder().encode(input.value).length;
      bytes.textContent = most ? word('bytesOf', { count: number(size), most: number(most) }) : word('bytes', { count: number(size) });
      bytes.classList.toggle('bad', most > 0 && size > most);
    };
    input.addEventListener('focus', () => (this.last = input));
    input.addEventListener('input', () => {
      write(input.value);
      count();
      this.tell();
    });
    count();
    this.fields.push([path, input]);
    return el('div', { class: 'answer-field' }, field(word(`field.${name}`), input), bytes);
  }

  /** Buttons that put a placeholder where the cursor is. */
  places() {
    const takes = ['text', 'image', 'voice', 'video', 'music', 'news', 'transferToService'].includes(this.kind);
    return el(
      'details',
      { class: 'answer-places', hidden: !takes, open: this.kind === 'text' && !this.context.nested },
      el('summary', {}, word('placeholders')),
      el('div', { class: 'row' }, ...this.context.placeholders.map((name) => button(`{${name}}`, () => this.put(`{${name}}`)))),
    );
  }

  put(text) {
    const input = this.last ?? this.fields[0]?.[1];
    if (input && 'setRangeText' in input) {
      input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end');
      input.dispatchEvent(new Event('input'));
      input.focus();
    }
  }

  tell() {
    this.show();
    this.changed(structuredClone(this.reply));
  }

  show() {
    this.preview.replaceChildren(...(this.context.nested ? [] : [el('small', {}, word('preview')), bubble(this.reply)]));
  }

  /** Shows each problem at its field; what belongs to none is given back. */
  judge(problems) {
    this.node.querySelectorAll('.answer-problem').forEach((node) => node.remove());
    this.fields.forEach(([, input]) => input.removeAttribute('aria-invalid'));
    const own = problems.filter((one) => isWithin(one.path, this.path));
    const left = this.otherwise && this.kind === 'backend' ? this.otherwise.judge(own) : [];
    return own
      .filter((one) => !(this.otherwise && this.kind === 'backend' && isWithin(one.path, this.otherwise.path)))
      .filter((one) => !this.mark(one))
      .concat(left);
  }

  mark(problem) {
    const found = this.fields.find(([path]) => problem.path === this.path + path);
    if (!found) {
      return false;
    }
    found[1].setAttribute('aria-invalid', String(problem.severity === 'error'));
    found[1].closest('label').after(problemLine(problem));
    return true;
  }
}

/** A problem in the gateway's words. */
export function problemLine(problem) {
  return el(
    'p',
    { class: `answer-problem ${problem.severity === 'error' ? 'bad' : 'warn'}`, dir: 'auto' },
    inLanguage(`${problem.rule}${problem.hint ? `; ${problem.hint}` : ''}`),
  );
}
