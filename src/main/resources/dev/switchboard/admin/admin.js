// The page: who is at it, what it asks for every two seconds, and what it shows of it.

import { chart } from './chart.js';
import { byId, el, table } from './dom.js';
import { follower } from './follow.js';
import { bytes, grouped, most, number, quantile, rate, span, sum, time } from './figures.js';
import { logs } from './logs.js';

const EVERY_MILLIS = 2000;
const HISTORY_MILLIS = 5 * 60000;
/** Rates and quantiles are of so long, so that they do not jump. */
const WINDOW_MILLIS = 10000;
const TOKEN = 'switchboard.admin.token';

// ---- who is at it

let token = sessionStorage.getItem(TOKEN);

const claims = () => {
  try {
    const [, payload] = token.split('.');
    const raw = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(raw, (c) => c.charCodeAt(0))));
  } catch {
    return {};
  }
};

class Refusal extends Error {
  constructor(status, error) {
    super(error?.message ?? 'The server does not answer as it should');
    this.status = status;
  }
}

async function ask(path, body, bearer = token) {
  const headers = bearer ? { Authorization: `Bearer ${bearer}` } : {};
  const answer = await fetch(path, { method: body === undefined ? 'GET' : 'POST', headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, said.error);
  return said;
}

function atTheDoor(why = '') {
  token = null;
  sessionStorage.removeItem(TOKEN);
  byId('refusal').textContent = why;
  byId('door').hidden = false;
  byId('desk').hidden = true;
  byId('name').focus();
}

async function enter(fresh) {
  token = fresh;
  await look();
  sessionStorage.setItem(TOKEN, token);
  byId('log-in').reset();
  byId('door').hidden = true;
  byId('desk').hidden = false;
  byId('me').textContent = claims().name ?? '';
  show();
}

byId('log-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { name, password, token: given } = Object.fromEntries(new FormData(event.target));
  try {
    const fresh = given.trim() || (await ask('/token', password ? { name, password } : { name }, null)).token;
    await enter(fresh);
  } catch (refusal) {
    atTheDoor(refusal.message);
  }
});

byId('log-out').addEventListener('click', () => {
  following.end();
  atTheDoor();
});

/** A token that is about to expire is changed for a fresh one. */
async function refresh() {
  if ((claims().exp ?? Infinity) * 1000 - Date.now() < 120000) {
    token = (await ask('/token', {})).token;
    sessionStorage.setItem(TOKEN, token);
  }
}

// ---- light and dark

const theme = (wanted) => {
  if (wanted) document.documentElement.dataset.theme = wanted;
};
theme(localStorage.getItem('switchboard.admin.theme'));
byId('theme').addEventListener('click', () => {
  const isDark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  theme(isDark ? 'light' : 'dark');
  localStorage.setItem('switchboard.admin.theme', isDark ? 'light' : 'dark');
});

// ---- what it asks for

/** What the nodes said, the newest last: whole only as far back as rates are counted from. */
let states = [];
let samples = [];
let lost = false;

const now = () => states.at(-1);
const before = () => (states.length > 1 ? states[0] : null);
const here = () => now().nodes.filter((node) => node.meters);
const transport = (name) => (one) => one.transport === name;

function sampled(state) {
  const nodes = state.nodes.filter((node) => node.meters);
  const former = before();
  return {
    at: state.at,
    sockets: sum(nodes, 'switchboard_sockets'),
    webSocket: sum(nodes, 'switchboard_sockets', transport('websocket')),
    sockJs: sum(nodes, 'switchboard_sockets', (one) => one.transport.startsWith('sockjs')),
    socketIo: sum(nodes, 'switchboard_sockets', transport('socket-io')),
    in: rate(former, state, 'switchboard_events_in'),
    out: rate(former, state, 'switchboard_events_out'),
    errors: rate(former, state, 'switchboard_errors'),
    half: quantile(0.5, former, state, 'switchboard_latency'),
    high: quantile(0.99, former, state, 'switchboard_latency'),
    outbox: sum(nodes, 'switchboard_outbox_messages'),
    lanes: sum(nodes, 'switchboard_lane_messages'),
    sent: rate(former, state, 'switchboard_node_bytes', (one) => one.direction === 'sent'),
  };
}

