import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { FakeServer } from './support/fake-server.mjs';
import { dial, next, opened, test } from './support/fixtures.mjs';

const RESUME = { resumed: false, resume: { key: 'k1', window: 60_000 } };
const USER = { id: 'u1', name: 'Ann' };

/** A connection that breaks off, and the next one, on which nothing has been said yet. */
async function broken(t, options) {
  const { server, socket, peer } = await openedWith(t, options);
  peer.cut();
  return { socket, before: peer, server, peer: await server.peer() };
}

async function openedWith(t, options) {
  const server = await FakeServer.start(t);
  const socket = dial(t, server, options);
  const peer = await server.peer();
  const open = next(socket, 'open');
  peer.open(USER, { ...RESUME, id: 's1' });
  await open;
  return { server, socket, peer };
}

describe('a socket that may be resumed', () => {
  test('says who it was and what it has', async (t) => {
    const { server, socket, peer } = await openedWith(t);
    const heard = [];
    socket.on('said', (data) => heard.push(data));
    const places = ['a:1:x', 'b:1:y', 'a:2:z'];
    places.forEach((at, data) => peer.send({ event: 'said', data, at }));
    peer.send({ ping: 1 });
    await peer.next();
    peer.cut();
    const second = await server.peer();
    assert.match(second.url, /\/ws\?resume=1$/);
    const { event, data } = await second.next();
    assert.equal(event, 'auth');
    assert.deepEqual(data, { resume: { id: 's1', key: 'k1', at: ['a:2:z', 'b:1:y'] } });
    second.open(USER, { id: 's1', resumed: true, resume: { key: 'k2', window: 60_000 } });
    second.send({ event: 'said', data: 3, at: 'a:3:v' });
    assert.equal(await next(socket, 'said'), 3);
    assert.deepEqual(heard, [0, 1, 2, 3]);
    second.cut();
    assert.deepEqual((await (await server.peer()).next()).data.resume, { id: 's1', key: 'k2', at: ['a:3:v', 'b:1:y'] });
  });

  test('brings its token, too', async (t) => {
    const { peer } = await broken(t, { token: 't1' });
    const { data } = await peer.next();
    assert.deepEqual([data.token, data.resume.key], ['t1', 'k1']);
  });

  test('hears nothing twice', async (t) => {
    const { socket, peer } = await openedWith(t);
    const heard = [];
    socket.on('said', (data) => heard.push(data));
    for (const [data, at] of [[1, 'a:9:x'], [2, 'a:a:y'], [2, 'a:a:y'], [1, 'a:9:x'], [3, 'a:10:z']]) {
      peer.send({ event: 'said', data, at });
    }
    peer.send({ ping: 1 });
    await peer.next();
    assert.deepEqual(heard, [1, 2, 3]);
  });

  test('asks again under the same id what was not answered', async (t) => {
    const { server, socket, peer } = await openedWith(t);
    const first = socket.ask('one', 1);
    const second = socket.ask('two', 2);
    const { id } = await peer.next();
    await peer.next();
    peer.send({ ack: id, data: 'done' });
    assert.equal(await first, 'done');
    peer.cut();
    const third = socket.ask('three', 3);
    const back = await server.peer();
    await back.next();
    back.open(USER, { id: 's1', resumed: true, resume: { key: 'k2', window: 60_000 } });
    assert.ok('ping' in (await back.next()));
    assert.deepEqual(await back.next(), { event: 'two', data: 2, id: 2 });
    assert.deepEqual(await back.next(), { event: 'three', data: 3, id: 3 });
    back.send({ ack: 2, data: 'two' });
    back.send({ ack: 3, data: 'three' });
    assert.deepEqual(await Promise.all([second, third]), ['two', 'three']);
  });

  test('that is not resumed forgets its places, and nobody knows what became of its asks', async (t) => {
    const { server, socket, peer } = await openedWith(t);
    peer.send({ event: 'said', data: 1, at: 'a:9:x' });
    const asked = socket.ask('one');
    await peer.next();
    peer.cut();
    const back = await server.peer();
    await back.next();
    const open = next(socket, 'open');
    back.open(USER, { id: 's2', resumed: false, resume: { key: 'k9', window: 60_000 } });
    assert.equal((await open).resumed, false);
    await assert.rejects(asked, { code: 'DISCONNECTED', retry: false });
    back.cut();
    assert.deepEqual((await (await server.peer()).next()).data.resume, { id: 's2', key: 'k9', at: [] });
  });

  test('says good-bye', async (t) => {
    const { socket, peer } = await openedWith(t);
    socket.close();
    assert.deepEqual(await peer.next(), { event: 'close' });
    await peer.closed;
  });

});

describe('a socket that may not', () => {
  test('says nothing of it', async (t) => {
    const { server, socket, peer } = await opened(t);
    const asked = socket.ask('one');
    await peer.next();
    peer.cut();
    await assert.rejects(asked, { code: 'DISCONNECTED' });
    const second = await server.peer();
    assert.equal(second.url, '/ws');
    second.open();
    await next(socket, 'open');
    assert.equal(second.unread, 0);
  });
});
