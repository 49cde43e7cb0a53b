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

    function error(code, message, retry) {
        return Object.assign(new Error(message), code ? { code, retry } : {});
    }

    function later(future) {
        return new Promise((resolve, reject) => host.settle(
            future,
            (kind, text) => resolve(unpack(kind, text)),
            (code, message, retry) => reject(error(code, message, retry))));
    }

    class Audience {
        #it;
        constructor(it) { this.#it = it; }
        except(...sockets) { return new Audience(sockets.reduce((it, id) => it.except(String(id)), this.#it)); }
        async emit(event, data) { return later(this.#it.emit(String(event), ...pack(data))); }
        async ask(event, data, limit = 10_000) { return later(this.#it.ask(String(event), ...pack(data), limit)); }
        users() { return later(this.#it.users()); }
        count() { return later(this.#it.count()); }
        sockets() { return later(this.#it.sockets()); }
        join(room) { return later(this.#it.join(String(room))); }
        leave(room) { return later(this.#it.leave(String(room))); }
        disconnect(reason) {
            return later(reason === undefined
                ? this.#it.disconnect()
                : this.#it.disconnectWith(reason.code, reason.text ?? '', reason.reconnect ?? false));
        }
    }

    class Namespace {
        #it;
        constructor(it) { this.#it = it; }
        get name() { return this.#it.name(); }
        all() { return new Audience(this.#it.all()); }
        room(room) { return new Audience(this.#it.room(String(room))); }
        user(id) { return new Audience(this.#it.user(String(id))); }
        socket(id) { return new Audience(this.#it.socket(String(id))); }
        rooms() { return later(this.#it.rooms()); }
    }

    class Socket {
        #it;
        #identity;
        #namespace;
        constructor(it) { this.#it = it; }
        #who() { return this.#identity ??= JSON.parse(this.#it.identity()); }
        get id() { return this.#it.id(); }
        get user() { return this.#who().user; }
        get claims() { return this.#who().claims; }
        get handshake() { return this.#who().handshake; }
        get namespace() { return this.#namespace ??= new Namespace(this.#it.namespace()); }
        emit(event, data) { return this.toSocket(this.id).emit(event, data); }
        ask(event, data, limit) { return this.toSocket(this.id).ask(event, data, limit); }
        broadcast(event, data) { return this.toOthers().emit(event, data); }
        toAll() { return this.namespace.all(); }
        toOthers() { return this.toAll().except(this.id); }
        toRoom(room) { return this.namespace.room(room); }
        toOthersIn(room) { return this.toRoom(room).except(this.id); }
        toUser(id) { return this.namespace.user(id); }
        toSocket(id) { return this.namespace.socket(id); }
        join(room) { return this.toSocket(this.id).join(room); }
        leave(room) { return this.toSocket(this.id).leave(room); }
        rooms() { return later(this.#it.rooms()); }
        disconnect(reason) { return this.toSocket(this.id).disconnect(reason); }
        attribute(name, ...value) {
            if (value.length === 0) {
                return JSON.parse(this.#it.attribute(String(name)));
            }
            this.#it.note(String(name), JSON.stringify(value[0] ?? null));
        }
    }

    // What the handlers of each kind are given; one more kind is a line here, and a case in JsVerticle.
    const kinds = {
        event: (socket, data) => [socket, data],
        open: (socket) => [socket],
        close: (socket, reason) => [socket, reason],
    };

    async function run(work, succeed, fail) {
        try {
            succeed(...pack(await work()));
        } catch (e) {
            const isOwn = typeof e?.code === 'string' && e.code !== '';
            fail(isOwn ? e.code : '', isOwn ? String(e.message ?? '') : told(e), e?.retry === true);
        }
    }

    function handles(kind, event, handler) {
        if (typeof handler !== 'function') {
            throw new TypeError(`on ${event || kind}: the handler is not a function`);
        }
        register(kind, event, (succeed, fail, it, type, text) => {
            run(() => handler(...kinds[kind](new Socket(it), unpack(type, text))), succeed, fail);
        });
    }

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
