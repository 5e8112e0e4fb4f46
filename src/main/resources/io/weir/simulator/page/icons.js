// Drawings on buttons, hidden from screen readers: the button itself has a name.
import { svg } from './dom.js';

const PATHS = {
  keyboard: 'M3 6h18v12H3zM6 10h1M10 10h1M14 10h1M18 10h0M7 14h10',
  list: 'M5 7h14M5 12h14M5 17h14',
  plus: 'M12 4a8 8 0 1 0 .01 0M12 8v8M8 12h8',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  voice: 'M8 9v6M12 6v12M16 9v6',
  play: 'M8 5l11 7-11 7z',
  music: 'M9 18V6l10-2v12M9 18a2.500 2.500 0 1 1-.01 0M19 16a2.500 2.500 0 1 1-.01 0',
  page: 'M6 3h9l4 4v14H6zM15 3v4h4',
  app: 'M12 3a9 9 0 1 0 .01 0M8 14c0 3 4 3 4 0v-4c0-3 4-3 4 0',
  place: 'M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12zM12 7a2 2 0 1 0 .01 0',
  person: 'M12 4a4 4 0 1 0 .01 0M4 21c0-9 16-9 16 0',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 10a3 3 0 1 0 .01 0',
  album: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 8h.01',
  film: 'M4 6h11v12H4zM15 10l5-3v10l-5-3',
  link: 'M10 14a4 4 0 0 1 0-6l2-2a4 4 0 0 1 6 6l-1 1M14 10a4 4 0 0 1 0 6l-2 2a4 4 0 0 1-6-6l1-1',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
};

/** One of the drawings above. */
export function icon(name) {
  return svg('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' }, svg('path', { d: PATHS[name] }));
}
