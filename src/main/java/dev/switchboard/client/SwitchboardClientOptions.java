package dev.switchboard.client;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a client connects to, who it is, and what it may hold. A client takes a copy. Not for several threads at once.
 *
 * <pre>{@code
 * new SwitchboardClientOptions("https://chat.example.org")
 *         .namespace("/orders")
 *         .token(() -> tokens.fresh())
 *         .queue(1_000);
 * }</pre>
 */
public final class SwitchboardClientOptions {
    private static final int MIB = 1024 * 1024;

    private final Target target;
    private String namespace = "/";
    private Supplier<Future<String>> tokens = () -> Future.succeededFuture("");
    private boolean renews;
    private Optional<BackOff> backOff = Optional.of(BackOff.DEFAULT);
    private int queue = 100;
    private int asks = 1_000;
    private int pendingBytes = 16 * MIB;
    private int message = MIB;
    private Duration openTimeout = Duration.ofSeconds(15);
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pongTimeout = Duration.ofSeconds(10);
    private Optional<Consumer<Map<String, String>>> trace = Optional.empty();
    private WebSocketClientOptions webSocket = new WebSocketClientOptions();

    /**
     * @param url the server: {@code https://chat.example.org}, also with a path before those of the namespaces, and with a
     *     query, which goes with every connection
     * @throws IllegalArgumentException when it is no absolute URL with {@code http}, {@code https}, {@code ws} or {@code wss}
     */
    public SwitchboardClientOptions(String url) {
        target = Target.of(url);
    }

    SwitchboardClientOptions(SwitchboardClientOptions other) {
        target = other.target;
        namespace = other.namespace;
        tokens = other.tokens;
        renews = other.renews;
        backOff = other.backOff;
        queue = other.queue;
        asks = other.asks;
        pendingBytes = other.pendingBytes;
        message = other.message;
        openTimeout = other.openTimeout;
        pingInterval = other.pingInterval;
        pongTimeout = other.pongTimeout;
        trace = other.trace;
        webSocket = new WebSocketClientOptions(other.webSocket);
    }

    /** {@code /} by default. */
    public SwitchboardClientOptions namespace(String name) {
        if (!name.startsWith("/")) {
            throw new IllegalArgumentException("a namespace begins with /, unlike " + name);
        }
        namespace = name;
        return this;
    }

    /** Who it is, by a token that is never replaced: when it has expired, the client is closed with 4002. */
    public SwitchboardClientOptions token(String token) {
        tokens = () -> Future.succeededFuture(token);
        renews = false;
        return this;
    }

    /**
     * Who it is, by whatever yields tokens: asked on the client's context before each connection, and again at about two
     * thirds of a token's life, so that the live connection gets a fresh one. It has {@link #openTimeout} to answer. A future
     * that fails is tried again: before a connection after a pause, else before the token expires. By default the client is
     * nobody, as with an empty token.
     */
    public SwitchboardClientOptions token(Supplier<Future<String>> supplier) {
        tokens = supplier;
        renews = true;
        return this;
    }

    /** How long it waits before it connects again; {@link BackOff#DEFAULT} by default. */
    public SwitchboardClientOptions backOff(BackOff pauses) {
        backOff = Optional.of(pauses);
        return this;
    }

    /** The first end of a connection is the last. */
    public SwitchboardClientOptions neverReconnect() {
        backOff = Optional.empty();
        return this;
    }

    /** How many messages wait at most while no connection takes them; 100 by default. */
    public SwitchboardClientOptions queue(int messages) {
        queue = atLeast(0, messages);
        return this;
    }

    /** How many asks may be sent and unanswered; 1,000 by default. */
    public SwitchboardClientOptions asks(int most) {
        asks = atLeast(1, most);
        return this;
    }

    /** How many bytes of data may wait for a connection or for answers, together; 16 MiB by default. */
    public SwitchboardClientOptions pendingBytes(int bytes) {
        pendingBytes = atLeast(1, bytes);
        return this;
    }

    /**
     * How many bytes a message has at most; 1 MiB by default. A larger one is not sent; one that comes ends the client with
     * 1009, for it would come again.
     */
    public SwitchboardClientOptions message(int bytes) {
        message = atLeast(1, bytes);
        return this;
    }

    /** How long opening may take, from the connection to the server's {@code open}; 15 seconds by default. */
    public SwitchboardClientOptions openTimeout(Duration time) {
        openTimeout = positive(time);
        return this;
    }

    /** After how long a silence it asks whether anybody is there; 25 seconds by default. */
    public SwitchboardClientOptions pingInterval(Duration time) {
        pingInterval = positive(time);
        return this;
    }

    /** How long it waits for a sign of life then; 10 seconds by default. */
    public SwitchboardClientOptions pongTimeout(Duration time) {
        pongTimeout = positive(time);
        return this;
    }

    /**
     * Lets each event say which trace it belongs to: asked when one is emitted or asked, by the thread that does it, to put the
     * W3C's {@code traceparent} and {@code tracestate} into an empty map. By OpenTelemetry:
     *
     * <pre>{@code
     * options.trace(headers -> W3CTraceContextPropagator.getInstance()
     *         .inject(Context.current(), headers, (map, name, value) -> map.put(name, value)));
     * }</pre>
     */
    public SwitchboardClientOptions trace(Consumer<Map<String, String>> inject) {
        trace = Optional.of(inject);
        return this;
    }

    /** What else Vert.x's client is told: trust, proxies, compression. Bounds of messages are those of {@link #message}. */
    public SwitchboardClientOptions webSocket(WebSocketClientOptions options) {
        webSocket = new WebSocketClientOptions(options);
        return this;
    }

    private static int atLeast(int least, int number) {
        if (number < least) {
            throw new IllegalArgumentException("at least " + least + ", not " + number);
        }
        return number;
    }

    private static Duration positive(Duration time) {
        if (time.toMillis() < 1) {
            throw new IllegalArgumentException("a time is at least 1 ms, not " + time);
        }
        return time;
    }

    Target target() {
        return target;
    }

    String namespace() {
        return namespace;
    }

    Supplier<Future<String>> tokens() {
        return tokens;
    }

    boolean renews() {
        return renews;
    }

    Optional<BackOff> backOff() {
        return backOff;
    }

    int queue() {
        return queue;
    }

    int asks() {
        return asks;
    }

    int pendingBytes() {
        return pendingBytes;
    }

    int message() {
        return message;
    }

    Duration openTimeout() {
        return openTimeout;
    }

    Duration pingInterval() {
        return pingInterval;
    }

    Duration pongTimeout() {
        return pongTimeout;
    }

    Optional<Consumer<Map<String, String>>> trace() {
        return trace;
    }

    WebSocketClientOptions webSocket() {
        return new WebSocketClientOptions(webSocket).setMaxFrameSize(message).setMaxMessageSize(message);
    }
}
