/**
 * Does what a test that runs elsewhere says: one JSON object per line, with the body of an async function over stdin, and what
 * that returns over stdout. `io` is the client 4.x, `io2` the client 2.x, `EventBus` the one of Vert.x's bridge, `state` what the calls have in common, `args` the
 * arguments of this one; `person` makes a client that notes all that it hears, `until` waits for what holds in the end.
 *
 *   {"id":1,"script":"return args[0] + 1","args":[1]}
 *   {"id":1,"value":2}   {"id":1,"error":"…"}
 */
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import io2 from 'socket.io-client-2';
import EventBus from '@vertx/eventbus-bridge-client.js';

const AsyncFunction = (async () => {}).constructor;
const LIMIT = 15_000;

/** Waits until it holds; fails in the end. */
async function until(holds, what) {
  for (const begin = Date.now(); !holds(); await new Promise((next) => setTimeout(next, 5))) {
    if (Date.now() - begin > LIMIT) throw new Error(`in vain: ${what()}`);
  }
}

/** A client that connects when it is told to, and comes back then only, or by itself if `reconnection` says so. */
class Person {
  heard = [];
  recovered = [];
  ids = [];
  ends = [];

  constructor(client, url, options) {
    this.socket = client(url, { forceNew: true, reconnection: false, autoConnect: false, reconnectionDelay: 20, ...options });
    const { onevent } = this.socket;
    this.socket.onevent = (packet) => {
      this.heard.push([...packet.data]);
      onevent.call(this.socket, packet);
    };
    this.socket.on('connect', () => {
      this.recovered.push(Boolean(this.socket.recovered));
      this.ids.push(this.socket.id);
    });
    this.socket.on('disconnect', (reason) => this.ends.push(reason));
    this.socket.on('connect_error', (error) => this.ends.push(error.message));
  }

  /** Connects, to another server if one is named; tells whether it was recovered. */
  async connect(url) {
    const before = this.ids.length;
    if (url) this.socket.io.uri = url;
    this.socket.connect();
    await until(() => this.ids.length > before, () => `a connection, but ${this.ends}`);
    return Boolean(this.socket.recovered);
  }

  /** Loses its connection. */
  async lose() {
    const before = this.ends.length;
    this.socket.io.engine.close();
    await until(() => this.ends.length > before, () => 'a disconnection');
  }

  /** The arguments of all events of this name, once there are so many. */
  async hear(event, count) {
    const all = () => this.heard.filter(([name]) => name === event).map(([, ...args]) => args);
    await until(() => all().length >= count, () => `${count} of ${event}, but ${JSON.stringify(this.heard.slice(-20))}`);
    return all();
  }

  ask(event, ...args) {
    return new Promise((resolve) => this.socket.emit(event, ...args, resolve));
  }
}

const state = {};
const person = (url, options) => new Person(io, url, options);
const oldPerson = (url, options) => new Person(io2, url, options);

async function run({ id, script, args }) {
  try {
    const names = ['io', 'EventBus', 'state', 'person', 'oldPerson', 'until', 'args'];
    const value = await new AsyncFunction(...names, script)(io, EventBus, state, person, oldPerson, until, args);
    return { id, value };
  } catch (error) {
    return { id, error: `${error?.stack ?? error}` };
  }
}

createInterface({ input: process.stdin })
  .on('line', async (line) => process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`))
  .on('close', () => process.exit());
