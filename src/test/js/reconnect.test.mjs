import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { connect } from '../../../webroot/switchboard.mjs';
import { FakeServer } from './support/fake-server.mjs';
import { fakeSockJS } from './support/fake-sockjs.mjs';
import { QUICK, dial, next, opened, test } from './support/fixtures.mjs';

/** A ping to the client and back. */
async function roundTrip(peer) {
  peer.send({ ping: 1 });
  await peer.next();
}

describe('a connection that ends', () => {
  for (const code of [1000, 1001, 1011, 1013, 4008, 4029, 4408, 4777]) {
    test(`with ${code} is made again`, async (t) => {
      const { server, socket, peer } = await opened(t);
      const closed = next(socket, 'close');
      peer.close(code, 'why');
      const { after, ...rest } = await closed;
      assert.deepEqual(rest, { code, reason: 'why', reconnect: true });
      assert.ok(after >= 0 && after <= QUICK.min);
      assert.equal(socket.state, 'reconnecting');
      const open = next(socket, 'open');
      (await server.peer()).open();
      await open;
      assert.equal(socket.state, 'open');
    });
  }

  for (const code of [1002, 1003, 1007, 1009, 4000, 4001, 4003, 4400]) {
    test(`with ${code} is the last`, async (t) => {
      const { server, socket, peer } = await opened(t);
      const closed = next(socket, 'close');
      peer.close(code, 'why');
      assert.deepEqual(await closed, { code, reason: 'why', reconnect: false });
      assert.equal(socket.state, 'closed');
      await assert.rejects(socket.ask('x'), { code: 'DISCONNECTED' });
      assert.equal(server.waiting, 0);
    });
  }

  test('without a word is made again', async (t) => {
    const { server, socket, peer } = await opened(t);
    const closed = next(socket, 'close');
    peer.cut();
    assert.equal((await closed).code, 1006);
    assert.equal(socket.id, null);
    (await server.peer()).open();
    await next(socket, 'open');
  });

  test('after a close event obeys it, not the code of the transport', async (t) => {
    const { server, socket, peer } = await opened(t);
    const closed = next(socket, 'close');
    peer.send({ event: 'close', data: { code: 4003, reason: 'Come later', reconnect: true, after: 40 } });
    peer.close(4003);
    assert.deepEqual(await closed, { code: 4003, reason: 'Come later', reconnect: true, after: 40 });
    const second = await server.peer();
    second.open();
    await next(socket, 'open');
    const last = next(socket, 'close');
    second.send({ event: 'close', data: { code: 1001, reason: 'Gone', reconnect: false } });
    assert.deepEqual(await last, { code: 1001, reason: 'Gone', reconnect: false });
  });

  test('with an invalid user is the last, whatever the event says', async (t) => {
    const { socket, peer } = await opened(t);
    const closed = next(socket, 'close');
    peer.send({ event: 'close', data: { code: 4001, reason: 'Invalid user', reconnect: true } });
    assert.equal((await closed).reconnect, false);
  });

  test('is made where the server says, once', async (t) => {
    const { server, socket, peer } = await opened(t, { namespace: '/chat' });
    const other = await FakeServer.start(t);
    const data = { code: 1001, reason: 'Going away', reconnect: true, after: 1, url: other.url };
    peer.send({ event: 'close', data });
    const second = await other.peer();
    assert.equal(second.url, '/chat/ws');
    second.open();
    await next(socket, 'open');
    second.cut();
    assert.equal((await server.peer()).url, '/chat/ws');
  });

  test('is not made again when nobody wants it', async (t) => {
    const { socket, peer } = await opened(t, { reconnect: false });
    const closed = next(socket, 'close');
    peer.cut();
    assert.equal((await closed).reconnect, false);
    assert.equal(socket.state, 'closed');
  });

  test('by close tells the server and the listeners, once', async (t) => {
    const { socket, peer } = await opened(t);
    const closes = [];
    socket.on('close', (close) => closes.push(close));
    const asked = socket.ask('x');
    socket.close();
    socket.close();
    await assert.rejects(asked, { code: 'DISCONNECTED' });
    await peer.closed;
    assert.deepEqual(closes, [{ code: 1000, reason: 'Closed by this side', reconnect: false }]);
  });

  test('tells each state once', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server);
    const states = [];
    socket.on('$state', (state) => states.push(state));
    const peer = await server.peer();
    peer.open();
    await next(socket, 'open');
    peer.cut();
    await next(socket, 'close');
    (await server.peer()).open();
    await next(socket, 'open');
    socket.close();
    assert.deepEqual(states, ['open', 'reconnecting', 'open', 'closed']);
  });

  test('of SockJS whose requests broke off is made again: its 1002 is no fault of the client', async (t) => {
    const SockJS = fakeSockJS();
    const socket = connect('http://127.0.0.1', { SockJS, transport: 'sockjs', token: null });
    t.after(() => socket.close());
    await next(socket, 'open');
    const closed = next(socket, 'close');
    SockJS.made[0].onclose({ code: 1002, reason: 'Connection interrupted' });
    const { code, reconnect } = await closed;
    assert.deepEqual({ code, reconnect }, { code: 1006, reconnect: true });
  });
});

