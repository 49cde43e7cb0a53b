/* No library: the envelope of the wire is small enough. */
const $ = (id) => document.getElementById(id);

/** A socket in a namespace; everything that comes is written into its log. */
function connect(path, name) {
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}${path}`);
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.ping !== undefined) return socket.send(JSON.stringify({ pong: message.ping }));
    if (message.event === 'open') $(`${name}-state`).textContent = message.data.id;
    if (message.event === 'error') return write(name, 'error', message.data.message);
    if (message.event) write(name, message.event, message.event === 'open' ? undefined : message.data);
  });
  socket.addEventListener('close', ({ code, reason }) => {
    if (name !== 'chat' || socket === chat) $(`${name}-state`).textContent = `closed: ${code} ${reason}`;
  });
  return socket;
}

function emit(socket, event, data) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ event, data }));
}

function write(name, event, data) {
  const line = document.createElement('li');
  line.append(Object.assign(document.createElement('code'), { textContent: event }));
  if (data !== undefined) line.append(` ${typeof data === 'string' ? data : JSON.stringify(data)}`);
  $(`${name}-log`).append(line);
  line.scrollIntoView({ block: 'nearest' });
}

/** Where the socket of the chat goes, for each way to say who one is. */
const doors = {
  async token(name) {
    const answer = await fetch('/token', { method: 'POST', body: JSON.stringify({ name }) });
    return `/chat/ws?token=${encodeURIComponent((await answer.json()).token)}`;
  },
  async session(name) {
    await fetch('/log-in', { method: 'POST', body: new URLSearchParams({ name }) });
    return '/members/ws';
  },
  async nothing() {
    return '/chat/ws';
  },
};

const room = connect('/ws', 'room');
let chat;

$('say').addEventListener('submit', (event) => {
  event.preventDefault();
  emit(room, 'say', $('words').value);
  write('room', 'you said', $('words').value);
  $('words').value = '';
});
$('enter').addEventListener('submit', async (event) => {
  event.preventDefault();
  const path = await doors[event.submitter?.value ?? 'token']($('name').value);
  chat?.close();
  chat = connect(path, 'chat');
});
$('chat').addEventListener('submit', (event) => {
  event.preventDefault();
  emit(chat, 'chat', $('text').value);
  $('text').value = '';
});
