// What a client shows of a button's name: on the first level as much as four Chinese characters are wide, on the second
// eight, the rest as "…". Latin letters and digits are half as wide.

const WIDE =
  /^(?:[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2600-\u27bf\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|.\ufe0f)/su;
const HALF_WIDTHS = { first: 8, second: 16 };
const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How wide a sign or a text is: a Chinese character or an emoji is 2, a Latin letter 1. */
export function halfWidths(text) {
  return [...signs.segment(text)].reduce((sum, { segment }) => sum + (WIDE.test(segment) ? 2 : 1), 0);
}

/** @param level "first" or "second" */
export function shownName(name, level) {
  let width = 0;
  let shown = '';
  for (const { segment } of signs.segment(name)) {
    width += halfWidths(segment);
    if (width > HALF_WIDTHS[level]) {
      return `${shown}…`;
    }
    shown += segment;
  }
  return shown;
}

/** Whether nothing of a text is seen: no sign at all, or only blanks and signs without a shape. */
export function isUnseen(text) {
  return /^[\p{C}\p{Z}\s]*$/u.test(text);
}
