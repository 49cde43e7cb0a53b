/* No library: the envelope of the wire is small enough. */
const $ = (id) => document.getElementById(id);
const user = `client_${Math.random().toString(36).slice(2)}`;
let socket;

function join(room) {
  const query = new URLSearchParams({ room, userId: user });
  const mine = new WebSocket(`${location.origin.replace('http', 'ws')}/ptop/ws?${query}`);
  let id;
  mine.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.ping !== undefined) return mine.send(JSON.stringify({ pong: message.ping }));
    if (message.event === 'open') {
      id = message.data.id;
      $('state').textContent = id;
    } else if (message.event === 'online') {
      list(message.data.clients, id);
      write('online', message.data.message);
    } else if (message.event === id) {
      direct(message.data);
    }
  });
  mine.addEventListener('close', ({ code, reason }) => {
    if (mine !== socket) return;
    $('state').textContent = `closed: ${code} ${reason}`;
    $('target').replaceChildren();
  });
  return mine;
}

/** What came under the own id. */
function direct({ data, meta }) {
  if (data.action === 'exchange') write(`from ${meta.client}`, data.payload.msg ?? JSON.stringify(data.payload));
  else write(data.action, data.payload.message);
}

function list(clients, self) {
  const chosen = $('target').value;
  $('target').replaceChildren(...clients.map((id) => new Option(id === self ? `${id} (you)` : id, id, false, id === chosen)));
}

function write(what, text) {
  const line = document.createElement('li');
  line.append(Object.assign(document.createElement('code'), { textContent: what }), ` ${text}`);
  $('log').append(line);
  line.scrollIntoView({ block: 'nearest' });
}

$('join').addEventListener('submit', (event) => {
  event.preventDefault();
  socket?.close();
  socket = join($('room').value);
});
$('exchange').addEventListener('submit', (event) => {
  event.preventDefault();
  if (socket?.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ event: 'exchange', data: { target: $('target').value, payload: { msg: $('text').value } } }));
  $('text').value = '';
});
socket = join('demo');
