// Makes elements. Text always becomes a text node: nothing that came from elsewhere is ever read as HTML.

/** @typedef {Record<string, unknown>} Attributes names beginning with "on" are listeners; false, null and undefined leave one out */
/** @typedef {Node|string|null|undefined} Child null and undefined leave one out */

/**
 * An element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/**
 * The same for drawings.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} attributes
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/**
 * The element of the page with this id, which is there.
 * @param {string} id
 */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * The first element below a node that fits; null where none does.
 * @param {ParentNode} node
 * @param {string} selector
 * @returns {HTMLElement|null}
 */
export function find(node, selector) {
  return node.querySelector(selector);
}

/** What has the focus, where that is below the node; else null. @param {Node} node */
export function focusedIn(node) {
  const active = document.activeElement;
  return active instanceof HTMLElement && node.contains(active) ? active : null;
}

/**
 * Those that are there.
 * @template T
 * @param {(T|null|undefined|false|'')[]} all
 * @returns {T[]}
 */
export function present(all) {
  return /** @type {T[]} */ (all.filter(Boolean));
}

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function dress(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
