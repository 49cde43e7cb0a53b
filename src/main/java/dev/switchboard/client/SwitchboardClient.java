package dev.switchboard.client;

import dev.switchboard.wire.EventException;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of one namespace of a Switchboard server, which stays connected until {@link #close} or a reason that forbids to
 * come back. It does as {@code switchboard.js} does.
 *
 * <pre>{@code
 * SwitchboardClient client = SwitchboardClient.create(vertx, new SwitchboardClientOptions("https://chat.example.org")
 *                 .token(() -> tokens.fresh()))
 *         .on("new message", data -> print(data.string("text")))
 *         .answer("how warm?", data -> thermometer.read());
 * client.connect()
 *         .compose(open -> client.ask("rooms", null))
 *         .onSuccess(rooms -> print(rooms.array()));
 * }</pre>
 *
 * <p>Threads: the client lives on the Vert.x context that {@link #create} is called on, or on an event loop of its own.
 * Listeners and answerers run there, one at a time, and futures complete there. All methods may be called from any thread;
 * what one thread calls happens in the order of its calls. Listeners must not block, unless the context is a worker's.
 *
 * <p>Order: events are heard in the order in which the server sends them, and sent in the order of the calls, each at most
 * once. Without a connection, and while it takes no more, messages wait, and their number and bytes have bounds.
 *
 * <p>Where the namespace has {@code resume}, a client that lost its connection comes back as the socket that it was: what it
 * missed comes after {@code open}, once and in order, and what was asked and is not answered is asked again, but starts once.
 * Where something is missing, or without {@code resume}, {@code open} says {@code "resumed":false} or nothing, and asks that
 * were under way fail with {@code DISCONNECTED}.
 *
 * <p>Three events are about the client itself: {@code open} at each connection, with what the server says; {@code close} at
 * each end, with {@code code}, {@code reason}, {@code reconnect} and, if it comes back, {@code after} in ms; {@code error} for
 * an event that wanted no answer and failed, a fresh token that was refused, or a token that could not be had ({@code
 * NOT_CONNECTED}), with {@code code} and {@code message}.
 *
 * <p>Futures fail with an {@link EventException}: with the server's codes, or {@code TIMEOUT}, {@code DISCONNECTED} (the
 * connection broke and the socket was not resumed, or the client is closed), {@code QUEUE_FULL}, {@code TOO_MANY_PENDING},
 * {@code TOO_BIG}. Its {@code retry} is true only where the event surely did not run.
 */
public final class SwitchboardClient {
    /** Where a client is in its life. */
    public enum State {
        /** Before {@link #connect}. */
        NEW,
        /** Not open yet. */
        CONNECTING,
        OPEN,
        /** Between two connections. */
        RECONNECTING,
        /** The end. */
        CLOSED
    }

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final ContextInternal context;
    private final ClientSocket socket;
    private final Optional<Consumer<Map<String, String>>> tracer;
    private volatile State state = State.NEW;

    private SwitchboardClient(ContextInternal context, SwitchboardClientOptions options) {
        this.context = context;
        this.tracer = options.trace();
        this.socket = new ClientSocket(context, options, next -> state = next);
    }

    /** A client that has not connected yet, on the current context. */
    public static SwitchboardClient create(Vertx vertx, SwitchboardClientOptions options) {
        ContextInternal context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        return new SwitchboardClient(context, new SwitchboardClientOptions(options));
    }

    /**
     * Connects, and goes on trying. Once is enough.
     *
     * @return done at the first {@code open}; fails with {@code DISCONNECTED} when the client is closed before
     */
    public Future<Void> connect() {
        return call(socket::connect);
    }

    /** Calls back for each event of this name. When the server asks, and nothing {@link #answer}s, the answer is empty. */
    public SwitchboardClient on(String event, Consumer<Payload> listener) {
        run(() -> socket.listeners.add(event, listener, false));
        return this;
    }

    /** The same for the next event alone. */
    public SwitchboardClient once(String event, Consumer<Payload> listener) {
        run(() -> socket.listeners.add(event, listener, true));
        return this;
    }

    /**
     * Answers what the server asks by an event of this name; the last one given does. It gives what {@link Payload#of} takes,
     * or a Future of it. An {@link EventException} that it throws, or its future fails with, tells the server its code
     * and message, any other {@code HANDLER_FAILED}, and is logged.
     */
    public SwitchboardClient answer(String event, Function<Payload, @Nullable Object> answerer) {
        run(() -> socket.listeners.answer(event, answerer));
        return this;
    }

    /** Removes all that listens to the event or answers it. */
    public SwitchboardClient off(String event) {
        run(() -> socket.listeners.remove(event));
        return this;
    }

    /** Removes this listener, the same object. */
    public SwitchboardClient off(String event, Consumer<Payload> listener) {
        run(() -> socket.listeners.remove(event, listener));
        return this;
    }

    /**
     * Sends an event.
     *
     * @param data as {@link Payload#of} takes it; bytes travel as base64 text
     * @return done when a connection has taken it, which does not say that it arrived
     * @throws IllegalArgumentException when the name is none, or the server's own
     */
    public Future<Void> emit(String event, @Nullable Object data) {
        String name = EventNames.checked(event);
        Payload payload = Payload.of(data);
        TraceContext trace = trace();
        return call(() -> socket.emit(name, payload, trace)).mapEmpty();
    }

    /** Asks, and waits 30 seconds at most, as {@link #ask(String, Object, Duration)} does. */
    public Future<Payload> ask(String event, @Nullable Object data) {
        return ask(event, data, ANSWER_TIMEOUT);
    }

    /**
     * Sends an event and awaits its answer.
     *
     * @param data as {@link Payload#of} takes it; bytes travel as base64 text
     * @param timeout the time without a connection counts
     * @throws IllegalArgumentException when the name is none, or the server's own, or the time is not at least 1 ms
     */
    public Future<Payload> ask(String event, @Nullable Object data, Duration timeout) {
        String name = EventNames.checked(event);
        Payload payload = Payload.of(data);
        long millis = timeout.toMillis();
        if (millis < 1) {
            throw new IllegalArgumentException("a time is at least 1 ms, not " + timeout);
        }
        TraceContext trace = trace();
        return call(() -> socket.ask(name, payload, trace, millis));
    }

    /** Asked on the caller's thread, which knows what it is in. */
    private @Nullable TraceContext trace() {
        if (tracer.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        tracer.get().accept(headers);
        return TraceContext.of(headers.get("traceparent"), headers.get("tracestate"));
    }

    public State state() {
        return state;
    }

    /** Ends it for good: the server is told that it will not come back, and what waited fails. */
    public Future<Void> close() {
        return call(socket::close);
    }

    private void run(Runnable action) {
        if (context.isRunningOnContext()) {
            action.run();
        } else {
            context.runOnContext(v -> action.run());
        }
    }

    private <T> Future<T> call(Supplier<Future<T>> action) {
        Promise<T> promise = context.promise();
        run(() -> action.get().onComplete(promise));
        return promise.future();
    }
}
