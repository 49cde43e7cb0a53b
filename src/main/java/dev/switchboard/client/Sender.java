package dev.switchboard.client;

import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Takes what the application sends, within bounds, to the connection that is open, now or later. On the client's context. */
final class Sender {
    private final ContextInternal context;
    private final Vertx vertx;
    private final SwitchboardClientOptions options;
    private final Asks asks;
    private final Outbox outbox;

    /** The connection while it is open. */
    private @Nullable Line line;

    private boolean closed;

    Sender(ContextInternal context, SwitchboardClientOptions options) {
        this.context = context;
        this.vertx = context.owner();
        this.options = options;
        this.asks = new Asks(vertx);
        this.outbox = new Outbox(vertx);
    }

    Future<Payload> emit(String event, Payload data, @Nullable TraceContext trace) {
        Outgoing message = new Outgoing(event, data, false, trace, context.promise());
        enqueue(message);
        return message.done.future();
    }

    Future<Payload> ask(String event, Payload data, @Nullable TraceContext trace, long timeoutMillis) {
        Outgoing ask = new Outgoing(event, data, true, trace, context.promise());
        ask.timer = vertx.setTimer(timeoutMillis, late -> {
            if (ask.id > 0) {
                asks.expire(ask);
            } else {
                outbox.expire(ask);
            }
        });
        if (asks.size() >= options.asks()) {
            ask.fail("TOO_MANY_PENDING", "Too many asks wait for an answer", true);
        } else {
            enqueue(ask);
        }
        return ask.done.future().onFailure(fault -> vertx.cancelTimer(ask.timer));
    }

    /** Brings a fresh token to the connection that there is. */
    Future<Payload> auth(Line on, String token, long timeoutMillis) {
        Payload data = Payload.of(new JsonObject().put("token", token));
        Outgoing auth = new Outgoing(Asks.AUTH, data, true, null, context.promise());
        auth.timer = vertx.setTimer(timeoutMillis, late -> asks.expire(auth));
        send(on, auth);
        return auth.done.future();
    }

    private void enqueue(Outgoing message) {
        if (closed) {
            message.fail("DISCONNECTED", "The client is closed", true);
        } else if (message.size() > options.message()) {
            message.fail("TOO_BIG", "A message has at most " + options.message() + " bytes", false);
        } else if (outbox.bytes() + asks.bytes() + message.size() > options.pendingBytes()) {
            message.fail("QUEUE_FULL", "Too much waits", true);
        } else if (line != null && line.isWritable()) {
            send(line, message);
        } else if (outbox.size() < options.queue()) {
            outbox.add(message);
        } else {
            message.fail("QUEUE_FULL", "Too much waits for the connection", true);
        }
    }

    private void send(Line on, Outgoing message) {
        if (message.asks) {
            asks.number(message);
        }
        on.send(message.text());
        if (!message.asks) {
            message.done.tryComplete(Payload.absent());
        }
    }

    /** An answer came. */
    void answered(JsonObject message) {
        asks.answered(message);
    }

    /**
     * The connection is open: what was asked is asked again, or nobody knows whether it has run.
     *
     * @param resumed whether it is that of the socket that it was
     */
    void opened(Line open, boolean resumed) {
        line = open;
        if (resumed) {
            asks.again().forEach(open::send);
        } else {
            asks.forsakeAll();
        }
    }

    /** Sends what waits, as long as the connection takes it. */
    void flush() {
        Line on = line;
        while (on != null && on == line && on.isWritable()) {
            Outgoing next = outbox.next();
            if (next == null) {
                return;
            }
            send(on, next);
        }
    }

    /** @param kept whether the socket may come back, and the answers with it */
    void lost(boolean kept) {
        line = null;
        if (kept) {
            asks.forsakeTokens();
        } else {
            asks.forsakeAll();
        }
    }

    /** The end. */
    void close() {
        closed = true;
        line = null;
        outbox.drop();
        asks.forsakeAll();
    }
}
