/* Signs in over HTTP, then connects with the page token that the answer brings, or with the cookie where it brings none. */
const $ = (id) => document.getElementById(id);
const users = new Map();
const gone = new Map();
let listed = 0;
let socket;
let token;

function connect() {
  const path = token ? `/ws?token=${encodeURIComponent(token)}` : '/';
  socket = new WebSocket(`${location.origin.replace('http', 'ws')}${path}`);
  socket.addEventListener('open', () => show(true, 'signed in'));
  socket.addEventListener('message', ({ data }) => take(JSON.parse(data)));
  socket.addEventListener('close', ({ code, reason }) => {
    users.clear();
    gone.clear();
    listed = 0;
    showUsers();
    show(false, code === 1000 || code === 1005 ? 'signed out' : `closed: ${code} ${reason}`);
  });
}

/** A list is of its moment: who came or left with a higher number has done so since. */
function take({ id, type, user, data }) {
  if (type === 'list') {
    listed = id;
    for (const [key, other] of users) if (other.id < id) users.delete(key);
    for (const other of data) if (!(gone.get(other.id) > id)) users.set(other.id, { name: other.name, id });
    gone.clear();
  } else {
    if (type === 'join') users.set(user.id, { name: user.name, id });
    if (type === 'left') {
      users.delete(user.id);
      if (!listed) gone.set(user.id, id);
    }
    write(type === 'chat' ? user.name : '', data);
  }
  if (listed) showUsers();
}

function show(signedIn, state) {
  $('state').textContent = state;
  $('signin').disabled = signedIn;
  $('signout').disabled = !signedIn;
  $('go').disabled = !signedIn;
}

function showUsers() {
  $('users').replaceChildren(...[...users.values()].map(({ name }) => Object.assign(document.createElement('li'), { textContent: name })));
}

function write(who, text) {
  const line = document.createElement('li');
  if (who) line.append(Object.assign(document.createElement('code'), { textContent: who }), ' ');
  else line.className = 'quiet';
  line.append(text);
  $('log').append(line);
  line.scrollIntoView({ block: 'nearest' });
}

$('signin').addEventListener('click', async () => {
  $('signin').disabled = true;
  try {
    const answer = await fetch('/wsin', { method: 'POST', body: new URLSearchParams({ name: $('name').textContent }) });
    token = answer.headers.get('Page-Token');
    if ((await answer.json()).code === 0) connect();
    else show(false, 'not signed in');
  } catch {
    show(false, 'the server does not answer');
  }
});
$('signout').addEventListener('click', async () => {
  await fetch('/wsout');
  socket.send('Goodbye!');
  // The token ends after the connection: it would end that, too, and say so.
  await new Promise((closed) => {
    socket.addEventListener('close', closed, { once: true });
    socket.close();
  });
  if (token) await fetch('/token', { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
});
$('send').addEventListener('submit', (event) => {
  event.preventDefault();
  if (socket?.readyState === WebSocket.OPEN) socket.send($('mes').value);
  $('mes').value = '';
});
