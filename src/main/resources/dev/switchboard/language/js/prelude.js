// What a script sees beside the language itself. Evaluates to a function that puts it into the global scope.
(function (host, settings, register) {
    'use strict';

    const NOTHING = 0;
    const JSON_TEXT = 1;
    const BYTES = 2;

    function pack(value) {
        if (value === undefined) {
            return [NOTHING, ''];
        }
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
            const bytes = value instanceof ArrayBuffer
                ? new Uint8Array(value)
                : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
            return [BYTES, Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')];
        }
        const text = JSON.stringify(value);
        if (text === undefined) {
            throw new TypeError('this value has no JSON form');
        }
        return [JSON_TEXT, text];
    }

    function unpack(kind, text) {
        switch (kind) {
            case NOTHING: return undefined;
            case JSON_TEXT: return JSON.parse(text);
            default: return Uint8Array.from(text, (character) => character.charCodeAt(0));
        }
    }

    function error(code, message, retry, data) {
        const fault = Object.assign(new Error(message), code ? { code, retry } : {});
        return data === undefined ? fault : Object.assign(fault, { data });
    }

    function later(future) {
        return new Promise((resolve, reject) => host.settle(
            future,
            (kind, text) => resolve(unpack(kind, text)),
            (code, message, retry, kind, text) => reject(error(code, message, retry, unpack(kind, text)))));
    }

    async function gathered(future) {
        const all = await later(future);
        return { ...all, answers: all.answers.map((one) => one.data ? { ...one, data: unpack(...one.data) } : one) };
    }

    function rooms(names) {
        if (names.length === 0) {
            throw new TypeError('which rooms?');
        }
        return names.map(String);
    }

    const FLAGS = ['volatile', 'local', 'compress'];

    function flag(name) {
        if (!FLAGS.includes(name)) {
            throw new TypeError(`there is no flag ${shown(name)}, but ${FLAGS.join(', ')}`);
        }
        return name;
    }

    // What an audience and a socket have in common.
    class Verbs {
        #it;
        constructor(it) { this.#it = it; }
        async emit(event, data) { return later(this.#it.emit(String(event), ...pack(data))); }
        async ask(event, data, limit = 10_000) { return later(this.#it.ask(String(event), ...pack(data), limit)); }
        async join(room) { return later(this.#it.join(String(room))); }
        async leave(room) { return later(this.#it.leave(String(room))); }
        rooms() { return later(this.#it.rooms()); }
        async disconnect(reason) {
            return later(reason === undefined
                ? this.#it.disconnect()
                : this.#it.disconnectWith(reason.code, reason.text ?? '', reason.reconnect ?? false));
        }
    }

    class Audience extends Verbs {
        #it;
        constructor(it) {
            super(it);
            this.#it = it;
        }
        except(...sockets) { return new Audience(sockets.reduce((it, id) => it.except(String(id)), this.#it)); }
        with(...flags) { return new Audience(flags.reduce((it, name) => it.with(flag(name)), this.#it)); }
        async askAll(event, data, limit = 10_000) {
            return gathered(this.#it.askAll(String(event), ...pack(data), limit));
        }
        users() { return later(this.#it.users()); }
        count() { return later(this.#it.count()); }
        sockets() { return later(this.#it.sockets()); }
    }

    class Namespace {
        #it;
        constructor(it) { this.#it = it; }
        get name() { return this.#it.name(); }
        all() { return new Audience(this.#it.all()); }
        room(room) { return new Audience(this.#it.room(String(room))); }
        inAnyOf(...names) { return new Audience(this.#it.inAnyOf(...rooms(names))); }
        user(id) { return new Audience(this.#it.user(String(id))); }
        socket(id) { return new Audience(this.#it.socket(String(id))); }
        rooms() { return later(this.#it.rooms()); }
    }

    class Session {
        #it;
        constructor(it) { this.#it = it; }
        get(name) { return later(this.#it.sessionGet(String(name))); }
        async put(name, value) {
            const text = JSON.stringify(value);
            if (text === undefined || text === 'null') {
                throw new TypeError('a session keeps no such value');
            }
            return later(this.#it.sessionPut(String(name), text));
        }
        remove(name) { return later(this.#it.sessionRemove(String(name))); }
    }

    class Socket extends Verbs {
        #it;
        #identity;
        #namespace;
        constructor(it) {
            super(it);
            this.#it = it;
        }
        #who() { return this.#identity ??= JSON.parse(this.#it.identity()); }
        get id() { return this.#it.id(); }
        get user() { return this.#who().user; }
        get claims() { return this.#who().claims; }
        get handshake() { return this.#who().handshake; }
        get namespace() { return this.#namespace ??= new Namespace(this.#it.namespace()); }
        get session() { return new Session(this.#it); }
        broadcast(event, data) { return this.toOthers().emit(event, data); }
        toAll() { return this.namespace.all(); }
        toOthers() { return this.toAll().except(this.id); }
        toRoom(room) { return this.namespace.room(room); }
        toOthersIn(room) { return this.toRoom(room).except(this.id); }
        toAnyOf(...names) { return this.namespace.inAnyOf(...names); }
        toUser(id) { return this.namespace.user(id); }
        toSocket(id) { return this.namespace.socket(id); }
        /** Revokes its token, all of its log-in, or all that its user has: 'token', 'login' or 'user'. */
        async logOut(what = 'login') { return later(this.#it.logOut(String(what))); }
        attribute(name, ...value) {
            if (value.length === 0) {
                return JSON.parse(this.#it.attribute(String(name)));
            }
            this.#it.note(String(name), JSON.stringify(value[0] ?? null));
        }
    }

    class Packet {
        #it;
        constructor(it) { this.#it = it; }
        get event() { return this.#it.event(); }
        set event(name) { this.#it.rename(String(name)); }
        get data() { return unpack(this.#it.kind(), this.#it.text()); }
        set data(value) { this.#it.replace(...pack(value ?? null)); }
    }

    const onwards = (it) => async () => later(it.next());

    // How the handlers of each kind are called; one more kind is a line here, and a case in JsCalls.
    const kinds = {
        event: (handler, socket, data) => handler(socket, data),
        open: (handler, socket) => handler(socket),
        disconnecting: (handler, socket, reason) => handler(socket, reason),
        disconnect: (handler, socket, reason) => handler(socket, reason),
        close: (handler, socket, reason) => handler(socket, reason),
        error: (handler, socket, failure) => handler(socket, failure),
        connection: async (handler, socket, nothing, it) => { await handler(socket, onwards(it)); },
        packet: async (handler, socket, nothing, it) => { await handler(socket, new Packet(it), onwards(it)); },
    };

    // What is thrown may be anything: whatever it is, the call ends.
    function failure(e) {
        try {
            return typeof e?.code === 'string' && e.code !== ''
                ? [e.code, String(e.message ?? ''), e.retry === true, ...pack(e.data)]
                : ['', told(e), false, ...pack(undefined)];
        } catch {
            return ['', 'something was thrown that cannot be shown', false, ...pack(undefined)];
        }
    }

    async function run(work, succeed, fail) {
        try {
            succeed(...pack(await work()));
        } catch (e) {
            fail(...failure(e));
        }
    }

    function callable(handler, name) {
        if (typeof handler !== 'function') {
            throw new TypeError(`on ${name}: the handler is not a function`);
        }
        return handler;
    }

    function handles(kind, event, handler) {
        callable(handler, event || kind);
        register(kind, event, (succeed, fail, it, type, text, passage) => {
            run(() => kinds[kind](handler, new Socket(it), unpack(type, text), passage), succeed, fail);
        });
    }

    const nodes = {
        /** What the nodes answer, each of which has one entry. */
        async ask(name, data, limit = 10_000) {
            return gathered(host.askNodes(String(name), ...pack(data), limit));
        },
        /** Answers for this node; the function that it returns ends it. */
        answer(name, handler) {
            callable(handler, name);
            const answerer = host.answerNodes(String(name), (succeed, fail, nobody, type, text) => {
                run(() => handler(unpack(type, text)), succeed, fail);
            });
            return () => later(host.unregister(answerer));
        },
    };

    const users = {
        /** Revokes all that a user has. */
        async logOut(id) { return later(host.logOut(String(id))); },
    };

    function on(event, handler) {
        handles('event', String(event), handler);
        return on;
    }
    for (const kind of Object.keys(kinds).filter((kind) => kind !== 'event')) {
        on[kind] = (handler) => {
            handles(kind, '', handler);
            return on;
        };
    }
    /** The namespace whose events are handled when no configuration maps them. */
    on.namespace = (name) => {
        host.serve(String(name));
        return on;
    };

    function told(e) {
        return e instanceof Error ? e.stack ?? String(e) : String(e);
    }

    function line(words) {
        return words
            .map((word) => typeof word === 'string' ? word : word instanceof Error ? told(word) : shown(word))
            .join(' ');
    }

    function shown(word) {
        try {
            return JSON.stringify(word) ?? String(word);
        } catch {
            return String(word);
        }
    }

    function timer(repeat) {
        return (action, millis = 0, ...given) => host.timer(
            () => {
                run(async () => { await action(...given); }, () => {}, (code, message) => host.log('error', message));
            },
            Math.max(1, Math.trunc(Number(millis)) || 0),
            repeat);
    }

    function cancel(id) {
        if (typeof id === 'number') {
            host.cancel(id);
        }
    }

    const logged = (level) => (...words) => host.log(level, line(words));

    const { switchboard, ...config } = JSON.parse(settings);
    Object.assign(globalThis, {
        on,
        config,
        nodes,
        users,
        namespace: (name) => new Namespace(host.namespace(String(name))),
        setTimeout: timer(false),
        setInterval: timer(true),
        clearTimeout: cancel,
        clearInterval: cancel,
        console: {
            log: logged('info'),
            info: logged('info'),
            warn: logged('warn'),
            error: logged('error'),
            debug: logged('debug'),
        },
    });
})
