/**
 * Opens WebSocket, SockJS and Socket.IO connections for a test that runs elsewhere, and tells it all that happens. One JSON object
 * per line, in both directions: in Node over stdin and stdout, in a page over a WebSocket.
 *
 *   {"do":"open","id":1,"url":"…","sockjs":"xhr-polling"}      sockjs: a transport of SockJS, or null for WebSocket;
 *                                                              in Node "headers", too, for all requests to that host
 *   {"do":"open","id":1,"url":"…","socketio":"2 polling"}      a client of this generation, in Node only
 *   {"do":"send","id":1,"messages":["…"]}
 *   {"do":"close","id":1,"code":1000,"reason":""}
 *
 *   {"id":1,"on":"open","transport":"xhr-polling"}
 *   {"id":1,"on":"message","text":"…"}
 *   {"id":1,"on":"close","code":1000,"reason":""}
 */
export class Puppet {
  #connections = new Map();
  #tell;
  #open;

  /** @param open makes a connection of `{ url, sockjs }`  @param tell takes what happened */
  constructor(open, tell) {
    this.#open = open;
    this.#tell = tell;
  }

  take(command) {
    const connection = this.#connections.get(command.id);
    if (command.do === 'open') {
      this.#connect(command);
    } else if (command.do === 'send') {
      for (const message of command.messages) connection?.send(message);
    } else if (command.do === 'close') {
      connection?.close(command.code, command.reason);
    }
  }

  async #connect({ id, url, sockjs, socketio, headers }) {
    const connection = await this.#open({ url, sockjs, socketio, headers });
    this.#connections.set(id, connection);
    connection.onopen = () => this.#tell({ id, on: 'open', transport: connection.transport ?? 'websocket' });
    connection.onmessage = ({ data }) => this.#tell({ id, on: 'message', text: data });
    connection.onclose = ({ code, reason }) => {
      this.#connections.delete(id);
      this.#tell({ id, on: 'close', code, reason: reason ?? '' });
    };
    connection.onerror = () => {}; // a close follows
  }
}

/** Milliseconds until a transport is given up; SockJS would go by one round trip, and the machine may be busy by the next. */
const PATIENCE = 20_000;

/**
 * Runs in a page, at the end of a WebSocket. Each client has a frame of its own and hangs up by leaving it, as people
 * do: so that its requests end with it, also those of script elements, which no script can break off.
 */
export function inPage(control) {
  const line = new WebSocket(control);
  const open = async ({ url, sockjs }) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    await loaded(frame, location.href);
    await loaded(frame.contentDocument.head.appendChild(frame.contentDocument.createElement('script')), '/lib/sockjs.min.js');
    const connection = new frame.contentWindow.SockJS(url, null, { transports: [sockjs], timeout: PATIENCE });
    connection.close = () => {
      frame.remove();
      connection.onclose({ code: 1006, reason: 'the frame is gone' });
    };
    return connection;
  };
  const puppet = new Puppet(open, (what) => line.send(JSON.stringify(what)));
  line.onmessage = ({ data }) => puppet.take(JSON.parse(data));
}

function loaded(element, src) {
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(`${src} cannot be loaded`));
    element.src = src;
  });
}

async function inNode() {
  const { createInterface } = await import('node:readline');
  const { default: WebSocket } = await import('ws');
  const { default: SockJS } = await import('sockjs-client');
  const { SocketIoLine } = await import('./socketio-line.mjs');
  const { io } = await import('socket.io-client');
  const { default: io2 } = await import('socket.io-client-2');
  const http = (await import('node:http')).default;
  const headersOf = new Map();
  const request = http.request;
  http.request = (options, ...rest) => {
    const more = headersOf.get(`${options.hostname}:${options.port}`);
    return request(more ? { ...options, headers: { ...options.headers, ...more } } : options, ...rest);
  };
  const open = ({ url, sockjs, socketio, headers }) => {
    const { host } = new URL(url);
    if (socketio) {
      const [generation, transport] = socketio.split(' ');
      return new SocketIoLine(generation === '2' ? io2 : io, url, transport, headers);
    }
    headersOf.delete(host);
    if (sockjs && headers) headersOf.set(host, headers);
    if (sockjs) return new SockJS(url, null, { transports: [sockjs], timeout: PATIENCE, transportOptions: { websocket: { headers } } });
    const socket = new WebSocket(url, { headers });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      socket.onclose({ code: response.statusCode });
    });
    return socket;
  };
  const puppet = new Puppet(open, (what) => process.stdout.write(`${JSON.stringify(what)}\n`));
  createInterface({ input: process.stdin })
    .on('line', (line) => puppet.take(JSON.parse(line)))
    .on('close', () => process.exit());
}

if (globalThis.process?.argv[1]?.endsWith('puppet.mjs')) await inNode();
