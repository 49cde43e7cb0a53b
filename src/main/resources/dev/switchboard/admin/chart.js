// Lines over the last minutes.

import { el, svg } from './dom.js';

const LEFT = 58;
const RIGHT = 6;
const TOP = 8;
const BOTTOM = 18;
const MINUTE = 60000;

/** The least round number that is not below. */
function ceiling(value) {
  if (!(value > 0)) return 1;
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((n) => n * step).find((n) => n >= value * 0.999);
}

/**
 * A chart of some lines: `{name, value(sample)}`, where null is a gap.
 *
 * @param mostMillis from its left end to now, at most; a minute, as long as there is no more
 * @param print writes a value
 * @param least the lowest upper end of the scale
 */
export function chart(title, lines, mostMillis, print, least = 0) {
  const keys = lines.map((line, n) => el('span', { class: `key l${n + 1}` }, line.name, ' ', el('b')));
  const picture = svg('svg', { role: 'img', tabindex: '0' });
  const place = el('div', { class: 'chart' }, el('div', { class: 'top' }, el('h3', null, title), keys), picture);
  let samples = [];
  let pointed = null;
  let spanMillis = MINUTE;

  function draw() {
    const width = picture.clientWidth;
    const height = picture.clientHeight;
    if (!width) return;
    const end = samples.at(-1)?.at ?? Date.now();
    spanMillis = Math.min(mostMillis, Math.max(1, Math.ceil((end - (samples[0]?.at ?? end)) / MINUTE)) * MINUTE);
    const shown = samples.filter((one) => one.at >= end - spanMillis);
    const values = lines.map((line) => shown.map(line.value));
    const top = ceiling(Math.max(least, ...values.flat().filter((value) => value !== null)));
    const x = (at) => LEFT + (width - LEFT - RIGHT) * (1 - (end - at) / spanMillis);
    const y = (value) => TOP + (height - TOP - BOTTOM) * (1 - value / top);
    const parts = [0, top / 2, top].flatMap((value) => [
      svg('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
      svg('text', { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, print(value)),
    ]);
    const minutes = Math.round(spanMillis / MINUTE);
    parts.push(svg('text', { x: LEFT, y: height - 3 }, `${minutes} min ago`), svg('text', { x: width - RIGHT, y: height - 3, 'text-anchor': 'end' }, 'now'));
    lines.forEach((line, n) => {
      let pen = 'M';
      const path = shown.map((one, i) => {
        if (values[n][i] === null) {
          pen = 'M';
          return '';
        }
        const point = `${pen}${x(one.at).toFixed(1)} ${y(values[n][i]).toFixed(1)}`;
        pen = 'L';
        return point;
      });
      parts.push(svg('path', { class: `l${n + 1}`, d: path.join('') }));
    });
    const index = pointed === null ? shown.length - 1 : Math.max(0, shown.length - 1 - pointed);
    if (pointed !== null && shown[index]) {
      const at = x(shown[index].at);
      parts.push(svg('line', { class: 'at', x1: at, x2: at, y1: TOP, y2: height - BOTTOM }));
      values.forEach((own, n) => own[index] !== null && parts.push(svg('circle', { class: `l${n + 1}`, cx: at, cy: y(own[index]), r: 4 })));
      parts.push(svg('text', { x: Math.min(at, width - 60), y: TOP + 2, dx: 6 }, new Date(shown[index].at).toLocaleTimeString()));
    }
    picture.replaceChildren(...parts);
    const told = lines.map((line, n) => {
      const value = values[n][index] ?? null;
      keys[n].lastChild.textContent = value === null ? '–' : print(value);
      return `${line.name} ${value === null ? 'none' : print(value)}`;
    });
    picture.setAttribute('aria-label', `${title}: ${told.join(', ')}`);
  }

  function point(event) {
    const box = picture.getBoundingClientRect();
    const end = samples.at(-1)?.at ?? 0;
    const at = end - spanMillis * (1 - (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT));
    let nearest = 0;
    samples.forEach((one, n) => {
      if (Math.abs(one.at - at) < Math.abs(samples[nearest].at - at)) nearest = n;
    });
    pointed = samples.length - 1 - nearest;
    draw();
  }

  function leave() {
    pointed = null;
    draw();
  }

  picture.addEventListener('pointermove', point);
  picture.addEventListener('pointerdown', point);
  picture.addEventListener('pointerleave', leave);
  picture.addEventListener('blur', leave);
  picture.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (step) {
      pointed = Math.min(samples.length - 1, Math.max(0, (pointed ?? 0) + step));
      event.preventDefault();
      draw();
    } else if (event.key === 'Escape') {
      leave();
    }
  });
  new ResizeObserver(draw).observe(picture);
  return {
    place,
    show(all) {
      samples = all;
      draw();
    },
  };
}
