/* The page around the shim. The shim is used as it is; what it gets wrong is made good on the one socket of this page. */
const TYPING_OVER = 400;

const $ = (id) => document.getElementById(id);
const typists = new Set();
let me = null;
let typing = null;

const socket = new SockJS('/sockjs');
// The shim's own hands JSON to a function that wants an event, and throws; the server's `open` event says the same.
socket.onopen = () => {};
socket.onclose = () => lost('The connection is lost.');

socket.on('open', () => {
  // Without cookies: the server has printed a token into this page, and the first message brings it back.
  socket.emit('auth', { token: document.querySelector('meta[name="page-token"]').content });
  $('status').textContent = '';
  $('enter').disabled = false;
});
socket.on('close', ({ reason }) => lost(`The server has closed the connection: ${reason}.`));
socket.on('error', ({ message }) => warn(message));

socket.on('login', ({ numUsers }) => {
  $('door').hidden = true;
  $('chat').hidden = false;
  count(numUsers);
  note(`Welcome, ${me}`);
  $('text').focus();
});
socket.on('userjoin', ({ username, numUsers }) => {
  note(`${username} came in`);
  count(numUsers);
});
socket.on('userleft', ({ username, numUsers }) => {
  note(`${username} left`);
  types(username, false);
  count(numUsers);
});
socket.on('chat', ({ username, message }) => {
  types(username, false);
  said(username, message);
});
socket.on('typing', ({ username }) => types(username, true));
socket.on('stoptyping', ({ username }) => types(username, false));

$('login').addEventListener('submit', (event) => {
  event.preventDefault();
  me = $('name').value.trim();
  if (me) socket.emit('adduser', me);
});

$('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (!text || socket.readyState !== SockJS.OPEN) return;
  stopTyping();
  socket.emit('chat', text);
  said(me, text, true);
  $('text').value = '';
});

$('text').addEventListener('input', () => {
  if (socket.readyState !== SockJS.OPEN) return;
  if (typing === null) socket.emit('typing');
  clearTimeout(typing);
  typing = setTimeout(stopTyping, TYPING_OVER);
});

function stopTyping() {
  if (typing === null) return;
  clearTimeout(typing);
  typing = null;
  if (socket.readyState === SockJS.OPEN) socket.emit('stoptyping');
}

// ── what is seen ──

function add(className, ...children) {
  const line = Object.assign(document.createElement('li'), { className });
  line.append(...children);
  $('log').append(line);
  line.scrollIntoView({ block: 'end' });
}

function said(name, text, mine = false) {
  const words = Object.assign(document.createElement('span'), { dir: 'auto', textContent: text });
  add(mine ? 'mine' : '', ...(mine ? [] : [Object.assign(document.createElement('strong'), { dir: 'auto', textContent: name })]), words);
}

function note(text) {
  add('note', text);
}

function count(users) {
  $('count').textContent = users === 1 ? 'only you are here' : `${users} are here`;
}

function types(name, now) {
  if (now) typists.add(name);
  else typists.delete(name);
  $('typing').textContent = typists.size ? `${[...typists].join(', ')} typing…` : '';
}

function warn(text) {
  $('banner').textContent = text;
  $('banner').hidden = false;
  if (!$('door').hidden) $('status').textContent = text;
}

function lost(text) {
  if ($('enter').dataset.lost) return;
  $('enter').dataset.lost = true;
  $('enter').disabled = true;
  $('text').disabled = true;
  warn(`${text} Load the page again.`);
}
