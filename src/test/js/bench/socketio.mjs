// Socket.IO over WebSocket alone, with the native add-on of ws that its page on performance advises (bufferutil). Where there
// is a Redis, what it emits reaches the sockets of the other nodes, too.
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';
import { userOf } from './token.mjs';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false });

if (process.env.REDIS_PORT) {
  const url = `redis://127.0.0.1:${process.env.REDIS_PORT}`;
  const [publisher, subscriber] = [createClient({ url }), createClient({ url })];
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber));
}

io.use((socket, next) => {
  try {
    socket.data.user = userOf(socket.handshake.auth.token);
    next();
  } catch (e) {
    next(e);
  }
});

io.on('connection', (socket) => {
  // Otherwise each socket keeps the request that it came with.
  socket.conn.request = null;
  socket.join('user:' + socket.data.user);
  socket.on('echo', (data) => socket.emit('echo', data));
  socket.on('broadcast', (data) => io.emit('broadcast', data));
  socket.on('join', (room, answer) => {
    socket.join(room);
    answer();
  });
  socket.on('room', ({ room, data }) => io.to(room).emit('room', data));
  socket.on('private', ({ to, data }) => io.to(to).emit('private', data));
  socket.on('user', ({ to, data }) => io.to('user:' + to).emit('user', data));
});

http.listen(0, '127.0.0.1', 4096, () => console.log(`Socket.IO is at http://localhost:${http.address().port}`));
