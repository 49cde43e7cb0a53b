/** The chat's side of the wire: what happens on the socket, and what the person does. It draws nothing itself. */
import { Conversations, inRoom, withPerson } from './chat/conversations.js';
import { View } from './chat/view.js';
import { words } from './chat/words.js';

const { connect, token } = globalThis.Switchboard;
const TYPING_REPEATED = 3_000;
const TYPING_OVER = 4_000;
const ROOMS_REFRESHED = 15_000;
const SEND_TIMEOUT = 60_000;
const RECOUNTED = 1_000;

const talks = new Conversations(() => view.draw());
const state = { talks, me: null, people: new Map(), otherRooms: [], line: { state: 'closed' }, transport: 'auto' };
const view = new View(state, {
  login: (name) => token.login({ name }), // and the watcher of the token enters
  logout: () => token.logout().catch(() => view.notice('The server could not be told. You are logged out here.')),
  join: (room) => join(room).then(
    (joined) => talks.show(inRoom(joined)),
    (fault) => view.notice(words(fault, `join “${room}”`)),
  ),
  talkTo: (person) => talks.show(talks.person(person).key),
  show: (key) => talks.show(key),
  leave,
  send,
  sendAgain: (talk, draft) => {
    talks.drop(talk, draft);
    send(talk, draft.text);
  },
  discard: (talk, draft) => talks.drop(talk, draft),
  typing: typed,
  transport: (name) => {
    remember('transport', name);
    enter();
  },
  comeBack: () => enter(),
});

let socket = null;
let sentTyping = null;
let recounting = null;
const listings = new Set(); // for each list of people that is asked for: what was told meanwhile
const counts = new Map(); // room, or undefined for the chat: how many are said to be there; NaN when that is in doubt

// ── what stays in this browser ──

function remember(key, value) {
  try { localStorage.setItem(`chat.${key}`, JSON.stringify(value)); } catch { /* then it lasts as long as the page */ }
}

function remembered(key, otherwise) {
  try { return JSON.parse(localStorage.getItem(`chat.${key}`)) ?? otherwise; } catch { return otherwise; }
}

function isMe({ id }) {
  return id === state.me?.id;
}

// ── coming in ──

function enter() {
  const former = socket;
  socket = null;
  former?.close();
  state.me = token.user;
  state.transport = remembered('transport', state.transport);
  state.line = { state: 'connecting' };
  view.draw();
  try {
    socket = listen(connect('/', { transport: state.transport }));
  } catch (fault) {
    state.line = { state: 'closed', words: fault.message };
    view.draw();
  }
}

/** The listeners of one socket; it is replaced when the transport changes. */
function listen(on) {
  const mine = (listener) => (data) => {
    if (on === socket) listener(data);
    view.draw();
  };
  const handlers = {
    'open': opened,
    'close': closed,
    'error': (error) => view.notice(words(error, error.event === 'auth' ? 'stay logged in' : error.event)),
    '$state': (now) => { state.line = { ...state.line, state: now }; },
    'message': ({ room, from, text, at }) => talks.said(talks.find(inRoom(room)), from, text, at, isMe(from)),
    'whisper': whispered,
    'typing': ({ room, from, typing }) => {
      const talk = talks.find(room === undefined ? withPerson(from.id) : inRoom(room));
      if (!isMe(from)) talks.typing(talk, from, typing);
    },
    'user joined': (data) => told(data, true),
    'user left': (data) => told(data, false),
  };
  for (const [event, handler] of Object.entries(handlers)) on.on(event, mine(handler));
  return on;
}

/** Somebody came to a room or left it, or the whole chat. */
function told({ room, user, count }, came) {
  if (isMe(user)) return; // where this tab is, am I
  const there = members(room);
  const expected = there?.has(user.id) === !came;
  const change = () => (room === undefined ? moved(user, came) : talks.moved(talks.find(inRoom(room)), user, came));
  for (const meanwhile of listings) meanwhile.push(change);
  change();
  if (!there) return;
  counts.set(room, expected && !Number.isNaN(counts.get(room)) ? count : NaN);
  clearTimeout(recounting);
  recounting = setTimeout(recount, RECOUNTED * (1 + Math.random()));
}

function moved(user, came) {
  if (came) return state.people.set(user.id, user);
  state.people.delete(user.id);
  talks.typing(talks.find(withPerson(user.id)), user, false);
}

/** Those who are in a room, or in the chat. */
function members(room) {
  return room === undefined ? state.people : talks.find(inRoom(room))?.members;
}

