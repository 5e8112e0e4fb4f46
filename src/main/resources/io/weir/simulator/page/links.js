// Texts of an account may hold links, written as <a href="…">words</a>. The words become a button, the address is shown when
// it is pressed; all else stays text.
import { el } from './dom.js';

const LINK = /<a\s[^<>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^<>]*>([^<]*)<\/a>/gi;

/** @param open is given the address of a link that is pressed */
export function withLinks(text, open) {
  const nodes = [];
  let end = 0;
  for (const link of text.matchAll(LINK)) {
    const address = link[1] ?? link[2];
    nodes.push(text.slice(end, link.index));
    nodes.push(el('button', { type: 'button', class: 'link', onclick: () => open(address) }, link[3]));
    end = link.index + link[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}
