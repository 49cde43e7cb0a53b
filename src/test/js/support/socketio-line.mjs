/**
 * An official client of Socket.IO behind the face of a WebSocket on which the events dialect is spoken, so that scenarios
 * written for that run over it. What the client keeps to itself is made up: `open` of its `connect`, a ping of an event that
 * the server answers by itself, and the reason of a refusal of its `connect_error`.
 */
const REFUSALS = { 'Invalid user': 4001, 'Token expired': 4002, 'Rate limited': 4029, 'Id in use': 4009 };

export class SocketIoLine {
  #socket;
  #answers = new Map();
  #over = false;

  /** @param io the client's function  @param transport polling or websocket */
  constructor(io, url, transport, headers) {
    this.transport = transport;
    const socket = io(url, {
      transports: [transport],
      forceNew: true,
      reconnection: false,
      extraHeaders: headers,
      transportOptions: { [transport]: { extraHeaders: headers } }, // as clients 2.x want it
    });
    this.#socket = socket;
    const onevent = socket.onevent;
    socket.onevent = (packet) => {
      this.#heard(packet);
      onevent.call(socket, { ...packet, data: [...packet.data] });
    };
    socket.on('connect', () => {
      this.onopen();
      this.#say({ event: 'open', data: { id: socket.id } });
    });
    socket.on('connect_error', (error) => this.#refused(error.message, error.data));
    socket.on('error', (error) => {
      if (socket.connected) return;
      if (typeof error === 'string') this.#refused(error);
      else this.#refused(error.message ?? '', error);
    });
    socket.on('disconnect', () => this.#end());
  }

  #say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  #heard({ data: [event, ...args], id }) {
    const message = { event };
    if (args.length > 0) message.data = args.length === 1 ? args[0] : args;
    if (id != null) {
      message.id = id;
      this.#answers.set(id, this.#socket.ack(id));
    }
    this.#say(message);
  }

  #refused(message, data) {
    if (this.#over) return;
    const code = data?.reason ? data.code : REFUSALS[message];
    if (code) {
      this.#say({ event: 'close', data: { reason: message, reconnect: false, ...data, code } });
    } else if (message || data) {
      this.#say({ event: 'error', data: { ...data, message } });
      this.#say({ event: 'close', data: { code: 4403, reason: message, reconnect: false } });
    }
    this.#end();
  }

  #end() {
    if (this.#over) return;
    this.#over = true;
    this.onclose({ code: 1000, reason: '' });
    this.#socket.disconnect();
  }

  send(text) {
    const message = JSON.parse(text);
    const args = 'data' in message ? [message.data] : [];
    if ('ping' in message) {
      this.#socket.emit('$ping', () => this.#say({ pong: message.ping }));
    } else if ('ack' in message) {
      this.#answers.get(message.ack)?.(...args);
    } else {
      if (message.id) args.push((...answer) => this.#answered(message.id, answer));
      this.#socket.emit(message.event, ...args);
    }
  }

  #answered(ack, answer) {
    if (answer[0]?.error?.code) this.#say({ ack, error: answer[0].error });
    else if (answer.length === 0) this.#say({ ack });
    else this.#say({ ack, data: answer.length === 1 ? answer[0] : answer });
  }

  close() {
    this.#end();
  }
}
