// The page's own words. What came with a push, or from WeChat, is never translated.
import { ENGLISH } from './words-en.js';
import { HEALTH } from './words-health.js';
import { CHINESE } from './words-zh.js';

const WORDS = { en: { ...ENGLISH, ...HEALTH.en }, zh: { ...CHINESE, ...HEALTH.zh } };
let current = 'en';

/** Which of the languages the page speaks: "en" or "zh". */
export function language() {
  return current;
}

export function speak(code) {
  current = Object.hasOwn(WORDS, code) ? code : 'en';
  document.documentElement.lang = locale();
  document.querySelectorAll('[data-word]').forEach((node) => {
    node.textContent = word(node.getAttribute('data-word'));
  });
  document.querySelectorAll('[data-label]').forEach((node) => {
    node.setAttribute('aria-label', word(node.getAttribute('data-label')));
  });
}

/** The words of that name, with {name} replaced by the value of that name. */
export function word(name, values = {}) {
  return WORDS[current][name].replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/** The words for a value that the gateway names; the value itself where it is not known here. */
export function named(prefix, value) {
  const name = `${prefix}.${value}`;
  return Object.hasOwn(WORDS[current], name) ? word(name) : String(value);
}

/** Whichever of two texts is in the language of the page: the gateway tells some in both. */
export function inLanguage(english, chinese) {
  return (current === 'zh' && chinese) || english || chinese || '';
}

/** For numbers and times. */
export function locale() {
  return current === 'zh' ? 'zh-CN' : 'en-GB';
}
