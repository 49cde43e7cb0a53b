import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { next, opened, test } from './support/fixtures.mjs';

const NAMES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'then', 'length', '\0', '\u202ea', ' ', '*', '..'];

describe('hostile names', () => {
  test('of the server\'s events are heard by their listeners alone', async (t) => {
    const { socket, peer } = await opened(t);
    const heard = [];
    NAMES.forEach((name, n) => peer.send({ event: name, data: `nobody listens ${n}` }));
    NAMES.forEach((name, n) => socket.on(name, (data) => heard.push([n, data])));
    const done = next(socket, 'done');
    NAMES.forEach((name, n) => peer.send(`{"event":${JSON.stringify(name)},"data":${n}}`));
    peer.send({ event: 'done' });
    await done;
    assert.deepEqual(heard.filter(([, data]) => typeof data === 'number'), NAMES.map((name, n) => [n, n]));
    for (const name of NAMES) socket.off(name);
    peer.send({ event: '__proto__', data: 'off' });
    peer.send({ event: 'again' });
    await next(socket, 'again');
    assert.equal(heard.at(-1)[1], NAMES.length - 1);
  });

  test('of questions that nobody listens to are answered so', async (t) => {
    const { peer } = await opened(t);
    for (const [n, name] of NAMES.entries()) {
      peer.send({ event: name, data: 1, id: n + 1 });
      const { ack, error } = await peer.next();
      assert.deepEqual([ack, error.code], [n + 1, 'UNKNOWN_EVENT']);
    }
  });

  test('of keys and acks change nothing in the page', async (t) => {
    const { socket, peer } = await opened(t);
    const seen = next(socket, 'seen');
    peer.send('{"ack":"__proto__","data":1}');
    peer.send('{"ack":"constructor","error":{"code":"__proto__"}}');
    peer.send('{"__proto__":{"event":"seen","polluted":1}}');
    peer.send('[]');
    peer.send('null');
    peer.send('1');
    peer.send('"open"');
    peer.send('{"event":"seen","data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}');
    assert.deepEqual(Object.keys(await seen), ['__proto__', 'constructor']);
    assert.equal({}.polluted, undefined);
  });

  test('with half a surrogate pair are refused before they are sent', async (t) => {
    const { socket, peer } = await opened(t);
    for (const name of ['\ud800', 'a\udc00', '\udc00\ud800', '', 'n'.repeat(129), '😀'.repeat(65)]) {
      assert.throws(() => socket.emit(name), TypeError);
      await assert.rejects(socket.ask(name), TypeError);
    }
    socket.emit('😀'.repeat(64));
    socket.emit('data', '\ud800');
    assert.equal((await peer.next()).event, '😀'.repeat(64));
    assert.equal((await peer.next()).data, '\ud800');
  });
});
