/**
 * A crowd of clients that come back by themselves, over all transports, and say numbered things to each other while
 * somebody else breaks the servers. `switchboard.js` does all the coming back; this only counts.
 *
 *   node support/crowd.mjs '{"urls":["http://127.0.0.1:8081", …],"clients":200,"rooms":20,"pause":1000,"quiet":6000}'
 *
 * Prints a line of JSON each second; a line on its input ends the talk, and the last line that it prints is the sum.
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { connect } from '../../../../webroot/switchboard.mjs';

const SockJS = createRequire(import.meta.url)('sockjs-client');
const { urls, clients: count, rooms, pause, quiet } = JSON.parse(process.argv[2]);
const TRANSPORTS = ['websocket', 'sockjs', 'xhr-streaming', 'eventsource', 'xhr-polling'];


/** Each connection goes to any of the nodes. */
const anywhere = (url) => {
  const there = new URL(url);
  there.host = new URL(urls[Math.floor(Math.random() * urls.length)]).host;
  return there.href;
};
class AnyWebSocket extends WebSocket {
  constructor(url) { super(anywhere(url)); }
}
function AnySockJS(url, protocols, options) { return new SockJS(anywhere(url), protocols, options); }

/** What was said, by its name: { room, sent, confirmed } */
const messages = new Map();
const failures = {};
const reasons = {};
let received = 0;
let lastHeard = Date.now();
let talking = true;

/** A time in which a client missed nothing: from joining its rooms until it is told that it was not resumed, or the end. */
class Life {
  told = false;
  joined = new Map();
  heard = [];
  /** When each of them was heard, and who had passed it on when. */
  when = [];
  run = [];

  /** What was heard of each room, in order. */
  byRoom() {
    const rooms = new Map();
    for (const id of this.heard) {
      const room = messages.get(id)?.room;
      if (!rooms.has(room)) rooms.set(room, []);
      rooms.get(room).push(id);
    }
    return rooms;
  }
}

class Client {
  lives = [];
  resumed = 0;
  n = 0;

  constructor(name) {
    this.name = name;
    this.rooms = [`room ${name % rooms}`, `room ${(name * 7 + 3) % rooms}`];
    this.socket = connect(urls[name % urls.length], {
      WebSocket: AnyWebSocket, SockJS: AnySockJS, transport: TRANSPORTS[name % TRANSPORTS.length], token: null, queue: 1_000,
      reconnect: { min: 200, max: 3_000, factor: 2, jitter: 0.5 }, openTimeout: 6_000, pingInterval: 5_000, pongTimeout: 5_000,
    });
    this.socket.on('open', (data) => this.#opened(data));
    this.socket.on('said', (data) => this.#heard(data));
    this.socket.on('close', ({ reconnect, code, reason }) => {
      if (reconnect || !talking) return;
      failures[`ended with ${code}`] = (failures[`ended with ${code}`] ?? 0) + 1;
      console.error(`client ${name}, ${TRANSPORTS[name % TRANSPORTS.length]}, ended with ${code} (${reason})`);
    });
    this.#talk();
  }

  get life() { return this.lives.at(-1); }

  #opened({ resumed, reason = 'none given' }) {
    if (resumed) {
      this.resumed++;
      return;
    }
    if (this.life) {
      this.life.told = true;
      reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    const life = new Life();
    this.lives.push(life);
    life.joined.set(`me ${this.name}`, Date.now());
    for (const room of this.rooms) this.#join(life, room);
  }

  async #join(life, room) {
    while (life === this.life && !life.joined.has(room)) {
      try {
        await this.socket.ask('join', room);
        if (life === this.life) life.joined.set(room, Date.now());
      } catch {
        await new Promise((go) => setTimeout(go, 300));
      }
    }
  }

  #heard({ id, run }) {
    received++;
    lastHeard = Date.now();
    this.life.heard.push(id);
    this.life.when.push(Date.now());
    this.life.run.push(run);
  }

  #talk() {
    setTimeout(() => {
      if (talking && this.socket.state !== 'closed') this.#say();
      if (talking) this.#talk();
    }, pause * (0.5 + Math.random()));
  }

  async #say() {
    const toMe = Math.random() < 0.25;
    const room = toMe ? `me ${this.name}` : this.rooms[Math.floor(Math.random() * 2)];
    const id = `${this.name}-${++this.n}`;
    const message = { room, sent: Date.now(), confirmed: 0 };
    messages.set(id, message);
    try {
      await this.socket.ask(toMe ? 'me' : 'say', { room, id }, { timeout: 60_000 });
      message.confirmed = Date.now();
    } catch (fault) {
      message.failed = fault.code;
      failures[fault.code] = (failures[fault.code] ?? 0) + 1;
    }
  }
}

const crowd = Array.from({ length: count }, (_, name) => new Client(name));