async function look() {
  const state = await ask('state');
  if (state.at === now()?.at) return;
  states = [...states.filter((one) => one.at >= state.at - WINDOW_MILLIS), state];
  samples = [...samples.filter((one) => one.at >= state.at - HISTORY_MILLIS), sampled(state)];
}

async function turn() {
  if (token) {
    try {
      await refresh();
      await look();
      lost = false;
      if (!byId('desk').hidden) show();
    } catch (refusal) {
      if (refusal.status === 401 || refusal.status === 403) atTheDoor(refusal.message);
      else lost = true;
    }
    byId('banner').hidden = !lost;
    byId('banner').textContent = lost ? 'The node does not answer. What is shown is old.' : '';
  }
  setTimeout(turn, EVERY_MILLIS);
}

// ---- what it shows: figures

const shortly = (node) => (node ? node.slice(0, 8) : 'this node');
const nodeName = (id) => {
  const node = now().nodes.find((one) => one.node === id);
  return node?.address ? `${shortly(id)} · ${node.address}` : shortly(id);
};

const tiles = Object.fromEntries(
  ['Open sockets', 'Events in', 'Events out', 'Latency, 99th percentile', 'Waiting', 'Errors'].map((name) => {
    const value = el('strong', null, '–');
    const more = el('small');
    byId('tiles').append(el('div', { class: 'tile' }, el('h3', null, name), value, more));
    return [name, (main, rest) => { value.textContent = main; more.textContent = rest; }];
  }),
);

function showTiles() {
  const last = samples.at(-1);
  const nodes = here();
  tiles['Open sockets'](number(last.sockets), `${number(sum(nodes, 'switchboard_tcp_connections'))} TCP connections`);
  tiles['Events in'](number(last.in), 'per second');
  tiles['Events out'](number(last.out), 'per second');
  tiles['Latency, 99th percentile'](time(last.high), `median ${time(last.half)}`);
  tiles.Waiting(number(last.outbox + last.lanes), last.outbox ? `${number(most(nodes, 'switchboard_outbox_deepest'))} for one client` : 'nobody reads too slowly');
  tiles.Errors(number(last.errors), `a second; ${number(sum(nodes, 'switchboard_errors'))} in all`);
}

const charts = [
  chart('Open sockets', [
    { name: 'WebSocket', value: (one) => one.webSocket },
    { name: 'SockJS', value: (one) => one.sockJs },
    { name: 'Socket.IO', value: (one) => one.socketIo },
  ], HISTORY_MILLIS, number, 4),
  chart('Events per second', [
    { name: 'in', value: (one) => one.in },
    { name: 'out', value: (one) => one.out },
  ], HISTORY_MILLIS, number, 1),
  chart('Latency', [
    { name: 'median', value: (one) => one.half },
    { name: '99th percentile', value: (one) => one.high },
  ], HISTORY_MILLIS, time, 0.001),
  chart('Waiting messages', [
    { name: 'for clients', value: (one) => one.outbox },
    { name: 'for handlers', value: (one) => one.lanes },
  ], HISTORY_MILLIS, number, 4),
];
charts.forEach((one) => byId('charts').append(one.place));

function showCluster() {
  const nodes = here();
  const safe = nodes.every((node) => node.meters.switchboard_cluster_safe);
  const silent = now().nodes.filter((node) => node.fault && node.fault !== 'NO_HANDLER').length;
  const count = now().nodes.length;
  const sent = samples.at(-1).sent;
  const words = [count === 1 ? '1 node' : `${count} nodes`];
  if (count > 1) words.push(safe ? 'safe' : 'at risk', `${bytes(sent ?? 0)}/s between them`);
  if (silent) words.push(`${silent} silent`);
  byId('cluster').textContent = words.join(' · ');
  byId('cluster').className = `chip ${silent || !safe ? 'warn' : 'good'}`;
}

