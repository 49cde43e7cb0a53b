/**
 * The browser's side of Switchboard: events and acks over a native WebSocket or SockJS, with reconnection and a page
 * token that all tabs share. What each function promises stands in switchboard.d.ts.
 *
 *   <script src="switchboard.js"></script>         makes the global `Switchboard`
 *   import './switchboard.js'                      the same from a module
 *   import { connect } from './switchboard.mjs'    real exports: two lines around this file
 *
 * An `export` is a syntax error in a plain script, so this file has none. It needs no build and no other file; SockJS
 * is looked for only when it is to be used. It also runs under Node, given the constructors by option.
 *
 * A socket's states. From each of them, close() or a reason that forbids to come back leads to `closed`, the end.
 *
 *    connecting ──▶ open ──▶ reconnecting      (connecting and reconnecting: again and again, backing off)
 *                     ▲            │
 *                     ╰────────────╯
 */
(() => {
  'use strict';
  if (globalThis.Switchboard) return;

  const FINAL = new Set([1002, 1003, 1007, 1009, 4000, 4001, 4003, 4400]);
  const NORMAL = 1000;
  const GOING_AWAY = 1001;
  const BROKEN = 1006;
  const INVALID_USER = 4001;
  const TOKEN_EXPIRED = 4002;
  const OPEN = 1; // readyState of WebSocket and SockJS alike
  const LONGEST_TIMER = 2 ** 31 - 1;
  const DEFAULTS = {
    namespace: '/', transport: 'auto', queue: 100, openTimeout: 15_000, pingInterval: 25_000, pongTimeout: 10_000,
  };
  const HALF_PAIR = /\p{Surrogate}/u;
  const BACK_OFF = { min: 1_000, max: 30_000, factor: 2, jitter: 0.5 };

  const failure = (code, message, retry = false) => Object.assign(new Error(message), { code, retry });

  /** As a browser does with a listener that throws: it is reported, and nobody else suffers. */
  const report = (fault) => queueMicrotask(() => { throw fault; });

  const parse = (text) => {
    try { return JSON.parse(text); } catch { return null; }
  };

  // ── page tokens ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The storage that all tabs share; where there is none (Node, some privacy modes), one of this page's own. */
  function storageOfPage() {
    try {
      const shared = typeof document === 'undefined' ? null : globalThis.localStorage;
      shared.setItem('switchboard.probe', '');
      shared.removeItem('switchboard.probe');
      return shared;
    } catch {
      const own = new Map();
      return { getItem: (k) => own.get(k) ?? null, setItem: (k, v) => own.set(k, v), removeItem: (k) => own.delete(k) };
    }
  }

  /** The claims of a JWT (RFC 7519), unverified: only the server can do that. */
  function claims(jwt) {
    try {
      const text = atob(jwt.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'));
      return parse(new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0)))) ?? {};
    } catch { return {}; }
  }

  class Tokens {
    #url; #key; #storage; #fetch; #timer; #refreshing; #spent; #watchers = new Set();

    constructor({ url = '/token', key = 'switchboard.token', storage = storageOfPage(), fetch } = {}) {
      this.#url = url;
      this.#key = key;
      this.#storage = storage;
      this.#fetch = fetch ?? ((...args) => globalThis.fetch(...args));
      globalThis.addEventListener?.('storage', (event) => {
        if (event.key === this.#key || event.key === null) this.#changed();
      });
      this.#plan();
    }

    get user() { return this.#record()?.user ?? null; }

    /** One that has expired is better than none: the server then says so, and does not wait for another. */
    current() { return (this.#record() ?? this.#adopt() ?? this.#stored())?.token ?? null; }

    /** The token that the server wrote into this page. */
    page() {
      const meta = typeof document === 'undefined' ? null : document.querySelector('meta[name="page-token"]');
      return meta?.content || null;
    }

    async login(credentials) {
      const answer = await this.#post({ 'content-type': 'application/json' }, JSON.stringify(credentials ?? {}));
      this.#keep(answer);
      return answer;
    }

    async logout() {
      const token = this.#record()?.token;
      if (!token) return;
      this.forget(token);
      await this.#request('DELETE', { authorization: `Bearer ${token}` });
    }

    /** Gets a token for the same user, unless another tab did while we waited. Null when the server refuses. */
    refresh(used = this.current()) {
      this.#refreshing ??= this.#alone(async () => {
        const now = this.#record()?.token;
        if (!used || (now && now !== used)) return now ?? null;
        try {
          const answer = await this.#post({ authorization: `Bearer ${used}` });
          if (this.#stored()?.token === used) this.#keep(answer); // else: logged out meanwhile, here or elsewhere
          return this.#record()?.token ?? null;
        } catch (fault) {
          if (fault.status >= 400 && fault.status < 500 && fault.status !== 429) return null;
          throw fault;
        }
      }).finally(() => { this.#refreshing = null; });
      return this.#refreshing;
    }

    /** This token is of no use any more; a newer one stays. */
    forget(token) {
      this.#spent = token;
      if (this.#stored()?.token !== token) return;
      this.#storage.removeItem(this.#key);
      this.#changed();
    }

    watch(watcher) {
      this.#watchers.add(watcher);
      return () => this.#watchers.delete(watcher);
    }

    #stored() { return parse(this.#storage.getItem(this.#key)); }

    #record() {
      const record = this.#stored();
      return record?.token && record.end > Date.now() ? record : null;
    }

    /** Shares the page's token with the other tabs. It is as old as the page, whatever the two clocks say. */
    #adopt() {
      const token = this.page();
      const { sub, name, iat, exp } = token && token !== this.#spent ? claims(token) : {};
      const start = globalThis.performance?.timeOrigin ?? Date.now();
      if (sub && exp > iat && start + (exp - iat) * 1_000 > Date.now()) {
        this.#keep({ token, user: { id: sub, name }, expires: exp - iat }, start);
      }
      return this.#record();
    }

    #keep({ token, user, expires }, start = Date.now()) {
      this.#storage.setItem(this.#key, JSON.stringify({ token, user, start, end: start + expires * 1_000 }));
      this.#changed();
    }

    #changed() {
      this.#plan();
      for (const watcher of [...this.#watchers]) watcher(this.#record());
    }

    /** Refreshes at two thirds of the life and a bit: not all tabs at once. Later again if it failed. */
    #plan(again = false) {
      clearTimeout(this.#timer);
      const record = this.#record();
      if (!record) return;
      const due = record.start + (record.end - record.start) * (2 / 3 + Math.random() / 10);
      const wait = Math.max(due - Date.now(), again ? (record.end - Date.now()) / 4 + 500 : 0);
      this.#timer = setTimeout(() => {
        if (due > Date.now()) this.#plan(); // a life longer than the longest timer
        else this.refresh(record.token).catch(() => this.#plan(true));
      }, Math.min(wait, LONGEST_TIMER));
      this.#timer.unref?.();
    }

    #alone(work) {
      const locks = globalThis.navigator?.locks; // only pages from https or localhost have them
      return locks ? locks.request(this.#key, work) : work();
    }

    async #post(headers, body) { return (await this.#request('POST', headers, body)).json(); }

    async #request(method, headers, body) {
      const answer = await this.#fetch(this.#url, { method, headers, body, credentials: 'omit', cache: 'no-store' });
      if (answer.ok) return answer;
      const { status } = answer;
      const { error } = parse(await answer.text()) ?? {};
      const { code = 'TOKEN_REFUSED', message = `The server answered ${status}` } = error ?? {};
      throw Object.assign(failure(code, message), { status });
    }
  }

  /** What a socket wants of a token, whatever the application gave. */
  function tokenSource(given) {
    if (given instanceof Tokens) {
      return {
        get: () => given.current(),
        renew: (used) => given.refresh(used),
        forget: (used) => given.forget(used),
        watch: (watcher) => given.watch(watcher),
      };
    }
    const fixed = typeof given !== 'function';
    const get = fixed ? () => given : given;
    return { get, renew: fixed ? () => null : get, forget: () => {}, watch: () => () => {} };
  }

  // ── one connection ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** A transport until it ends, once: because it broke, did not open in time, went silent, or was dropped. */
  class Connection {
    since = 0;
    heard = 0;
    #transport; #options; #on; #timer;

    /** @param on what to call: `reached`, `received` (a message) and `ended` (code, reason), until it has ended */
    constructor(transport, options, on) {
      let reached = false;
      this.#transport = transport;
      this.#options = options;
      this.#on = on;
      this.#timer = setTimeout(() => this.#end(BROKEN, 'Not opened in time'), options.openTimeout);
      transport.onopen = () => {
        reached = true;
        this.#on?.reached(this);
      };
      transport.onmessage = ({ data }) => this.#message(parse(data) ?? {});
      transport.onerror = () => {}; // a close follows
      transport.onclose = ({ code, reason }) => {
        // Before it opened, and from 2000 to 3999, the code is the transport library's own.
        // And SockJS says 1002 of a session whose requests broke off, which is no fault of ours: we may come back.
        const interrupted = code === 1002 && reason === 'Connection interrupted';
        const known = !interrupted && (code >= 4000 || (reached && code < 2000));
        this.#end(known ? code : BROKEN, reason || 'Connection broken');
      };
    }

    get writable() { return this.#transport.readyState === OPEN; }

    send(text) {
      if (this.writable) this.#transport.send(text);
    }

    /** The server said `open`. From now on silence counts. */
    opened() {
      clearTimeout(this.#timer);
      this.since = Date.now();
      this.#listen(this.#options.pingInterval);
    }

    /** Ends it without a word to anybody here. */
    drop() {
      this.#on = null;
      clearTimeout(this.#timer);
      this.#transport.close();
    }

    #message(frame) {
      this.heard = Date.now();
      if (frame.ping === undefined) this.#on?.received(frame);
      else this.send(JSON.stringify({ pong: frame.ping }));
    }

    /** Browsers cannot see a WebSocket's pings: asks when it was quiet, and gives up when even that brings nothing. */
    #listen(wait) {
      const { pingInterval, pongTimeout } = this.#options;
      this.#timer = setTimeout(() => {
        const left = this.heard + pingInterval - Date.now();
        if (left > 0) return this.#listen(left);
        const before = this.heard;
        this.send(JSON.stringify({ ping: Date.now() }));
        this.#timer = setTimeout(() => {
          if (this.heard === before) this.#end(BROKEN, 'The server does not answer');
          else this.#listen(pingInterval);
        }, pongTimeout);
      }, wait);
    }

    #end(code, reason) {
      const on = this.#on;
      this.drop();
      on?.ended(code, reason);
    }
  }

  // ── one socket ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** One message of the wire. */
  function message(event, data, id, { traceparent, tracestate } = {}) {
    const fits = typeof event === 'string' && event.length >= 1 && event.length <= 128 && !HALF_PAIR.test(event);
    if (!fits) throw new TypeError('An event name has 1 to 128 characters, and no half of a surrogate pair');
    return JSON.stringify({ event, data, id, traceparent, tracestate });
  }

  class Socket {
    #options; #base; #elsewhere = null; #tokens; #token = null; #expired = null; #unwatch; #online;
    #state = 'connecting'; #id = null; #node = null; #user = null; #opened = false; #fallback = false;
    #connection = null; #turn = 0; #retry = null; #attempt = 0; #delay = 0;
    #listeners = new Map(); #asks = new Map(); #queue = []; #lastId = 0;
    #life = null; #at = new Map(); // where the server keeps what we miss: how to come back, and what came last of each log

    constructor(url, options) {
      this.#options = { ...DEFAULTS, WebSocket: globalThis.WebSocket, SockJS: globalThis.SockJS, ...options };
      this.#options.reconnect = options.reconnect === false ? null : { ...BACK_OFF, ...options.reconnect };
      this.#base = new URL(url, globalThis.location?.href);
      this.#tokens = tokenSource('token' in options ? options.token : globalThis.Switchboard.token);
      const { transport, WebSocket, SockJS } = this.#options;
      this.#fallback = transport === 'auto' && !WebSocket;
      if (!(transport === 'websocket' ? WebSocket : (transport === 'auto' && WebSocket) || SockJS)) {
        const missed = { websocket: 'no WebSocket', auto: 'neither WebSocket nor SockJS' }[transport] ?? 'no SockJS';
        throw new Error(`There is ${missed} here`);
      }
      this.#unwatch = this.#tokens.watch((record) => this.#tokenChanged(record));
      this.#online = () => this.#retry && this.#connect();
      globalThis.addEventListener?.('online', this.#online);
      this.#connect();
    }

    get id() { return this.#id; }
    get node() { return this.#node; }
    get user() { return this.#user; }
    get state() { return this.#state; }

    on(event, listener) {
      if (typeof listener !== 'function') throw new TypeError('A listener is a function');
      this.#listeners.set(event, [...this.#heardBy(event), listener]);
      return this;
    }

    once(event, listener) {
      const first = (data) => {
        this.off(event, first);
        return listener(data);
      };
      first.listener = listener;
      return this.on(event, first);
    }

    off(event, listener) {
      const rest = this.#heardBy(event).filter((one) => listener && one !== listener && one.listener !== listener);
      if (rest.length) this.#listeners.set(event, rest);
      else this.#listeners.delete(event);
      return this;
    }

    emit(event, data) {
      this.#enqueue({ text: message(event, data, undefined, this.#trace()) });
    }

    ask(event, data, { timeout = 30_000 } = {}) {
      return new Promise((resolve, reject) => {
        const id = ++this.#lastId;
        const waiting = { id, text: message(event, data, id, this.#trace()) };
        this.#enqueue(waiting);
        const { text } = waiting;
        const timer = setTimeout(() => {
          const unsent = this.#queue.includes(waiting);
          this.#queue = this.#queue.filter((other) => other !== waiting);
          this.#settle(id, (ask) => ask.reject(failure('TIMEOUT', `No answer to "${event}" in time`, unsent)));
        }, timeout);
        this.#asks.set(id, { resolve, reject, timer, text: event === 'auth' ? null : text });
      });
    }

    close() {
      if (this.#life) this.#connection?.send(message('close')); // a good-bye: nobody waits for us
      this.#finish(NORMAL, 'Closed by this side');
    }

    /** What the application says of the trace that it is in. */
    #trace() {
      const carrier = {};
      try { this.#options.trace?.(carrier); } catch (fault) { report(fault); }
      return carrier;
    }

    // ── connecting ──

    async #connect() {
      const turn = ++this.#turn; // a later turn, or the end, makes this one void
      const expired = this.#expired;
      clearTimeout(this.#retry);
      this.#retry = null;
      try {
        const token = await (expired ? this.#tokens.renew(expired) : this.#tokens.get());
        if (turn !== this.#turn) return;
        this.#expired = null;
        this.#token = token ?? null;
        if (expired && !token) {
          this.#finish(TOKEN_EXPIRED, 'Token expired');
          this.#tokens.forget(expired);
          return;
        }
        this.#connection = new Connection(this.#transport(), this.#options, {
          reached: (connection) => this.#hello(connection),
          received: (frame) => this.#received(frame),
          ended: (code, reason) => this.#ended(code, reason),
        });
      } catch (fault) {
        if (turn !== this.#turn) return;
        this.#fire('error', { code: 'NOT_CONNECTED', message: String(fault?.message ?? fault) });
        this.#ended(BROKEN, 'Not connected');
      }
    }

    #hello(connection) {
      const resume = this.#life && { ...this.#life, at: [...this.#at.values()] };
      if (this.#token || resume) {
        connection.send(message('auth', { token: this.#token ?? undefined, resume: resume ?? undefined }));
      }
    }

    #transport() {
      const { transport, namespace, WebSocket, SockJS } = this.#options;
      const native = transport === 'websocket' || (transport === 'auto' && !this.#fallback);
      const url = new URL(this.#elsewhere ?? this.#base);
      const prefix = [url.pathname, namespace].map((path) => path.replace(/\/$/, '')).join('');
      url.pathname = `${prefix}/${native ? 'ws' : 'sockjs'}`;
      url.protocol = native ? url.protocol.replace(/^http/, 'ws') : url.protocol.replace(/^ws/, 'http');
      url.hash = '';
      if (this.#life) url.searchParams.set('resume', '1'); // the server waits for us to say who we were
      if (native) return new WebSocket(url.href);
      const random = crypto.getRandomValues(new Uint8Array(16)); // binds the SockJS session to this page
      url.searchParams.set('key', Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join(''));
      return new SockJS(url.href, null, ['auto', 'sockjs'].includes(transport) ? {} : { transports: [transport] });
    }

    #open(data) {
      this.#connection.opened();
      this.#opened = true;
      this.#id = data?.id ?? null;
      this.#node = data?.node ?? null;
      this.#user = data?.user ?? null;
      this.#resumed(data?.resumed === true, data?.resume);
      this.#become('open');
      this.#fire('open', data); // first, so that a listener can join rooms again before what waited goes out
      while (this.#queue.length && this.#writable) this.#connection.send(this.#queue.shift().text);
    }

    /** Back as the socket that we were, what was asked is asked again; else nobody knows whether it has run. */
    #resumed(back, resume) {
      if (!back) this.#at.clear();
      this.#life = resume ? { id: this.#id, key: resume.key } : null;
      if (!back) return this.#forsake();
      this.#connection.send(JSON.stringify({ ping: Date.now() })); // we know the new key: the old one is of no use now
      for (const { text } of this.#underWay()) if (text) this.#connection.send(text);
    }

    /** The shared token was refreshed, or the person logged in or out: in this tab or in another one. */
    #tokenChanged(record) {
      if (!record) return this.#token && this.#finish(INVALID_USER, 'Logged out');
      if (this.#token === record.token) return;
      const user = this.#state === 'open' ? this.#user?.id : this.#connection && claims(this.#token ?? '').sub;
      if (this.#state !== 'open' && (!user || user === record.user?.id)) return;
      if (record.user?.id !== user) {
        this.#life = null;
        return this.#ended(NORMAL, 'Another user', { after: 0 });
      }
      this.#token = record.token;
      this.ask('auth', { token: record.token }).catch(({ code, message: text }) => {
        if (code === 'INVALID_TOKEN') this.#fire('error', { code, message: text, event: 'auth' });
      });
    }

    // ── messages ──

    get #writable() { return this.#state === 'open' && this.#connection.writable; }

    #enqueue(waiting) {
      if (this.#state === 'closed') throw failure('DISCONNECTED', 'The socket is closed', true);
      if (this.#writable) return this.#connection.send(waiting.text);
      const room = this.#queue.length < this.#options.queue;
      if (!room) throw failure('QUEUE_FULL', 'Too much waits for the connection', true);
      this.#queue.push(waiting);
    }

    #received({ event, data, id, ack, error, at }) {
      if (typeof at === 'string' && !this.#isNews(at)) return;
      if (event === 'open') {
        if (!this.#connection.since) this.#open(data);
      } else if (event === 'close') {
        this.#ended(data?.code ?? BROKEN, data?.reason ?? '', data ?? {});
      } else if (typeof event === 'string') {
        if (id === undefined) this.#fire(event, data);
        else this.#answer(this.#connection, event, data, id);
      } else if (ack !== undefined) {
        this.#settle(ack, ({ resolve, reject }) => {
          if (error) reject(failure(error.code, error.message, error.retry === true));
          else resolve(data);
        });
      }
    }

    /** Notes the place of an event in its log: `log:offset:entry`, each in base 36. */
    #isNews(at) {
      const [log, offset] = at.split(':');
      const [, known = '0'] = this.#at.get(log)?.split(':') ?? [];
      if (parseInt(offset, 36) <= parseInt(known, 36)) return false;
      this.#at.set(log, at);
      return true;
    }

    async #answer(connection, event, data, ack) {
      try {
        const listeners = this.#heardBy(event);
        if (!listeners.length) throw failure('UNKNOWN_EVENT', 'Nothing here listens to this event');
        const results = await Promise.all(listeners.map(async (listener) => listener(data)));
        connection.send(JSON.stringify({ ack, data: results.find((result) => result !== undefined) }));
      } catch (fault) {
        const { code = 'HANDLER_FAILED', message: text = String(fault), retry = false } = fault ?? {};
        connection.send(JSON.stringify({ ack, error: { code: String(code), message: String(text), retry } }));
      }
    }

    #heardBy(event) { return this.#listeners.get(event) ?? []; }

    #fire(event, data) {
      for (const listener of this.#heardBy(event)) {
        try { listener(data); } catch (fault) { report(fault); }
      }
    }

    #settle(id, how) {
      const ask = this.#asks.get(id);
      if (!ask) return;
      clearTimeout(ask.timer);
      this.#asks.delete(id);
      how(ask);
    }

    // ── ending ──

    /** @param says the data of the server's close event, which rules over the transport's code */
    #ended(code, reason, says = {}) {
      const connection = this.#drop();
      const { transport, reconnect, WebSocket, SockJS } = this.#options;
      const mayReturn = code !== INVALID_USER && (says.reconnect ?? !FINAL.has(code));
      if (!reconnect || !mayReturn) {
        this.#finish(code, reason);
        if (code === INVALID_USER) this.#tokens.forget(this.#token);
        return;
      }
      if (code === TOKEN_EXPIRED) this.#expired = this.#token;
      this.#elsewhere = says.url ? new URL(says.url, this.#base) : null;
      const mute = code === BROKEN && connection?.heard === 0 && !this.#opened;
      if (mute && transport === 'auto' && WebSocket && SockJS) {
        this.#fallback = !this.#fallback;
        if (this.#fallback) return this.#connect();
      }
      const after = this.#backOff(connection?.since, code, says.after);
      this.#retry = setTimeout(() => this.#connect(), Math.min(after, LONGEST_TIMER));
      this.#become(this.#opened ? 'reconnecting' : 'connecting');
      this.#fire('close', { code, reason, reconnect: true, after: Math.round(after) });
    }

    /** How long to wait. A connection that outlasted the wait before it was a good one: counting starts anew. */
    #backOff(since, code, asked) {
      const { min, max, factor, jitter } = this.#options.reconnect;
      if (since && Date.now() - since > this.#delay) this.#attempt = 0;
      const step = Math.min(max, min * factor ** this.#attempt) * (1 - jitter * Math.random());
      const usual = code === TOKEN_EXPIRED ? 0 : code === GOING_AWAY ? min * Math.random() : step;
      this.#delay = Math.max(asked ?? usual, this.#attempt === 0 ? 0 : step);
      this.#attempt++;
      return this.#delay;
    }

    #finish(code, reason) {
      if (this.#state === 'closed') return;
      clearTimeout(this.#retry);
      this.#retry = null;
      for (const { id } of this.#queue.splice(0)) {
        this.#settle(id, (ask) => ask.reject(failure('DISCONNECTED', 'Closed before this was sent', true)));
      }
      this.#drop();
      this.#forsake();
      this.#unwatch();
      globalThis.removeEventListener?.('online', this.#online);
      this.#become('closed');
      this.#fire('close', { code, reason, reconnect: false });
    }

    /** What was asked and not answered; what still waits here is not. */
    #underWay() {
      const waiting = new Set(this.#queue.map(({ id }) => id));
      return [...this.#asks].filter(([id]) => !waiting.has(id)).map(([id, ask]) => ({ id, ...ask }));
    }

    /** Whether an ask that was under way has run, nobody knows. */
    #forsake(which = () => true) {
      for (const { id } of this.#underWay().filter(which)) {
        this.#settle(id, (ask) => ask.reject(failure('DISCONNECTED', 'The connection broke before the answer came')));
      }
    }

    /** Lets go of the connection. */
    #drop() {
      const connection = this.#connection;
      this.#turn++;
      this.#connection = null;
      this.#id = null;
      this.#node = null;
      connection?.drop();
      this.#forsake(({ text }) => !this.#life || !text);
      return connection;
    }

    #become(state) {
      if (this.#state === state) return;
      this.#state = state;
      this.#fire('$state', state);
    }
  }

  globalThis.Switchboard = Object.freeze({
    connect: (url = '/', options = {}) => new Socket(url, options),
    tokens: (options) => new Tokens(options),
    token: new Tokens(),
  });
})();
