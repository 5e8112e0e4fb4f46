// The map on which a place is chosen: a drawing, so that it needs no network.
import { choice, chosenIn, dialog, field } from './dialogs.js';
import { el } from './dom.js';
import { word } from './words.js';

/** What the drawing shows. */
const NORTH = 23.16;
const SOUTH = 23.06;
const WEST = 113.22;
const EAST = 113.38;
const STEP = 0.02;

/** Names that the drawing has, at the middle of their words. @type {[string, number, number][]} */
const NAMES = [
  ['广州市荔湾区流花湖', 0.17, 0.2],
  ['广州市越秀区北京路', 0.43, 0.17],
  ['广州市天河区天河城', 0.71, 0.21],
  ['广州市海珠区海珠湖', 0.83, 0.81],
  ['广州市海珠区江南西', 0.47, 0.9],
  ['广州市荔湾区芳村', 0.22, 0.9],
];
const BEGIN = { x: 0.47, y: 0.86 };
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/** Lets somebody choose; null when they do not. */
export async function choosePlace() {
  const chooser = new Chooser();
  return (await dialog(word('placeTitle'), chooser.nodes(), word('sendPlace'))) ? chooser.place() : null;
}

class Chooser {
  constructor() {
    this.pin = el('span', { class: 'pin' });
    this.map = el(
      'div',
      {
        class: 'map',
        tabindex: '0',
        role: 'application',
        'aria-label': word('mapLabel'),
        onclick: (event) => this.click(event),
        onkeydown: (event) => this.key(event),
      },
      el('img', { src: 'map.svg', alt: '', draggable: 'false' }),
      this.pin,
    );
    this.label = el('input', { name: 'label', required: true, maxlength: '200', oninput: () => (this.named = true) });
    this.latitude = coordinate('latitude', 90);
    this.longitude = coordinate('longitude', 180);
    this.poiName = el('input', { name: 'poiName', maxlength: '200' });
    this.named = false;
    this.x = BEGIN.x;
    this.y = BEGIN.y;
    this.zoom = choice(word('zoom'), 'scale', ['10', '15', '18'].map((scale) => [scale, scale]), '15');
    this.point(BEGIN.x, BEGIN.y);
  }

  nodes() {
    return [
      this.map,
      field(word('placeName'), this.label),
      el(
        'div',
        { class: 'fields' },
        field(word('latitude'), this.latitude),
        field(word('longitude'), this.longitude),
      ),
      field(word('poiName'), this.poiName),
      this.zoom,
    ];
  }

  place() {
    return {
      latitude: this.latitude.value,
      longitude: this.longitude.value,
      scale: chosenIn(this.zoom),
      label: this.label.value,
      poiName: this.poiName.value,
    };
  }

  click(event) {
    const box = this.map.getBoundingClientRect();
    this.point((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  key(event) {
    const step = ARROWS[event.key];
    if (step) {
      event.preventDefault();
      this.point(this.x + step[0], this.y + step[1]);
    }
  }

  /** From the left and from the top, 0 to 1. */
  point(x, y) {
    this.x = Math.min(1, Math.max(0, x));
    this.y = Math.min(1, Math.max(0, y));
    this.pin.style.left = `${this.x * 100}%`;
    this.pin.style.top = `${this.y * 100}%`;
    this.latitude.value = (NORTH - this.y * (NORTH - SOUTH)).toFixed(6);
    this.longitude.value = (WEST + this.x * (EAST - WEST)).toFixed(6);
    if (!this.named) {
      this.label.value = this.nearest();
    }
  }

  nearest() {
    const distance = ([, x, y]) => Math.hypot(x - this.x, y - this.y);
    return NAMES.reduce((near, one) => (distance(one) < distance(near) ? one : near))[0];
  }
}

function coordinate(name, most) {
  return el('input', { name, type: 'number', required: true, step: 'any', min: -most, max: most });
}
