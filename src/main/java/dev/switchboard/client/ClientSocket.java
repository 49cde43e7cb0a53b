package dev.switchboard.client;

import dev.switchboard.client.SwitchboardClient.State;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket and its messages, on whatever connection it has. All on the client's context.
 *
 * <pre>
 *    NEW ──▶ CONNECTING ──▶ OPEN ──▶ RECONNECTING     (CONNECTING and RECONNECTING: again and again, backing off)
 *                             ▲            │
 *                             ╰────────────╯
 * </pre>
 *
 * From each of them, {@link #close} or a reason that forbids to come back leads to CLOSED, the end.
 */
final class ClientSocket {
    private static final String DISCONNECTED = "DISCONNECTED";

    final Listeners listeners = new Listeners();
    private final ContextInternal context;
    private final SwitchboardClientOptions options;
    private final Consumer<State> seen;
    private final Dialer dialer;
    private final Credentials credentials;
    private final Positions positions = new Positions();
    private final Sender sender;
    private final Promise<Void> opened;
    private State state = State.NEW;
    private @Nullable Line line;

    /** @param seen told each state */
    ClientSocket(ContextInternal context, SwitchboardClientOptions options, Consumer<State> seen) {
        this.context = context;
        this.options = options;
        this.seen = seen;
        this.credentials = new Credentials(context, options, this::renewed);
        this.dialer = new Dialer(context.owner(), options, credentials, new Connection());
        this.sender = new Sender(context, options);
        this.opened = context.promise();
    }

    Future<Void> connect() {
        if (state == State.NEW) {
            become(State.CONNECTING);
            dialer.dial(positions.isKept());
        }
        return opened.future();
    }

    Future<Payload> emit(String event, Payload data, @Nullable TraceContext trace) {
        return sender.emit(event, data, trace);
    }

    Future<Payload> ask(String event, Payload data, @Nullable TraceContext trace, long timeoutMillis) {
        return sender.ask(event, data, trace, timeoutMillis);
    }

    /** A fresh token for the live connection. */
    private void renewed(String token) {
        Line on = line;
        if (on == null || !on.isOpen()) {
            return;
        }
        sender.auth(on, token, options.openTimeout().toMillis()).onComplete(answer -> {
            if (answer.succeeded() && answer.result().has("expires")) {
                credentials.lives(answer.result().number("expires").longValue() * 1_000);
            } else if (answer.cause() instanceof EventException fault
                    && !fault.code().equals(DISCONNECTED)) {
                credentials.again();
                listeners.tell(
                        EventNames.ERROR, Payload.of(fault.failure().json().put("event", Asks.AUTH)));
            }
        });
    }

    // ── messages of the server ──

    private final class Connection implements Dialer.Listener {
        @Override
        public void reached(Line reached) {
            line = reached;
            JsonObject auth = new JsonObject();
            if (!credentials.token().isEmpty()) {
                auth.put("token", credentials.token());
            }
            if (positions.isKept()) {
                auth.put("resume", positions.resume());
            }
            if (!auth.isEmpty()) {
                reached.send(new JsonObject()
                        .put("event", Asks.AUTH)
                        .put("data", auth)
                        .encode());
            }
        }

        @Override
        public void received(JsonObject message) {
            if (message.getValue("at") instanceof String place && !positions.isNews(place)) {
                return;
            }
            if (message.getValue("event") instanceof String event) {
                told(event, message);
            } else {
                sender.answered(message);
            }
        }

        @Override
        public void drained() {
            sender.flush();
        }

        @Override
        public void ended(End end, long after) {
            lost();
            become(state == State.CONNECTING ? State.CONNECTING : State.RECONNECTING);
            tellClosed(end, true, after);
            if (state != State.CLOSED) {
                dialer.dialAfter(after, positions::isKept);
            }
        }

        @Override
        public void finished(End end) {
            finish(end);
        }

        @Override
        public void failed(String message) {
            JsonObject error = new JsonObject().put("code", "NOT_CONNECTED").put("message", message);
            listeners.tell(EventNames.ERROR, Payload.of(error));
        }
    }

    private void told(String event, JsonObject message) {
        Payload data = message.containsKey("data") ? Payload.of(message.getValue("data")) : Payload.absent();
        switch (event) {
            case EventNames.OPEN -> open(data);
            case EventNames.CLOSE -> dialer.hungUp(End.told(data));
            default -> heard(event, data, message.getValue("id"));
        }
    }

    private void open(Payload data) {
        Line on = line;
        if (on == null || on.isOpen() || !(data.value() instanceof JsonObject open)) {
            return;
        }
        on.opened();
        credentials.opened();
        positions.opened(open);
        boolean resumed = Positions.isResumed(open);
        if (resumed) {
            on.ping(); // it knows the new key: the old one is of no use now
        }
        sender.opened(on, resumed);
        become(State.OPEN);
        listeners.tell(EventNames.OPEN, data); // first, so that a listener can join rooms before what waited goes out
        opened.tryComplete();
        sender.flush();
    }

    private void heard(String event, Payload data, @Nullable Object id) {
        Line on = line;
        if (on == null || id == null) {
            listeners.tell(event, data);
            return;
        }
        listeners
                .ask(event, data)
                .map(this::answer)
                .map(answer -> ack(id, "data", answer))
                .otherwise(fault -> ack(
                        id, "error", Payload.of(Listeners.failure(event, fault).json())))
                .onSuccess(ack -> context.runOnContext(v -> on.send(ack)));
    }

    private Payload answer(@Nullable Object value) {
        Payload answer = value == null ? Payload.absent() : Payload.of(value);
        if (answer.size() > options.message()) {
            throw new EventException("TOO_BIG", "The answer is too big");
        }
        return answer;
    }

    private static String ack(Object id, String key, Payload data) {
        JsonObject ack = new JsonObject().put("ack", id);
        return (data.isAbsent() ? ack : ack.put(key, data.value())).encode();
    }

    // ── the end ──

    Future<Void> close() {
        if (state == State.CLOSED) {
            return dialer.close();
        }
        Line on = line;
        if (on != null && positions.isKept()) {
            on.send(new JsonObject().put("event", EventNames.CLOSE).encode()); // a good-bye: nobody waits for it
        }
        Future<Void> closed = dialer.close();
        finish(End.of(CloseReason.NORMAL.code(), "Closed by this side"));
        return closed;
    }

    private void finish(End end) {
        if (state == State.CLOSED) {
            return;
        }
        lost();
        become(State.CLOSED);
        sender.close();
        dialer.close();
        opened.tryFail(new EventException(DISCONNECTED, end.reason()));
        tellClosed(end, false, -1);
    }

    private void lost() {
        line = null;
        credentials.rest();
        sender.lost(positions.isKept());
    }

    private void tellClosed(End end, boolean reconnect, long after) {
        JsonObject told = new JsonObject()
                .put("code", end.code())
                .put("reason", end.reason())
                .put("reconnect", reconnect);
        listeners.tell(EventNames.CLOSE, Payload.of(reconnect ? told.put("after", after) : told));
    }

    private void become(State next) {
        state = next;
        seen.accept(next);
    }
}
