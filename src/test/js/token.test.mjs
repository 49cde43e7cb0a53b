import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { tokens } from '../../../webroot/switchboard.mjs';
import { SharedStorage, jwt, lockOfBrowser, pageWith } from './support/browser.mjs';
import { FakeServer } from './support/fake-server.mjs';
import { dial, next, test } from './support/fixtures.mjs';

const ANN = { id: 'u1', name: 'Ann' };
const BOB = { id: 'u2', name: 'Bob' };

/** A server whose `/token` numbers the tokens: T1, T2, and so on. */
async function serverOfTokens(t, { expires = 3_600, user = ANN } = {}) {
  const server = await FakeServer.start(t);
  let count = 0;
  server.given = [];
  server.user = user;
  server.token = (method, headers, body) => {
    server.given.push({ method, bearer: headers.authorization, body });
    return method === 'DELETE' ? [204] : [200, { token: `T${++count}`, user: server.user, expires }];
  };
  return server;
}

/** A store as one tab of a browser has it. */
const tab = (server, shared = new SharedStorage()) =>
  shared.tab((storage) => tokens({ url: `${server.url}/token`, storage }));

/** A socket that is open with what the store holds. */
async function opened(t, server, store, user = ANN) {
  const socket = dial(t, server, { token: store });
  const peer = await server.peer();
  const auth = await peer.next();
  const open = next(socket, 'open');
  peer.open(user);
  await open;
  return { socket, peer, auth };
}

describe('a log-in', () => {
  test('is what the socket says it is', async (t) => {
    const server = await serverOfTokens(t);
    const store = tab(server);
    assert.deepEqual(await store.login({ name: 'Ann' }), { token: 'T1', user: ANN, expires: 3_600 });
    assert.deepEqual(server.given[0], { method: 'POST', bearer: undefined, body: '{"name":"Ann"}' });
    assert.deepEqual(store.user, ANN);
    const { auth } = await opened(t, server, store);
    assert.deepEqual(auth, { event: 'auth', data: { token: 'T1' } });
  });

  test('serves the other tabs', async (t) => {
    const server = await serverOfTokens(t);
    const shared = new SharedStorage();
    await tab(server, shared).login({ name: 'Ann' });
    const second = tab(server, shared);
    assert.equal(second.current(), 'T1');
    assert.deepEqual(second.user, ANN);
  });

  test('that is refused tells why', async (t) => {
    const server = await FakeServer.start(t);
    server.token = () => [422, { error: { code: 'INVALID_DATA', message: 'A name has a letter' } }];
    const store = tab(server);
    await assert.rejects(store.login({}), { code: 'INVALID_DATA', message: 'A name has a letter', status: 422 });
    assert.equal(store.current(), null);
  });

  test('ends with logout, in every tab', async (t) => {
    const server = await serverOfTokens(t);
    const shared = new SharedStorage();
    const [here, there] = [tab(server, shared), tab(server, shared)];
    await here.login({ name: 'Ann' });
    const { socket } = await opened(t, server, there);
    const closed = next(socket, 'close');
    await here.logout();
    assert.deepEqual(await closed, { code: 4001, reason: 'Logged out', reconnect: false });
    assert.deepEqual(server.given.at(-1), { method: 'DELETE', bearer: 'Bearer T1', body: '' });
    assert.deepEqual([here.current(), there.current(), there.user], [null, null, null]);
  });

  test('of somebody else in another tab makes the socket theirs', async (t) => {
    const server = await serverOfTokens(t);
    const shared = new SharedStorage();
    const [here, there] = [tab(server, shared), tab(server, shared)];
    await here.login({ name: 'Ann' });
    const { socket } = await opened(t, server, there);
    server.user = BOB;
    await here.login({ name: 'Bob' });
    const peer = await server.peer();
    assert.equal((await peer.next()).data.token, 'T2');
    peer.open(BOB);
    await next(socket, 'open');
    assert.deepEqual(socket.user, BOB);
  });

  test('works where storage throws', async (t) => {
    const server = await serverOfTokens(t);
    globalThis.document = {};
    t.after(() => delete globalThis.document);
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, get() { throw new Error('denied'); } });
    t.after(() => delete globalThis.localStorage);
    const store = tokens({ url: `${server.url}/token` });
    await store.login({ name: 'Ann' });
    assert.equal(store.current(), 'T1');
  });
});

describe('the token of the page', () => {
  const fresh = (claims) => jwt({ sub: 'g1', name: 'Gäst', iat: 1_000, exp: 4_600, ...claims });

  test('is shared with later tabs, whose own page token then does not count', (t) => {
    const shared = new SharedStorage();
    const open = () => shared.tab((storage) => tokens({ url: 'http://127.0.0.1/token', storage }));
    pageWith(t, fresh());
    assert.equal(open().current(), fresh());
    pageWith(t, fresh({ sub: 'g2' }));
    const second = open();
    assert.equal(second.current(), fresh());
    assert.deepEqual(second.user, { id: 'g1', name: 'Gäst' });
    assert.equal(second.page(), fresh({ sub: 'g2' }));
  });

  test('is not used again when it was refused', (t) => {
    pageWith(t, fresh());
    const store = new SharedStorage().tab((storage) => tokens({ storage }));
    store.forget(store.current());
    assert.equal(store.current(), null);
  });

  test('is nothing when it is empty or no token', (t) => {
    for (const content of ['', 'x', 'a.b.c', fresh({ exp: 1 })]) {
      pageWith(t, content);
      assert.equal(new SharedStorage().tab((storage) => tokens({ storage })).current(), null);
    }
  });
});

