// As much of a document as drawing needs: a tree of elements that can be read. Import it before the modules of a page.

class Drawn {
  constructor(tag) {
    this.tag = tag;
    this.attributes = {};
    this.childNodes = [];
    this.dataset = {};
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  addEventListener() {}

  append(...nodes) {
    this.childNodes.push(...nodes);
  }

  replaceChildren(...nodes) {
    this.childNodes = nodes;
  }

  hasChildNodes() {
    return this.childNodes.length > 0;
  }

  get textContent() {
    return this.childNodes.map((node) => (typeof node === 'string' ? node : node.textContent)).join('');
  }
}

globalThis.document = {
  createElement: (tag) => new Drawn(tag),
  createElementNS: (space, tag) => new Drawn(tag),
  documentElement: { dataset: {} },
  baseURI: 'http://127.0.0.1/console/',
};

/** The elements below a node that have this class. */
export function all(node, kind) {
  const below = (node.childNodes ?? []).flatMap((child) => all(child, kind));
  return (node.attributes?.class ?? '').split(' ').includes(kind) ? [node, ...below] : below;
}
