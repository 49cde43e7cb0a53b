import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { WebSocket } from 'ws';
import { connect } from '../../../webroot/switchboard.mjs';
import { FakeServer } from './support/fake-server.mjs';
import { fakeSockJS } from './support/fake-sockjs.mjs';
import { QUICK, dial, next, opened, test } from './support/fixtures.mjs';

describe('opening', () => {
  test('connects to the namespace and tells who I am', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server, { namespace: '/chat' });
    assert.equal(socket.state, 'connecting');
    const peer = await server.peer();
    assert.equal(peer.url, '/chat/ws');
    const open = next(socket, 'open');
    peer.send({ event: 'open', data: { id: 's9', user: { id: 'u9', name: 'Zoë' }, namespace: '/chat', protocol: 1 } });
    assert.equal((await open).protocol, 1);
    assert.deepEqual([socket.state, socket.id, socket.user], ['open', 's9', { id: 'u9', name: 'Zoë' }]);
  });

  test('says what is missed where nothing can connect', () => {
    const without = (transport) => () => connect('http://127.0.0.1', { transport, WebSocket: undefined, SockJS: undefined, token: null });
    assert.throws(without('auto'), { message: 'There is neither WebSocket nor SockJS here' });
    assert.throws(without('websocket'), { message: 'There is no WebSocket here' });
    assert.throws(without('xhr-polling'), { message: 'There is no SockJS here' });
  });

  test('tells the node of a cluster that holds the connection', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server);
    assert.equal(socket.node, null);
    for (const node of ['0a1b2c3d', 'other', undefined]) {
      const peer = await server.peer();
      const open = next(socket, 'open');
      peer.open(undefined, { node });
      assert.equal((await open).node, node);
      assert.equal(socket.node, node ?? null);
      const close = next(socket, 'close');
      peer.cut();
      await close;
      assert.equal(socket.node, null);
    }
  });

  test('sends the token first, and never in the URL', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server, { token: async () => 'secret' });
    socket.emit('early');
    const peer = await server.peer();
    assert.deepEqual(await peer.next(), { event: 'auth', data: { token: 'secret' } });
    assert.equal(peer.url, '/ws');
    peer.open();
    assert.deepEqual(await peer.next(), { event: 'early' });
  });

  test('keeps the path and the query of the URL', async (t) => {
    const server = await FakeServer.start(t);
    const socket = connect(`${server.url}/app/?room=demo`, { WebSocket, token: null, namespace: '/p2p' });
    t.after(() => socket.close());
    assert.equal((await server.peer()).url, '/app/p2p/ws?room=demo');
  });

  test('tries again when the token cannot be had', async (t) => {
    const server = await FakeServer.start(t);
    let calls = 0;
    const token = () => (++calls === 1 ? Promise.reject(new Error('no luck')) : 'second');
    const socket = dial(t, server, { token });
    assert.deepEqual(await next(socket, 'error'), { code: 'NOT_CONNECTED', message: 'no luck' });
    assert.equal((await (await server.peer()).next()).data.token, 'second');
  });

  test('gives up a connection that never opens, and tries another', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server, { openTimeout: 30 });
    await server.peer();
    assert.equal((await next(socket, 'close')).code, 1006);
    (await server.peer()).open();
    await next(socket, 'open');
  });

  test('refuses a transport that does not exist here', () => {
    assert.throws(() => connect('http://127.0.0.1', { transport: 'sockjs', token: null }), /no SockJS here/);
    assert.throws(() => connect('http://127.0.0.1', { WebSocket: undefined, transport: 'websocket' }), /no WebSocket/);
  });
});

