/**
 * Types of switchboard.js, which defines one global, `Switchboard`. The module switchboard.mjs exports its three members.
 *
 *     const socket = Switchboard.connect();
 *     socket.on('new message', ({ from, text }) => show(from.name, text));
 *     socket.emit('new message', { text: 'hello' });
 *     const { rooms } = await socket.ask('rooms');
 */
declare namespace Switchboard {
  /**
   * Connects to a namespace, and stays connected until `close()` or a reason that forbids to come back.
   *
   * @param url where the server is: `https://chat.example.org`, or a path of this page's origin, which is the default.
   *     The namespace is appended to its path; its query goes with every connection.
   * @throws Error when the chosen transport does not exist here
   */
  function connect(url?: string, options?: Options): Socket;
  /** The same where the events are known: `connect<ChatEvents>()`, with what `run.sh types` writes. */
  function connect<Events extends EventTypes>(url?: string, options?: Options): TypedSocket<Events>;

  /** The page's token, shared by all tabs of this origin. What `connect` uses unless told otherwise. */
  const token: Tokens;

  /** Another store of tokens: for a server that keeps `/token` elsewhere, or for tests. */
  function tokens(options?: TokensOptions): Tokens;

  /** A SockJS transport. */
  type SockJSTransport =
    | 'xhr-streaming' | 'xdr-streaming' | 'eventsource' | 'iframe-eventsource' | 'htmlfile' | 'iframe-htmlfile'
    | 'xhr-polling' | 'xdr-polling' | 'iframe-xhr-polling' | 'jsonp-polling';

  interface Options {
    /** `/` by default; such as `/chat`. */
    namespace?: string;
    /**
     * - `auto` (default): a native WebSocket; until the first success, SockJS (if it is loaded) takes turns with it
     * - `websocket`: a native WebSocket only
     * - `sockjs`: SockJS, which chooses the transport
     * - the name of a SockJS transport: SockJS with this one only
     */
    transport?: 'auto' | 'websocket' | 'sockjs' | SockJSTransport;
    /**
     * Who I am: a token, a function that yields one (asked before every connection), a store, or null for nobody.
     * By default `Switchboard.token`. A page whose server knows its user, and so writes a token of its own into it,
     * gives `Switchboard.token.page`.
     */
    token?: string | null | (() => string | null | Promise<string | null>) | Tokens;
    /** How to come back; false: never. */
    reconnect?: BackOff | false;
    /** How many messages wait at most while there is no connection; 100 by default. */
    queue?: number;
    /** After how many ms of silence to ask whether anybody is there; 25,000 by default. */
    pingInterval?: number;
    /** How many ms to wait for a sign of life then; 10,000 by default. */
    pongTimeout?: number;
    /** How many ms opening may take; 15,000 by default. */
    openTimeout?: number;
    /**
     * Called when an event is emitted or asked, to write the W3C's `traceparent` (and `tracestate`) of the trace that it belongs
     * to into the carrier, as OpenTelemetry does: `(carrier) => propagation.inject(context.active(), carrier)`.
     */
    trace?: (carrier: { traceparent?: string; tracestate?: string }) => void;
    /** The constructor to use instead of the global one. */
    WebSocket?: unknown;
    /** The constructor to use instead of the global one. */
    SockJS?: unknown;
  }

  /** Waits `min * factor ** n` ms, at most `max`; of that the part `jitter` is left to chance. */
  interface BackOff {
    /** 1,000 by default. */
    min?: number;
    /** 30,000 by default. */
    max?: number;
    /** 2 by default. */
    factor?: number;
    /** From 0 to 1; 0.5 by default. */
    jitter?: number;
  }

  interface User {
    readonly id: string;
    readonly name: string;
  }

  type State = 'connecting' | 'open' | 'reconnecting' | 'closed';

  /** What each socket has, whatever its events. */
  interface SocketState {
    /** The server's id of this socket, another one after each reconnection unless it was resumed; null while there is no connection. */
    readonly id: string | null;
    /** The node of the cluster that holds this connection; null without a connection, and where there is one node. */
    readonly node: string | null;
    /** Who the server says I am; null before the first `open`. */
    readonly user: User | null;
    readonly state: State;

    /** Ends it for good. What waited is dropped. */
    close(): void;
  }

  /**
   * One socket. Messages go out in the order of the calls; each is sent at most once. Without a connection they wait, in
   * a bounded queue, for the next one.
   *
   * Where the namespace lets clients come back, it does so by itself: events that were missed come after `open`, once and
   * in order, and what was asked and not answered is asked again, but starts once.
   */
  interface Socket extends SocketState {
    /**
     * Sends an event.
     *
     * @throws Failure `QUEUE_FULL` when too much waits, `DISCONNECTED` when the socket is closed
     */
    emit(event: string, data?: unknown): void;

    /**
     * Sends an event and awaits its answer.
     *
     * @param options.timeout in ms, 30,000 by default; the time in the queue counts
     * @returns rejects with a Failure: the server's code, or `TIMEOUT`, `DISCONNECTED` (the connection broke and the socket
     *     was not resumed, or it was closed), `QUEUE_FULL`
     */
    ask<Answer = any>(event: string, data?: unknown, options?: AskOptions): Promise<Answer>;