// ---- what it shows: tables

const button = (text, action) => el('button', { type: 'button', class: 'plain edged', click: action }, text);
const of = (node) => (one) => ({ ...one, nodes: one.nodes.filter((other) => other.node === node.node) });
const its = (node, meter) => rate(before() && of(node)(before()), of(node)(now()), meter);

/** In words, and as what it looks. A node without this page answers that nobody there knows the question. */
function condition(node) {
  if (node.fault) return node.fault === 'NO_HANDLER' ? ['no clients', ''] : ['silent', 'warn'];
  return node.draining ? ['going down', 'warn'] : ['serves', 'good'];
}

const showNodes = table(byId('node-table'), [
  { head: 'Node', cell: (node) => [el('span', { class: 'id' }, shortly(node.node)), el('span', { class: 'two' }, node.address ?? '')] },
  { head: 'State', print: (node) => condition(node)[0], cell: (node) => el('span', { class: `chip ${condition(node)[1]}` }, condition(node)[0]) },
  { head: 'Sockets', kind: 'n', print: (node) => (node.meters ? number(sum([node], 'switchboard_sockets')) : '') },
  { head: 'In /s', kind: 'n', print: (node) => (node.meters ? number(its(node, 'switchboard_events_in')) : '') },
  { head: 'Out /s', kind: 'n', print: (node) => (node.meters ? number(its(node, 'switchboard_events_out')) : '') },
  { head: 'Waiting', kind: 'n', print: (node) => (node.meters ? number(sum([node], 'switchboard_outbox_messages') + sum([node], 'switchboard_lane_messages')) : '') },
  { head: 'CPU', kind: 'n', print: (node) => (node.cpu >= 0 ? `${Math.round(node.cpu * 100)} %` : '') },
  { head: 'Heap', kind: 'n', print: (node) => (node.heap ? `${bytes(node.heap)} of ${bytes(node.heapMost)}` : '') },
  { head: 'Up', kind: 'n', print: (node) => (node.uptime ? span(node.uptime) : '') },
  { head: '', kind: 'end', print: (node) => `${node.draining || !node.meters}`, cell: (node) => (node.meters && !node.draining ? button('Drain', () => drain(node)) : null) },
], (node) => node.node, 'No node answers.');

const eventFits = (row) => (one) => one.namespace === row.namespace && one.event === row.event;
const showEvents = table(byId('event-table'), [
  { head: 'Event', print: (row) => row.event, cell: (row) => el('span', { class: 'long' }, row.event) },
  { head: 'Namespace', print: (row) => row.namespace, cell: (row) => el('code', null, row.namespace) },
  { head: 'Per second', kind: 'n', print: (row) => number(rate(before(), now(), 'switchboard_events_in', eventFits(row))) },
  { head: 'Handler, median', kind: 'n', print: (row) => time(quantile(0.5, before(), now(), 'switchboard_handler', eventFits(row))) },
  { head: '99th percentile', kind: 'n', print: (row) => time(quantile(0.99, before(), now(), 'switchboard_handler', eventFits(row))) },
  { head: 'Since the start', kind: 'n', print: (row) => number(row.value) },
], (row) => JSON.stringify([row.namespace, row.event]), 'No client has sent an event yet.');

