import { test as plainTest } from 'node:test';
import { WebSocket } from 'ws';
import { connect } from '../../../../webroot/switchboard.mjs';
import { FakeServer } from './fake-server.mjs';

/** A test with a deadline. */
export const test = (name, body) => plainTest(name, { timeout: 10_000 }, body);

/** A back-off that no test has to wait for. */
export const QUICK = { min: 20, max: 80, factor: 2, jitter: 0 };

/** A socket to the server that ends with the test. */
export function dial(t, server, options = {}) {
  const socket = connect(server.url, { WebSocket, token: null, reconnect: QUICK, transport: 'websocket', ...options });
  t.after(() => socket.close());
  return socket;
}

/** The data of the next event of this name. */
export const next = (socket, event) => new Promise((resolve) => socket.once(event, resolve));

/** A server, a socket that is open, and the server's end of it. */
export async function opened(t, options) {
  const server = await FakeServer.start(t);
  const socket = dial(t, server, options);
  const peer = await server.peer();
  const open = next(socket, 'open');
  peer.open();
  await open;
  return { server, socket, peer };
}