describe('SockJS', () => {
  test('gets a fresh random key for each connection, and the transport that was asked for', async (t) => {
    const SockJS = fakeSockJS();
    const socket = connect('http://127.0.0.1', { SockJS, transport: 'xhr-polling', token: 'secret', reconnect: QUICK });
    t.after(() => socket.close());
    await next(socket, 'open');
    SockJS.made[0].onclose({ code: 1006 });
    await next(socket, 'open');
    const [first, second] = SockJS.made;
    assert.equal(first.url.pathname, '/sockjs');
    assert.match(first.url.searchParams.get('key'), /^[0-9a-f]{32}$/);
    assert.notEqual(first.url.searchParams.get('key'), second.url.searchParams.get('key'));
    assert.deepEqual(first.transports, ['xhr-polling']);
    assert.deepEqual(first.sent[0], { event: 'auth', data: { token: 'secret' } });
    assert.ok(!first.url.href.includes('secret'));
  });

  test('takes over at once when the first WebSocket never opens', async (t) => {
    const server = await FakeServer.start(t);
    server.refuses = true;
    const SockJS = fakeSockJS();
    const socket = dial(t, server, { SockJS, transport: 'auto', reconnect: { min: 60_000 } });
    await next(socket, 'open');
    assert.equal(SockJS.made.length, 1);
  });

  test('takes turns with WebSocket while nothing has opened', async (t) => {
    const server = await FakeServer.start(t);
    server.refuses = true;
    const SockJS = fakeSockJS({ fails: true });
    const socket = dial(t, server, { SockJS, transport: 'auto' });
    assert.equal((await next(socket, 'close')).reconnect, true, 'the code 1002 of the library is not the protocol\'s');
    server.refuses = false;
    (await server.peer()).open();
    await next(socket, 'open');
  });

  test('is left alone when WebSocket has worked before', async (t) => {
    const SockJS = fakeSockJS();
    const { server, socket, peer } = await opened(t, { SockJS, transport: 'auto' });
    server.refuses = true;
    peer.cut();
    await next(socket, 'close');
    await next(socket, 'close');
    assert.equal(SockJS.made.length, 0);
  });
});

describe('traces', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  test('are told of each event, as it was when it was emitted', async (t) => {
    let current = { traceparent, tracestate: 'shop=cart' };
    const trace = (carrier) => Object.assign(carrier, current);
    const server = await FakeServer.start(t);
    const socket = dial(t, server, { trace });
    socket.emit('first', 1);
    socket.ask('second').catch(() => {});
    current = {};
    socket.emit('third');
    const peer = await server.peer();
    peer.open();
    assert.deepEqual(await peer.next(), { event: 'first', data: 1, traceparent, tracestate: 'shop=cart' });
    assert.deepEqual(await peer.next(), { event: 'second', id: 1, traceparent, tracestate: 'shop=cart' });
    assert.deepEqual(await peer.next(), { event: 'third' });
  });
});

