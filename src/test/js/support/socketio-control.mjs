/**
 * The reference implementation of Socket.IO doing what the suite of both protocols wants of a server, on a free port that
 * it prints: `./run.sh conformance socketio --against "$url"` shows what the suite thinks of it.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, {
  allowEIO3: true,
  pingInterval: 300,
  pingTimeout: 2_000,
  connectTimeout: 3_000,
  maxHttpBufferSize: 1_000_000,
});

for (const namespace of ['/', '/custom']) {
  io.of(namespace).on('connection', (socket) => {
    socket.on('message', (...data) => socket.emit('message-back', ...data));
    socket.on('message-with-ack', (...data) => (typeof data.at(-1) === 'function' ? data.pop()(...data) : undefined));
    socket.on('ask', (data) => socket.emit('question', data, (answer) => socket.emit('answered', answer)));
    socket.on('leave', () => socket.disconnect());
  });
}
io.of('/guarded').use((socket, next) => next(Object.assign(new Error('Not authorized'), { data: { why: 'closed' } })));

http.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}`));
