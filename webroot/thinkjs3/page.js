/* No library: the envelope of the wire is small enough. */
const $ = (id) => document.getElementById(id);

/** A socket in a namespace; everything that comes is written into its log. */
function connect(path, name) {
  const answers = new Map();
  let ids = 0;
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}${path}`);
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.ping !== undefined) return socket.send(JSON.stringify({ pong: message.ping }));
    if (message.event === 'open') $(`${name}-state`).textContent = message.data.id;
    if (message.ack !== undefined) answers.get(message.ack)?.(message.error?.message ?? message.data);
    if (message.event) write(name, message.event, message.event === 'open' ? undefined : message.data);
  });
  socket.addEventListener('close', ({ code, reason }) => { $(`${name}-state`).textContent = `closed: ${code} ${reason}`; });
  return {
    emit: (event, data) => socket.send(JSON.stringify({ event, data })),
    ask: (event, data) => new Promise((resolve) => {
      answers.set(++ids, resolve);
      socket.send(JSON.stringify({ event, data, id: ids }));
    }),
  };
}

function write(name, event, data) {
  const line = document.createElement('li');
  line.append(Object.assign(document.createElement('code'), { textContent: event }));
  if (data !== undefined) line.append(` ${typeof data === 'string' ? data : JSON.stringify(data)}`);
  $(`${name}-log`).append(line);
  line.scrollIntoView({ block: 'nearest' });
}

const root = connect('/ws', 'root');
const chat = connect('/chat/ws', 'chat');

$('add-user').addEventListener('submit', async (event) => {
  event.preventDefault();
  write('root', 'addUser, answered:', await root.ask('addUser', $('name').value));
});
$('say').addEventListener('submit', (event) => {
  event.preventDefault();
  chat.emit('say', $('text').value);
  $('text').value = '';
});