/** Nodes speak each for itself, so one's word may overtake another's. Where it does not add up, the list is asked for. */
function recount() {
  const wrong = [...counts.keys()].filter((room) => members(room) && members(room).size !== counts.get(room));
  counts.clear();
  if (socket?.state === 'open') Promise.all(wrong.map(askOnline)).catch(() => {}); // if it broke, all are asked anew
}

/** Asks for a list of people. Whoever comes or goes while it is on its way may be missing in it: they are told again. */
async function list(event, data, take) {
  const meanwhile = [];
  listings.add(meanwhile);
  try {
    const answer = await socket.ask(event, data);
    take(answer);
    for (const again of meanwhile) again();
    return answer;
  } finally {
    listings.delete(meanwhile);
  }
}

async function opened({ user }) {
  if (state.me?.id !== user.id) forget();
  state.me = user;
  state.line = { state: 'open', node: socket.node };
  talks.note('The connection was lost for a while; what was said then is missing here.');
  const rooms = remembered('rooms', ['lobby']);
  const results = await Promise.allSettled([...rooms.map((room) => join(room)), askOnline(), askRooms()]);
  const failed = results.find(({ reason }) => reason && reason.code !== 'DISCONNECTED');
  if (failed) view.notice(words(failed.reason, 'get all of your rooms'));
  if (!talks.current && talks.rooms.length) talks.show(talks.rooms[0].key);
}

function closed({ code, reason, reconnect, after }) {
  const until = reconnect ? Date.now() + after : 0;
  state.line = { state: socket.state, until, words: reconnect ? '' : words({ code, message: reason }) };
  if (!reconnect && (code === 4001 || code === 4002)) {
    state.me = null;
    forget();
  }
}

/** What one person saw is nothing for the next. */
function forget() {
  talks.clear();
  state.people.clear();
}

async function askOnline(room) {
  await list('online', { room }, ({ users }) => {
    if (room === undefined) state.people = new Map(users.map((user) => [user.id, user]));
    else if (members(room)) talks.joined(room, users);
  });
  view.draw();
}

async function askRooms() {
  const { rooms } = await socket.ask('rooms');
  state.otherRooms = rooms.filter((room) => !talks.find(inRoom(room))).sort((a, b) => a.localeCompare(b));
  view.draw();
}

setInterval(() => {
  if (socket?.state === 'open' && !document.hidden) askRooms().catch(() => {}); // it is asked again
}, ROOMS_REFRESHED);

// ── rooms ──

/** @returns the name as the server spells it */
async function join(wanted) {
  const { room } = await list('join', wanted, ({ room: name, users }) => talks.joined(name, users));
  remember('rooms', talks.rooms.map(({ name }) => name));
  state.otherRooms = state.otherRooms.filter((other) => other !== room);
  return room;
}

async function leave(talk) {
  if (talk.room) {
    try {
      await socket.ask('leave', talk.name);
    } catch (fault) {
      return view.notice(words(fault, `leave “${talk.name}”`));
    }
  }
  talks.close(talk);
  remember('rooms', talks.rooms.map(({ name }) => name));
  if (talk.room) askRooms().catch(() => {}); // it is asked again
}

// ── talking ──

/** Shown at once as on its way; the server's own copy, which every tab gets, takes its place. */
async function send(talk, text) {
  const draft = talks.draft(talk, text);
  stopTyping();
  try {
    const data = talk.room ? { room: talk.name, text } : { to: talk.id, text };
    await socket.ask(talk.room ? 'message' : 'whisper', data, { timeout: SEND_TIMEOUT });
    talks.drop(talk, draft);
  } catch (fault) {
    talks.failed(talk, draft, words(fault, '', talk.name));
  }
}

function whispered({ from, to, text, at }) {
  talks.said(talks.person(isMe(from) ? to : from), from, text, at, isMe(from));
}

function typed(talk, hasText) {
  if (!hasText || socket?.state !== 'open') return stopTyping();
  const now = Date.now();
  clearTimeout(sentTyping?.timer);
  if (sentTyping?.talk !== talk || now - sentTyping.at > TYPING_REPEATED) {
    if (sentTyping?.talk !== talk) stopTyping();
    tellTyping(talk, true);
    sentTyping = { talk, at: now };
  }
  sentTyping.timer = setTimeout(stopTyping, TYPING_OVER);
}

function stopTyping() {
  if (!sentTyping) return;
  clearTimeout(sentTyping.timer);
  if (socket?.state === 'open') tellTyping(sentTyping.talk, false);
  sentTyping = null;
}

function tellTyping(talk, typing) {
  socket.emit('typing', talk.room ? { room: talk.name, typing } : { to: talk.id, typing });
}

// ── start ──

token.watch((record) => {
  if (record && !state.me) enter(); // logged in, perhaps in another tab
});
if (token.user) enter();
view.draw();
