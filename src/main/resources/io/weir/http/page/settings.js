// Language and colours: what the browser prefers, until somebody chooses.
import { byId } from './dom.js';
import { language, speak, word } from './words.js';

const THEMES = ['auto', 'light', 'dark'];
const THEME_WORDS = { auto: 'themeAuto', light: 'themeLight', dark: 'themeDark' };

/** Sets both up; `redraw` is called after the language has changed. */
export function settings(redraw) {
  let theme = THEMES.find((one) => one === remembered('theme')) ?? 'auto';
  const preferred = (navigator.language || 'en').toLowerCase().startsWith('zh') ? 'zh' : 'en';
  speak(remembered('language') || preferred);

  const show = () => {
    document.documentElement.dataset.theme = theme;
    byId('theme').textContent = word(THEME_WORDS[theme]);
    byId('theme').setAttribute('aria-label', word('themeLabel', { now: word(THEME_WORDS[theme]) }));
    byId('language').textContent = word('language');
    byId('language').lang = language() === 'zh' ? 'en' : 'zh-CN';
    byId('language').setAttribute('aria-label', word('languageLabel'));
  };
  byId('theme').addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    remember('theme', theme);
    show();
  });
  byId('language').addEventListener('click', () => {
    speak(language() === 'zh' ? 'en' : 'zh');
    remember('language', language());
    show();
    redraw();
  });
  show();
}

/** What another page or visit remembered; null for nothing. A browser may forbid it: then each visit begins anew. */
export function remembered(name) {
  try {
    return localStorage.getItem(`weir.${name}`);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`weir.${name}`, value);
  } catch {
    // Then not.
  }
}