const showHandlers = table(byId('handler-table'), [
  { head: 'Handler', print: (row) => row.name, cell: (row) => el('span', { class: 'long' }, row.name) },
  { head: 'Version', print: (row) => row.version ?? '', cell: (row) => (row.version ? el('code', null, row.version) : null) },
  { head: 'Instances', kind: 'n', print: (row) => number(row.instances) },
  { head: 'Node', print: (row) => nodeName(row.node), cell: (row) => el('span', { class: 'id' }, nodeName(row.node)) },
  { head: 'Events', kind: 'wide', print: (row) => JSON.stringify(row.events), cell: (row) =>
    el('div', { class: 'chips' }, Object.entries(row.events ?? {}).flatMap(([namespace, names]) => names.map((name) => el('span', { class: 'chip', title: `${name} in ${namespace}` }, name)))) },
], (row) => JSON.stringify([row.node, row.name, row.version]), 'No handler runs.');

const troubles = [
  ['Errors told to clients', 'switchboard_errors', 'code'],
  ['Sockets ended, by code', 'switchboard_closed_sockets', 'code'],
  ['Connections refused, by', 'switchboard_refused_connections', 'by'],
  ['Too fast, by', 'switchboard_rate_limited', 'by'],
  ['Dropped for slow readers', 'switchboard_overflows', 'policy'],
  ['Came back', 'switchboard_resumes', 'outcome'],
].map(([title, meter, label]) => {
  const place = el('div', { class: 'table' });
  byId('trouble-tables').append(el('div', null, el('h3', null, title), place));
  const show = table(place, [
    { head: 'What', print: (row) => row[label] },
    { head: 'Per second', kind: 'n', print: (row) => number(rate(before(), now(), meter, (one) => one[label] === row[label])) },
    { head: 'In all', kind: 'n', print: (row) => number(row.value) },
  ], (row) => row[label], 'None');
  place.classList.add('small');
  return () => show(grouped(here(), meter, label).sort((a, b) => b.value - a.value));
});

// ---- what it can do

let saying = 0;
function say(text) {
  byId('said').textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => (byId('said').textContent = ''), 6000);
}

/** Asks whoever is at it, and then does it; with a room, asks for that, too. */
function sure(what, why, yes, act, room = false) {
  const dialog = byId('sure');
  byId('sure-what').textContent = what;
  byId('sure-why').textContent = why;
  byId('sure-yes').textContent = yes;
  byId('sure-room').hidden = !room;
  const input = byId('sure-room').querySelector('input');
  input.required = room;
  input.value = '';
  dialog.returnValue = 'no';
  dialog.onclose = () => dialog.returnValue === 'yes' && act(input.value);
  dialog.showModal();
}

async function order(what, done) {
  try {
    await ask('act', what);
    say(done);
    return true;
  } catch (refusal) {
    say(refusal.message);
    return false;
  }
}

const drain = (node) =>
  sure(`Drain ${nodeName(node.node)}?`, 'It takes no clients any more, sends those that it has to other nodes, waits for its handlers, and ends.', 'Drain', () =>
    order({ do: 'drain', node: node.node }, 'The node goes down'));

const following = follower({ ask, button, refused: (why) => atTheDoor(why) });
const found = byId('found');
let question = null;

async function find() {
  if (!question) return;
  try {
    const told = await ask('find', question);
    found.replaceChildren(...(told.rooms ? rooms(told) : sockets(told)));
  } catch (refusal) {
    found.replaceChildren(el('p', { class: 'empty' }, refusal.message));
  }
}

async function then(doing) {
  if (await doing) setTimeout(find, 300);
}

function rooms({ all, rooms: names }) {
  const open = (name) => {
    question = { ...question, what: 'room', name };
    byId('find').what.value = 'room';
    byId('find').name.value = name;
    find();
  };
  return [
    el('h3', null, all > names.length ? `${number(all)} rooms, of which the first ${names.length}` : `${all} ${all === 1 ? 'room' : 'rooms'}`),
    el('div', { class: 'row' }, names.map((name) => button(name, () => open(name)))),
  ];
}