describe('a token that grows old', () => {
  test('is refreshed before it expires, by one tab, and the live sockets of all take the new one', async (t) => {
    const server = await serverOfTokens(t, { expires: 0.6 });
    const shared = new SharedStorage();
    const stores = [tab(server, shared), tab(server, shared)];
    await stores[0].login({ name: 'Ann' });
    const sockets = [await opened(t, server, stores[0]), await opened(t, server, stores[1])];
    const began = Date.now();
    const auths = await Promise.all(sockets.map(({ peer }) => peer.next()));
    assert.ok(Date.now() - began < 600, 'before it expires');
    for (const auth of auths) assert.deepEqual(auth, { event: 'auth', data: { token: auths[0].data.token }, id: 1 });
    for (const { peer } of sockets) peer.send({ ack: 1, data: { expires: 1 } });
    assert.deepEqual(server.given[1], { method: 'POST', bearer: 'Bearer T1', body: '' });
    assert.deepEqual(sockets.map(({ socket }) => socket.state), ['open', 'open']);
    stores.forEach((store) => store.forget(store.current()));
  });

  test('is refreshed once when two tabs do it in the same moment', async (t) => {
    lockOfBrowser(t);
    const server = await serverOfTokens(t);
    const shared = new SharedStorage();
    const [here, there] = [tab(server, shared), tab(server, shared)];
    await here.login({ name: 'Ann' });
    assert.deepEqual(await Promise.all([here.refresh(), there.refresh()]), ['T2', 'T2']);
    assert.deepEqual(server.requests, ['POST', 'POST']);
  });

  test('that the server does not take on the live socket is told, and the socket lives', async (t) => {
    const server = await serverOfTokens(t);
    const store = tab(server);
    await store.login({ name: 'Ann' });
    const { socket, peer } = await opened(t, server, store);
    await store.refresh();
    const { id } = await peer.next();
    const error = next(socket, 'error');
    peer.send({ ack: id, error: { code: 'INVALID_TOKEN', message: 'no', retry: false } });
    assert.deepEqual(await error, { code: 'INVALID_TOKEN', message: 'no', event: 'auth' });
    assert.equal(socket.state, 'open');
  });

  test('and expires (4002) is replaced before coming back', async (t) => {
    const server = await serverOfTokens(t);
    const store = tab(server);
    await store.login({ name: 'Ann' });
    const { socket, peer } = await opened(t, server, store);
    const closed = next(socket, 'close');
    peer.close(4002, 'Token expired');
    assert.deepEqual(await closed, { code: 4002, reason: 'Token expired', reconnect: true, after: 0 });
    const second = await server.peer();
    assert.equal((await second.next()).data.token, 'T2');
    second.open();
    await next(socket, 'open');
  });

  test('and expired while nobody was connected is shown to the server, which says so', async (t) => {
    const server = await serverOfTokens(t, { expires: -1 });
    const store = tab(server);
    await store.login({ name: 'Ann' });
    assert.equal(store.user, null);
    dial(t, server, { token: store });
    assert.deepEqual(await (await server.peer()).next(), { event: 'auth', data: { token: 'T1' } });
  });

  test('and expires is asked of the function again', async (t) => {
    const server = await FakeServer.start(t);
    let count = 0;
    const socket = dial(t, server, { token: () => `F${++count}` });
    (await server.peer()).close(4002);
    const peer = await server.peer();
    assert.equal((await peer.next()).data.token, 'F2');
    peer.open();
    await next(socket, 'open');
  });

  test('and expires ends the socket when the server gives no other', async (t) => {
    const server = await serverOfTokens(t);
    const store = tab(server);
    await store.login({ name: 'Ann' });
    const { socket, peer } = await opened(t, server, store);
    server.token = () => [401, {}];
    peer.close(4002);
    assert.equal((await next(socket, 'close')).reconnect, true);
    assert.deepEqual(await next(socket, 'close'), { code: 4002, reason: 'Token expired', reconnect: false });
    assert.equal(store.current(), null);
  });

  test('and expires is replaced later when the server cannot be asked', async (t) => {
    const server = await serverOfTokens(t);
    const store = tab(server);
    await store.login({ name: 'Ann' });
    const { socket, peer } = await opened(t, server, store);
    const answers = server.token;
    server.token = () => [503, {}];
    peer.close(4002);
    assert.equal((await next(socket, 'error')).code, 'NOT_CONNECTED');
    server.token = answers;
    assert.equal((await (await server.peer()).next()).data.token, 'T2');
  });
});

describe('a token that is refused (4001)', () => {
  test('is forgotten, and the socket closes', async (t) => {
    const server = await serverOfTokens(t);
    const store = tab(server);
    await store.login({ name: 'Ann' });
    const { socket, peer } = await opened(t, server, store);
    const closed = next(socket, 'close');
    peer.close(4001, 'Invalid user');
    assert.deepEqual(await closed, { code: 4001, reason: 'Invalid user', reconnect: false });
    assert.equal(store.current(), null);
    assert.equal(server.waiting, 0);
  });

  test('does not take a newer one with it', async (t) => {
    const server = await serverOfTokens(t);
    const store = tab(server);
    await store.login({ name: 'Ann' });
    const stale = store.current();
    await store.refresh();
    store.forget(stale);
    assert.equal(store.current(), 'T2');
  });

  test('by a log-out during a refresh stays away', async (t) => {
    const server = await serverOfTokens(t);
    const store = tab(server);
    await store.login({ name: 'Ann' });
    const refreshed = store.refresh();
    await store.logout();
    assert.equal(await refreshed, null);
    assert.equal(store.current(), null);
  });
});