describe('events', () => {
  test('emitted before open go out in order after it', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server);
    for (let n = 0; n < 5; n++) socket.emit('n', n);
    const answer = socket.ask('last');
    const peer = await server.peer();
    peer.open();
    for (let n = 0; n < 5; n++) assert.deepEqual(await peer.next(), { event: 'n', data: n });
    assert.deepEqual(await peer.next(), { event: 'last', id: 1 });
    peer.send({ ack: 1, data: 'done' });
    assert.equal(await answer, 'done');
  });

  test('emitted by an open listener go out before what waited', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server);
    socket.emit('message');
    socket.on('open', () => socket.emit('join'));
    const peer = await server.peer();
    peer.open();
    assert.equal((await peer.next()).event, 'join');
    assert.equal((await peer.next()).event, 'message');
  });

  test('that find the queue full are refused', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server, { queue: 2 });
    socket.emit('a');
    socket.emit('b');
    assert.throws(() => socket.emit('c'), { code: 'QUEUE_FULL', retry: true });
    await assert.rejects(socket.ask('d'), { code: 'QUEUE_FULL', retry: true });
    const peer = await server.peer();
    peer.open();
    assert.deepEqual([(await peer.next()).event, (await peer.next()).event], ['a', 'b']);
  });

  test('emitted while reconnecting wait for the next connection', async (t) => {
    const { server, socket, peer } = await opened(t);
    peer.cut();
    await next(socket, 'close');
    socket.emit('late', [1]);
    const second = await server.peer();
    second.open();
    assert.deepEqual(await second.next(), { event: 'late', data: [1] });
  });

  test('after close are refused', async (t) => {
    const { socket } = await opened(t);
    socket.close();
    assert.equal(socket.state, 'closed');
    assert.throws(() => socket.emit('x'), { code: 'DISCONNECTED', retry: true });
    await assert.rejects(socket.ask('x'), { code: 'DISCONNECTED', retry: true });
  });

  test('carry any JSON value', async (t) => {
    const { socket, peer } = await opened(t);
    const values = [null, 0, false, '', 'ü', [1, [2]], { a: { b: null } }];
    const got = [];
    socket.on('value', (value) => got.push(value));
    for (const value of values) {
      socket.emit('value', value);
      assert.deepEqual(await peer.next(), { event: 'value', data: value });
      peer.send({ event: 'value', data: value });
    }
    peer.send({ event: 'end' });
    assert.equal(await next(socket, 'end'), undefined);
    assert.deepEqual(got, values);
  });

  test('named like members of Object are events as others', async (t) => {
    const { socket, peer } = await opened(t);
    const names = ['__proto__', 'toString', 'constructor', 'hasOwnProperty'];
    for (const name of names) peer.send({ event: name, data: 1 });
    peer.send({ event: 'nobody listened' });
    await next(socket, 'nobody listened');
    const got = [];
    for (const name of names) socket.on(name, (data) => got.push([name, data]));
    for (const name of names) peer.send({ event: name, data: 2 });
    peer.send({ event: 'end' });
    await next(socket, 'end');
    assert.deepEqual(got, names.map((name) => [name, 2]));
    for (const name of names) {
      peer.send({ event: name, id: 1 });
      assert.equal((await peer.next()).ack, 1);
    }
  });

  test('reach the listeners of their own socket only', async (t) => {
    const server = await FakeServer.start(t);
    const [one, two] = [dial(t, server), dial(t, server)];
    const peers = [await server.peer(), await server.peer()];
    const got = [];
    one.on('x', () => got.push('one'));
    two.on('x', () => got.push('two'));
    const open = Promise.all([next(one, 'open'), next(two, 'open')]);
    peers.forEach((peer) => peer.open());
    await open;
    peers[0].send({ event: 'x' });
    peers[0].send({ event: 'end' });
    await Promise.race([next(one, 'end'), next(two, 'end')]);
    assert.equal(got.length, 1);
  });

  test('stop reaching a listener that was removed, and reach once a listener that asked so', async (t) => {
    const { socket, peer } = await opened(t);
    const got = [];
    const names = ['kept', 'removed', 'single', 'never'];
    const [kept, removed, single, never] = names.map((name) => () => void got.push(name));
    socket.on('x', kept).on('x', removed).once('x', single).once('x', never).off('x', removed).off('x', never);
    peer.send({ event: 'x' });
    peer.send({ event: 'x' });
    peer.send({ event: 'end' });
    await next(socket, 'end');
    assert.deepEqual(got, ['kept', 'single', 'kept']);
  });

  test('that make no sense are skipped', async (t) => {
    const { socket, peer } = await opened(t);
    const rubbish = ['no json', 'null', '5', '[]', '"x"', '{}', '{"event":5}', '{"ack":99}', '{"ack":"__proto__"}'];
    rubbish.forEach((text) => peer.send(text));
    peer.send({ event: 'end', more: 'ignored' });
    await next(socket, 'end');
    assert.equal(socket.state, 'open');
  });

  test('with a bad name are refused here', async (t) => {
    const { socket } = await opened(t);
    for (const name of ['', 'x'.repeat(129), undefined, 5]) assert.throws(() => socket.emit(name), TypeError);
  });

  test('of the server that tell of an error reach the error listeners', async (t) => {
    const { socket, peer } = await opened(t);
    const error = next(socket, 'error');
    peer.send({ event: 'error', data: { code: 'HANDLER_FAILED', message: 'no', event: 'x' } });
    assert.equal((await error).code, 'HANDLER_FAILED');
  });
});

