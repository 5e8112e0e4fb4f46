// Rules for the modules of the pages and the tests of them.
import js from '@eslint/js';

const BROWSER = [
  'AbortController', 'Blob', 'CSS', 'Element', 'Event', 'FormData', 'HTMLElement', 'MutationObserver', 'Node', 'ResizeObserver', 'TextDecoderStream', 'TextEncoder',
  'URL', 'URLSearchParams', 'addEventListener', 'clearInterval', 'clearTimeout', 'document', 'fetch', 'getComputedStyle', 'history', 'innerHeight', 'localStorage',
  'location', 'matchMedia', 'navigator', 'performance', 'removeEventListener', 'requestAnimationFrame', 'scrollBy', 'scrollTo', 'setInterval', 'setTimeout',
  'EventSource', 'crypto', 'structuredClone',
];
const globals = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-shadow': 'error',
      'no-unused-vars': ['error', { caughtErrors: 'all', ignoreRestSiblings: true }],
      'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
      'object-shorthand': 'error',
      'prefer-template': 'error',
      curly: 'error',
      complexity: ['error', 18],
      'max-lines': ['error', 600],
      // Text that came from elsewhere is never read as HTML.
      'no-restricted-properties': ['error', ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({ property }))],
      'no-restricted-globals': ['error', 'event', 'name', 'status', 'alert', 'prompt'],
    },
  },
  { files: ['src/main/resources/io/weir/**/*.js'], languageOptions: { globals: globals(BROWSER) } },
  // Lists of words.
  { files: ['**/words*.js'], rules: { 'max-lines': 'off' } },
  { files: ['src/test/js/*.mjs'], languageOptions: { globals: globals(['URL', 'globalThis']) } },
];