    /**
     * Listens to an event of the server. When the server asks, the first result of a listener that is not undefined (or
     * what its promise yields) is the answer; a listener that throws answers with an error, whose `code` is the one of
     * what was thrown, or `HANDLER_FAILED`.
     *
     * Four events are about the socket itself. Their names can be no application's: see `open`, `close`, `error`,
     * `$state` below.
     */
    on<Event extends keyof OwnEvents>(event: Event, listener: (data: OwnEvents[Event]) => void): this;
    on(event: string, listener: (data: any) => unknown): this;
    once<Event extends keyof OwnEvents>(event: Event, listener: (data: OwnEvents[Event]) => void): this;
    once(event: string, listener: (data: any) => unknown): this;

    /** Removes a listener, or all of the event. */
    off(event: string, listener?: (data: any) => unknown): this;
  }

  interface AskOptions {
    timeout?: number;
  }

  /** The events of a namespace: what clients send, with its answers, and what they are sent. */
  interface EventTypes {
    emit: object;
    on: object;
  }

  type DataOf<Sent> = Sent extends { data: infer Data } ? [data: Data] : [data?: unknown];
  type AskOf<Sent> = Sent extends { data: infer Data }
    ? [data: Data, options?: AskOptions]
    : [data?: unknown, options?: AskOptions];
  type AnswerOf<Sent> = Sent extends { answer: infer Answer } ? Answer : unknown;

  /** A socket whose events are known: others do not compile. It does what a `Socket` does. */
  interface TypedSocket<Events extends EventTypes> extends SocketState {
    emit<Event extends keyof Events['emit'] & string>(event: Event, ...data: DataOf<Events['emit'][Event]>): void;
    ask<Event extends keyof Events['emit'] & string>(
      event: Event,
      ...data: AskOf<Events['emit'][Event]>
    ): Promise<AnswerOf<Events['emit'][Event]>>;
    on<Event extends keyof OwnEvents>(event: Event, listener: (data: OwnEvents[Event]) => void): this;
    on<Event extends keyof Events['on'] & string>(event: Event, listener: (data: Events['on'][Event]) => unknown): this;
    once<Event extends keyof OwnEvents>(event: Event, listener: (data: OwnEvents[Event]) => void): this;
    once<Event extends keyof Events['on'] & string>(event: Event, listener: (data: Events['on'][Event]) => unknown): this;
    off<Event extends (keyof OwnEvents | keyof Events['on']) & string>(event: Event, listener?: (data: any) => unknown): this;
  }

  interface OwnEvents {
    /** Connected, again or for the first time. What a listener emits here goes out before what waited in the queue. */
    open: {
      id: string; user: User; namespace: string; protocol: number; node?: string;
      /**
       * Where the namespace lets clients come back: whether this is the socket that it was, and nothing was missed. False
       * the first time, and when something is missing: then the application asks for what it needs.
       */
      resumed?: boolean;
      /** Why it was not resumed, where it wanted to be: the time was over, or of what it missed something is kept no more. */
      reason?: 'unknown' | 'incomplete';
    };
    /** A connection ended, or could not be made. */
    close: Closed;
    /** An event that asked for no answer failed, or a token could not be had (`NOT_CONNECTED`). */
    error: { code: string; message: string; event?: string };
    /** `socket.state` has this new value. */
    $state: State;
  }

  interface Closed {
    /** See the table of the wire's close codes; 1006 for a connection that broke. */
    code: number;
    reason: string;
    /** Whether it comes back by itself. */
    reconnect: boolean;
    /** In how many ms. */
    after?: number;
  }

  interface Failure extends Error {
    code: string;
    /** True only where the event surely did not run. */
    retry: boolean;
  }

  /**
   * A page token and its life. It stands in localStorage, so that all tabs are the same user; where that is missing, in
   * memory. One tab refreshes it at about two thirds of its life, and the live sockets of all tabs take the new one.
   * It never goes into a URL or a cookie.
   */
  interface Tokens {
    /** Whose token it is; null without one that is still good. */
    readonly user: User | null;

    /**
     * The shared token; without one, the token of the page, which then becomes the shared one; without that, null. So
     * two tabs are one user, although the server wrote another token into each page.
     */
    current(): string | null;

    /** The token in the page's `<meta name="page-token">`, or null. */
    page(): string | null;

    /**
     * `POST /token`: logs in with what the server's authenticator wants, such as `{name: 'ann'}`.
     *
     * @returns rejects with a Failure that has the HTTP `status`, too, or with fetch's own error
     */
    login(credentials: object): Promise<LoggedIn>;

    /** `DELETE /token`: logs out everywhere where this log-in was used. The sockets of all tabs close with 4001. */
    logout(): Promise<void>;

    /** Gets a fresh token now. Null when the server refuses; rejects when it could not be asked. */
    refresh(): Promise<string | null>;

    /** Drops this token if it is the shared one. */
    forget(token: string): void;

    /** Calls back when the token changes, here or in another tab; with null when there is none any more. */
    watch(watcher: (record: { token: string; user: User } | null) => void): () => void;
  }

  interface LoggedIn {
    token: string;
    user: User;
    /** Seconds left. */
    expires: number;
  }

  interface TokensOptions {
    /** `/token` by default. */
    url?: string;
    /** The key in the storage; `switchboard.token` by default. */
    key?: string;
    /** What to use instead of localStorage. */
    storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
    /** What to use instead of the global one. */
    fetch?: typeof globalThis.fetch;
  }
}