describe('asking the server', () => {
  test('yields the data of the answer, whatever the order', async (t) => {
    const { socket, peer } = await opened(t);
    const answers = Promise.all([socket.ask('a', 1), socket.ask('b')]);
    assert.deepEqual(await peer.next(), { event: 'a', data: 1, id: 1 });
    assert.deepEqual(await peer.next(), { event: 'b', id: 2 });
    peer.send({ ack: 2 });
    peer.send({ ack: 1, data: { ok: true } });
    assert.deepEqual(await answers, [{ ok: true }, undefined]);
  });

  test('rejects with the code of a failure', async (t) => {
    const { socket, peer } = await opened(t);
    const answer = socket.ask('x');
    peer.send({ ack: 1, error: { code: 'NO_HANDLER', message: 'Not now', retry: true } });
    await assert.rejects(answer, { name: 'Error', code: 'NO_HANDLER', message: 'Not now', retry: true });
  });

  test('gives up after its time, and the late answer is ignored', async (t) => {
    const { socket, peer } = await opened(t);
    await assert.rejects(socket.ask('slow', null, { timeout: 20 }), { code: 'TIMEOUT', retry: false });
    peer.send({ ack: 1, data: 'late' });
    const second = socket.ask('x');
    peer.send({ ack: 2, data: 'in time' });
    assert.equal(await second, 'in time');
  });

  test('that timed out in the queue is never sent', async (t) => {
    const server = await FakeServer.start(t);
    const socket = dial(t, server);
    const peer = await server.peer();
    await assert.rejects(socket.ask('x', null, { timeout: 20 }), { code: 'TIMEOUT', retry: true });
    socket.emit('y');
    peer.open();
    assert.equal((await peer.next()).event, 'y');
  });

  test('rejects when the connection breaks, and no id is used twice', async (t) => {
    const { server, socket, peer } = await opened(t);
    const answer = socket.ask('x');
    assert.equal((await peer.next()).id, 1);
    peer.cut();
    await assert.rejects(answer, { code: 'DISCONNECTED', retry: false });
    const again = socket.ask('x');
    const second = await server.peer();
    second.open();
    assert.equal((await second.next()).id, 2);
    second.send({ ack: 2, data: 'yes' });
    assert.equal(await again, 'yes');
  });
});

describe('being asked', () => {
  test('answers what the listener returns or its promise yields', async (t) => {
    const { socket, peer } = await opened(t);
    socket.on('now', (data) => data + 1).on('later', async (data) => [data]).on('nothing', () => {});
    peer.send({ event: 'now', data: 1, id: 1 });
    assert.deepEqual(await peer.next(), { ack: 1, data: 2 });
    peer.send({ event: 'later', data: 'x', id: 2 });
    assert.deepEqual(await peer.next(), { ack: 2, data: ['x'] });
    peer.send({ event: 'nothing', id: 3 });
    assert.deepEqual(await peer.next(), { ack: 3 });
  });

  test('answers a failure when the listener throws, its promise rejects, or nobody listens', async (t) => {
    const { socket, peer } = await opened(t);
    socket.on('throws', () => { throw new Error('broken'); });
    socket.on('rejects', () => Promise.reject(Object.assign(new Error('full'), { code: 'ROOM_FULL' })));
    peer.send({ event: 'throws', id: 1 });
    assert.deepEqual(await peer.next(), { ack: 1, error: { code: 'HANDLER_FAILED', message: 'broken', retry: false } });
    peer.send({ event: 'rejects', id: 2 });
    assert.deepEqual((await peer.next()).error, { code: 'ROOM_FULL', message: 'full', retry: false });
    peer.send({ event: 'unknown', id: 3 });
    assert.equal((await peer.next()).error.code, 'UNKNOWN_EVENT');
  });

  test('by ping answers pong', async (t) => {
    const { peer } = await opened(t);
    peer.send({ ping: 0 });
    assert.deepEqual(await peer.next(), { pong: 0 });
  });
});
