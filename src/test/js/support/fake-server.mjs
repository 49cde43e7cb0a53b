import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/** Things that come one by one, and a reader that awaits them. */
class Inbox {
  #items = [];
  #waiting = [];

  put(item) {
    const reader = this.#waiting.shift();
    if (reader) reader(item);
    else this.#items.push(item);
  }

  take() {
    if (this.#items.length) return Promise.resolve(this.#items.shift());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  get size() {
    return this.#items.length;
  }
}

/** The server's end of one connection. It does nothing by itself: the test says what it sends, and when. */
class Peer {
  #socket;
  #inbox = new Inbox();

  constructor(socket, request) {
    this.#socket = socket;
    this.url = request.url;
    this.closed = once(socket, 'close').then(([code]) => code);
    socket.on('message', (text) => this.#inbox.put(JSON.parse(text)));
  }

  /** The next message of the client. */
  next() {
    return this.#inbox.take();
  }

  /** How many messages came that nobody looked at. */
  get unread() {
    return this.#inbox.size;
  }

  send(message) {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  open(user = { id: 'u1', name: 'Ann' }, more = {}) {
    this.send({ event: 'open', data: { id: `s${Math.random()}`, user, namespace: '/', protocol: 1, ...more } });
  }

  close(code, reason = '') {
    this.#socket.close(code, reason);
  }

  /** Ends the TCP connection without a word. */
  cut() {
    this.#socket.terminate();
  }
}

/** A server that follows the test's script: WebSocket on every path, and `/token`. */
export class FakeServer {
  #http = createServer((request, response) => this.#answer(request, response));
  #peers = new Inbox();

  /** What `/token` answers: (method, headers, body) to [status, body]. */
  token = () => [404, {}];
  /** The requests that `/token` got, such as `POST`. */
  requests = [];
  /** Whether an upgrade is refused with 503. */
  refuses = false;

  static async start(test) {
    const server = new FakeServer();
    const sockets = new WebSocketServer({ noServer: true });
    server.#http.on('upgrade', (request, socket, head) => {
      if (server.refuses) return socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      sockets.handleUpgrade(request, socket, head, (ws) => server.#peers.put(new Peer(ws, request)));
    });
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    test.after(() => {
      sockets.clients.forEach((ws) => ws.terminate());
      server.#http.closeAllConnections();
      return new Promise((resolve) => server.#http.close(resolve));
    });
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.#http.address().port}`;
  }

  /** The next connection. */
  peer() {
    return this.#peers.take();
  }

  /** How many connections came that nobody took. */
  get waiting() {
    return this.#peers.size;
  }

  async #answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    this.requests.push(request.method);
    const [status, body] = await this.token(request.method, request.headers, Buffer.concat(parts).toString());
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
