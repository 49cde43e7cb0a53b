// ws with JSON and nothing else.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { userOf } from './token.mjs';

const http = createServer();
const server = new WebSocketServer({ server: http, path: '/ws', perMessageDeflate: false });
const byId = new Map();
const byUser = new Map();
const rooms = new Map();

const add = (groups, name, socket) => {
  if (!groups.has(name)) groups.set(name, new Set());
  groups.get(name).add(socket);
};

const remove = (groups, name, socket) => {
  const group = groups.get(name);
  group.delete(socket);
  if (group.size === 0) groups.delete(name);
};

// One buffer for all, so that the text is made into bytes once.
const sendAll = (sockets, event, data) => {
  const bytes = Buffer.from(JSON.stringify({ event, data }));
  for (const socket of sockets) socket.send(bytes, { binary: false });
};

const events = {
  echo: (socket, data) => socket.send(JSON.stringify({ event: 'echo', data })),
  broadcast: (socket, data) => sendAll(server.clients, 'broadcast', data),
  join: (socket, room, id) => {
    add(rooms, room, socket);
    socket.rooms.push(room);
    socket.send(JSON.stringify({ ack: id }));
  },
  room: (socket, { room, data }) => sendAll(rooms.get(room) ?? [], 'room', data),
  private: (socket, { to, data }) => byId.get(to)?.send(JSON.stringify({ event: 'private', data })),
  user: (socket, { to, data }) => sendAll(byUser.get(to) ?? [], 'user', data),
};

server.on('connection', (socket, request) => {
  let user;
  try {
    user = userOf(new URL(request.url, 'http://localhost').searchParams.get('token'));
  } catch {
    socket.close(4001, 'Invalid user');
    return;
  }
  const id = randomUUID();
  socket.rooms = [];
  byId.set(id, socket);
  add(byUser, user, socket);
  socket.on('message', (bytes) => {
    const { event, data, id: ask } = JSON.parse(bytes);
    events[event]?.(socket, data, ask);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    byId.delete(id);
    remove(byUser, user, socket);
    socket.rooms.forEach((room) => remove(rooms, room, socket));
  });
  socket.send(JSON.stringify({ event: 'open', data: { id } }));
});

http.listen(0, '127.0.0.1', 4096, () => console.log(`ws is at http://localhost:${http.address().port}`));
