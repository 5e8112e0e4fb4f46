// The steps of a push in the gateway: a bar in proportion to the time, and each step with its own.
import { micros } from './amounts.js';
import { el, svg } from './dom.js';
import { named, word } from './words.js';

const WIDTH = 1000;

/** @param {{name: string, micros: number}[]} steps in order, each with the time since the push was received */
export function way(steps) {
  const whole = Math.max(1, ...steps.map((step) => step.micros));
  const began = (index) => (index === 0 ? 0 : steps[index - 1].micros);
  const bars = steps.map((step, index) => {
    const from = (began(index) / whole) * WIDTH;
    const to = (step.micros / whole) * WIDTH;
    return svg('rect', { x: from, y: 0, width: Math.max(0, to - from), height: 10, class: `part-${index % 5}` });
  });
  return el(
    'div',
    { class: 'way' },
    svg('svg', { viewBox: `0 0 ${WIDTH} 10`, preserveAspectRatio: 'none', class: 'way-bar', 'aria-hidden': 'true' }, ...bars),
    el(
      'ol',
      {},
      ...steps.map((step, index) =>
        el(
          'li',
          {},
          el('span', { class: `swatch part-${index % 5}`, 'aria-hidden': 'true' }),
          el('span', {}, named('step', step.name)),
          el('span', { class: 'at' }, word('sinceReceived', { time: micros(step.micros) })),
          el('span', { class: 'took' }, index === 0 ? '' : `+${micros(step.micros - began(index))}`),
        ),
      ),
    ),
  );
}