function progress() {
  const all = [...messages.values()];
  return {
    open: crowd.filter(({ socket }) => socket.state === 'open').length,
    sent: all.length,
    confirmed: all.filter(({ confirmed }) => confirmed).length,
    unconfirmed: all.filter(({ failed }) => failed).length,
    waiting: all.filter(({ confirmed, failed }) => !confirmed && !failed).length,
    received,
    resumed: crowd.reduce((sum, { resumed }) => sum + resumed, 0),
    notResumed: crowd.reduce((sum, { lives }) => sum + Math.max(0, lives.length - 1), 0),
  };
}

/**
 * One order of all messages of a room that each receiver's order fits; those that fit none are counted.
 *
 * @param receivers what each of them heard in a life of which it was not told that it missed something
 */
function order(receivers) {
  const after = new Map();
  const before = new Map();
  for (const here of receivers) {
    here.forEach((id, n) => {
      if (!after.has(id)) after.set(id, new Set());
      if (!before.has(id)) before.set(id, 0);
      const next = here[n + 1];
      if (next && next !== id && !after.get(id).has(next)) {
        after.get(id).add(next);
        before.set(next, (before.get(next) ?? 0) + 1);
      }
    });
  }
  const ready = [...before].filter(([, count]) => count === 0).map(([id]) => id);
  const index = new Map();
  while (ready.length) {
    const id = ready.shift();
    index.set(id, index.size);
    for (const next of after.get(id) ?? []) {
      before.set(next, before.get(next) - 1);
      if (before.get(next) === 0) ready.push(next);
    }
  }
  return { index, reordered: before.size - index.size };
}

/** What of a room was heard more than once in a life, and when. */
function repeated(client, life, room) {
  const at = new Map();
  life.heard.forEach((id, n) => at.set(id, [...(at.get(id) ?? []), `${life.when[n]} of ${life.run[n]}`]));
  return [...at]
    .filter(([id, when]) => when.length > 1 && messages.get(id)?.room === room)
    .map(([id, when]) => ({ id, room, client: client.name, resumed: client.resumed, when, ...messages.get(id) }));
}

/** Later than this it is confirmed that was heard of half a cluster, and emitted again when there was a whole one. */
const LATE_MILLIS = 3_000;

/** How far a life that was told that it missed something has come in the order of those who missed nothing. */
function end(life, index) {
  return life.heard.reduce((most, id, n) => {
    const late = (messages.get(id)?.confirmed || Infinity) - life.when[n] > LATE_MILLIS;
    return late ? most : Math.max(most, index.get(id) ?? -1);
  }, -1);
}

function sum() {
  const places = new Map();
  for (const [id, { room }] of messages) {
    if (!places.has(room)) places.set(room, []);
    places.get(room).push(id);
  }
  const lives = crowd.flatMap((client) => client.lives.map((life) => ({ client, life, rooms: life.byRoom() })));
  let lost = 0;
  let doubled = 0;
  let reordered = 0;
  let expected = 0;
  const examples = [];
  const twice = [];
  for (const [room, ids] of places) {
    const wholes = lives.filter(({ life }) => !life.told);
    const { index, reordered: wrong } = order(wholes.map(({ rooms }) => rooms.get(room) ?? []));
    reordered += wrong;
    for (const { client, life, rooms } of lives) {
      const joined = life.joined.get(room);
      if (joined === undefined) continue;
      const here = rooms.get(room) ?? [];
      const distinct = new Set(here);
      doubled += here.length - distinct.size;
      if (here.length > distinct.size && twice.length < 20) twice.push(...repeated(client, life, room));
      const last = life.told ? end(life, index) : Infinity;
      for (const id of ids) {
        const { sent, confirmed } = messages.get(id);
        if (confirmed && sent >= joined && (!life.told || index.get(id) <= last)) {
          expected++;
          if (!distinct.has(id)) {
            lost++;
            if (examples.length < 10) examples.push({ id, room, client: client.name, life: client.lives.indexOf(life), node: client.socket.node, heard: here.length, joined, sent, confirmed });
          }
        }
      }
    }
  }
  return { expected, lost, doubled, reordered, failures, reasons, examples, twice, ...progress() };
}

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
setInterval(() => print(progress()), 1_000);

createInterface({ input: process.stdin }).once('line', () => {
  talking = false;
  const stopped = Date.now();
  const done = setInterval(() => {
    const { open, waiting } = progress();
    const ended = crowd.filter(({ socket }) => socket.state === 'closed').length;
    const still = Date.now() - Math.max(lastHeard, stopped) > quiet && open + ended === count && waiting === 0;
    if (!still && Date.now() - stopped < 90_000) return;
    clearInterval(done);
    print({ sum: sum() });
    process.exit(0);
  }, 500);
});