function sockets({ all, sockets: list }) {
  const { namespace, what, name } = question;
  const head = el('h3', null, all > list.length ? `${number(all)} sockets, of which the first ${list.length}` : `${all} ${all === 1 ? 'socket' : 'sockets'}`);
  if (what === 'user' && all) {
    head.append(
      button('Kick all', () => sure(`End all sockets of ${name}?`, 'Their clients do not come back by themselves.', 'Kick', () => then(order({ do: 'kick', namespace, user: name }, `${name} is kicked`)))),
      button('Move', () => sure(`Put all sockets of ${name} into a room`, '', 'Move', (room) => then(order({ do: 'join', namespace, user: name, room }, `${name} is in ${room}`)), true)),
      button('Revoke tokens', () => sure(`Revoke all tokens of ${name}?`, 'Their sockets end, in all namespaces, and they must log in again.', 'Revoke', () => then(order({ do: 'log-out', user: name }, `${name} must log in again`)))),
    );
  }
  const place = el('div', { class: 'table' });
  table(place, [
    { head: 'User', cell: (row) => [el('span', { class: 'long' }, row.name || 'anonymous'), row.user ? el('span', { class: 'two id long' }, row.user) : null] },
    { head: 'Socket', kind: 'long', cell: (row) => el('span', { class: 'id' }, row.id) },
    { head: 'Node', cell: (row) => el('span', { class: 'id' }, row.node === undefined || row.node === null ? '–' : nodeName(row.node)) },
    { head: 'Rooms', kind: 'wide', cell: (row) => el('div', { class: 'chips' }, row.rooms.map((room) => el('span', { class: 'chip', title: room }, room))) },
    { head: '', kind: 'end', cell: (row) => [
      button('Follow', () => following.begin({ namespace, id: row.id, name: row.name })), ' ',
      button('Move', () => sure('Put this socket into a room', row.id, 'Move', (room) => then(order({ do: 'join', namespace, socket: row.id, room }, `It is in ${room}`)), true)), ' ',
      button('Kick', () => sure(`End this socket of ${row.name || 'an anonymous client'}?`, 'Its client does not come back by itself.', 'Kick', () => then(order({ do: 'kick', namespace, socket: row.id }, 'It is kicked')))),
    ] },
  ], (row) => row.id, 'Nobody is there.')(list);
  return [head, place];
}

byId('find').addEventListener('submit', (event) => {
  event.preventDefault();
  question = Object.fromEntries(new FormData(event.target));
  find();
});

byId('notice').addEventListener('submit', (event) => {
  event.preventDefault();
  const { room, text } = Object.fromEntries(new FormData(event.target));
  const namespace = byId('find').namespace.value;
  sure(`Send to ${room ? `room ${room} of ${namespace}` : `everybody in ${namespace}`}?`, text, 'Send', async () => {
    if (await order({ do: 'notice', namespace, room, text }, 'The notice is sent')) event.target.reset();
  });
});

const showLogs = logs({ ask, order, button, nodeName, look: () => look().then(show) });

function showNamespaces() {
  const select = byId('find').namespace;
  const names = now().namespaces;
  if (names.length !== select.options.length) select.replaceChildren(...names.map((name) => el('option', null, name)));
}

function show() {
  showTiles();
  charts.forEach((one) => one.show(samples));
  showCluster();
  showNodes([...now().nodes].sort((a, b) => (a.address ?? '~').localeCompare(b.address ?? '~')));
  showEvents(grouped(here(), 'switchboard_events_in', 'namespace', 'event').sort((a, b) => b.value - a.value));
  showHandlers([...now().handlers].sort((a, b) => a.name.localeCompare(b.name) || a.node.localeCompare(b.node)));
  troubles.forEach((one) => one());
  showNamespaces();
  showLogs(now().nodes);
}

// ---- it begins

if (token) enter(token).catch((refusal) => atTheDoor(refusal.status ? refusal.message : ''));
else atTheDoor();
setTimeout(turn, EVERY_MILLIS);
