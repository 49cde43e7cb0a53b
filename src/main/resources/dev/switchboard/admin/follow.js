// Follows one socket: asks for what passed, again and again, as long as it is looked at.

import { byId, el, table } from './dom.js';
import { bytes, number, span } from './figures.js';

const EVERY_MILLIS = 500;
const MOST_ROWS = 200;

const clock = (millis) => {
  const at = new Date(millis);
  return `${at.toLocaleTimeString([], { hour12: false })}.${String(at.getMilliseconds()).padStart(3, '0')}`;
};
const data = (row) => row.data ?? (row.code ? String(row.code) : row.unshown ? 'bytes, or too large' : row.size ? 'hidden' : '');

/** What begins to follow a socket: `{namespace, id, name}`. */
export function follower({ ask, button, refused }) {
  const place = byId('follow');
  let current = null;

  function begin({ namespace, id, name }) {
    const mine = { namespace, socket: id, follower: crypto.randomUUID?.() ?? String(Math.random()) };
    const state = el('span', { class: 'chip good', role: 'status' }, 'live');
    const missed = el('span', { class: 'chip warn', hidden: true });
    const rows = [];
    const list = el('div', { class: 'table' });
    const show = table(list, [
      { head: 'Time', cell: (row) => el('span', { class: 'id' }, clock(row.at)) },
      { head: '', cell: (row) => el('span', { class: `chip ${row.in ? '' : 'good'}` }, row.in ? 'in' : 'out') },
      { head: 'What', cell: (row) => (row.id ? `${row.kind} ${row.id}` : row.kind) },
      { head: 'Event', cell: (row) => el('span', { class: 'long' }, row.event) },
      { head: 'Size', kind: 'n', cell: (row) => (row.size === undefined ? '' : bytes(row.size)) },
      { head: 'Data', kind: 'wide', cell: (row) => el('code', { class: row.data === undefined ? 'quiet' : 'long' }, data(row)) },
    ], (row) => row.key, 'Nothing has passed yet.');
    const stop = button('Stop', () => end('stopped'));
    place.replaceChildren(el('h3', null, `Follows ${name || 'an anonymous client'}`, el('span', { class: 'id' }, id), state, missed, stop), list);
    place.hidden = false;
    show(rows);
    current = mine;

    function end(why) {
      if (current === mine) current = null;
      state.className = 'chip warn';
      state.textContent = why;
      stop.replaceWith(button('Close', () => { if (!current) place.hidden = true; }));
    }

    async function turn() {
      if (current !== mine) return;
      try {
        const told = await ask('follow', mine);
        if (current !== mine) return;
        for (const one of told.seen) rows.unshift({ ...one, key: String(rows.key = (rows.key ?? 0) + 1) });
        rows.length = Math.min(rows.length, MOST_ROWS);
        show(rows);
        missed.hidden = !told.dropped;
        missed.textContent = `${number(told.dropped)} too fast to show`;
        state.textContent = `live, ${span(told.left)} left`;
        if (told.over) end('the time is up');
        else if (told.ended) end('the socket has ended');
        else setTimeout(turn, EVERY_MILLIS);
      } catch (refusal) {
        end(refusal.message);
        if (refusal.status === 401 || refusal.status === 403) refused(refusal.message);
      }
    }
    turn();
  }

  return { begin, end: () => { current = null; place.hidden = true; } };
}