describe('back-off', () => {
  test('doubles up to its maximum', async (t) => {
    const server = await FakeServer.start(t);
    server.refuses = true;
    const socket = dial(t, server);
    const waits = [];
    while (waits.length < 5) waits.push((await next(socket, 'close')).after);
    assert.deepEqual(waits, [20, 40, 80, 80, 80]);
  });

  test('is spread by chance', async (t) => {
    const server = await FakeServer.start(t);
    server.refuses = true;
    const sockets = Array.from({ length: 8 }, () => dial(t, server, { reconnect: { min: 1_000, jitter: 0.5 } }));
    const waits = await Promise.all(sockets.map(async (socket) => (await next(socket, 'close')).after));
    assert.ok(waits.every((wait) => wait >= 500 && wait <= 1_000), String(waits));
    assert.ok(new Set(waits).size > 1);
  });

  test('goes on when connections open and break at once, and starts anew after one that lasted', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server, { reconnect: { min: 50, max: 200, factor: 2, jitter: 0 } });
    const waits = [];
    const breaks = async (lasting) => {
      const peer = await server.peer();
      const open = next(socket, 'open');
      peer.open();
      await open;
      for (const until = Date.now() + lasting; Date.now() < until; ) await roundTrip(peer);
      const closed = next(socket, 'close');
      peer.cut();
      waits.push((await closed).after);
    };
    await breaks(0);
    await breaks(0);
    await breaks(120);
    assert.deepEqual(waits, [50, 100, 50]);
  });

  test('asks no less than the server when it comes back again and again', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server);
    const waits = [];
    for (let n = 0; n < 3; n++) {
      const peer = await server.peer();
      const closed = next(socket, 'close');
      peer.send({ event: 'close', data: { code: 1013, reason: 'Full', reconnect: true, after: 0 } });
      waits.push((await closed).after);
    }
    assert.deepEqual(waits, [0, 40, 80]);
  });
});

describe('a silent connection', () => {
  test('is asked, and kept while it answers', async (t) => {
    const { server, socket, peer } = await opened(t, { pingInterval: 20, pongTimeout: 500 });
    for (let n = 0; n < 3; n++) {
      const { ping } = await peer.next();
      assert.equal(typeof ping, 'number');
      peer.send({ pong: ping });
    }
    assert.equal(socket.state, 'open');
    assert.equal(server.waiting, 0);
  });

  test('is given up when nothing comes back', async (t) => {
    const { server, socket, peer } = await opened(t, { pingInterval: 20, pongTimeout: 20 });
    assert.ok('ping' in (await peer.next()));
    const { code, reconnect } = await next(socket, 'close');
    assert.deepEqual([code, reconnect], [1006, true]);
    (await server.peer()).open();
    await next(socket, 'open');
  });

  test('that talks is not asked', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    const SockJS = fakeSockJS();
    const options = { SockJS, transport: 'sockjs', token: null, pingInterval: 1_000 };
    const socket = connect('http://127.0.0.1', options);
    t.after(() => socket.close());
    await next(socket, 'open');
    const [connection] = SockJS.made;
    for (let n = 0; n < 5; n++) {
      t.mock.timers.tick(900);
      connection.onmessage({ data: '{"event":"tick"}' });
    }
    assert.deepEqual(connection.sent, []);
    t.mock.timers.tick(1_000);
    assert.deepEqual(connection.sent.map(Object.keys), [['ping']]);
  });
});
