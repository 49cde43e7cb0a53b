package dev.switchboard.client;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets a connection, and decides when one ends whether, when and where to get the next. On the client's context.
 */
final class Dialer implements Line.Listener {
    interface Listener {
        void reached(Line line);

        void received(JsonObject message);

        void drained();

        /** A connection ended, or there was none: the next is due after so many ms. */
        void ended(End end, long after);

        /** There will be no other. */
        void finished(End end);

        /** There is no token, and so no connection. */
        void failed(String message);
    }

    private final Vertx vertx;
    private final SwitchboardClientOptions options;
    private final WebSocketClient webSockets;
    private final Credentials credentials;
    private final Listener listener;
    private final Optional<Pauses> pauses;
    private Target target;
    private @Nullable Line line;
    private @Nullable Future<Void> closed;
    private long timer = -1;

    Dialer(Vertx vertx, SwitchboardClientOptions options, Credentials credentials, Listener listener) {
        this.vertx = vertx;
        this.options = options;
        this.webSockets = vertx.createWebSocketClient(options.webSocket());
        this.credentials = credentials;
        this.listener = listener;
        this.pauses = options.backOff().map(Pauses::new);
        this.target = options.target();
    }

    void dialAfter(long millis, BooleanSupplier resumes) {
        timer = vertx.setTimer(Math.max(1, millis), due -> dial(resumes.getAsBoolean()));
    }

    /** @param resumes whether it comes back as the socket that it was */
    void dial(boolean resumes) {
        credentials.get().onComplete(got -> {
            if (closed != null) {
                return;
            }
            if (got.failed()) {
                listener.failed("There is no token: " + got.cause().getMessage());
                ended(End.BROKEN.because("Not connected"));
            } else {
                line = new Line(vertx, webSockets, options, target.webSocket(options.namespace(), resumes), this);
            }
        });
    }

    @Override
    public void reached(Line reached) {
        listener.reached(reached);
    }

    @Override
    public void received(JsonObject message) {
        listener.received(message);
    }

    @Override
    public void drained() {
        listener.drained();
    }

    /** The server is about to close, and has said why. */
    void hungUp(End end) {
        if (line != null) {
            line.drop();
        }
        ended(end);
    }

    @Override
    public void ended(End end) {
        long lasted = line == null ? 0 : line.lasted();
        line = null;
        boolean spent = end.code() == CloseReason.TOKEN_EXPIRED.code() && !credentials.renews();
        if (pauses.isEmpty() || !end.reconnect() || spent) {
            listener.finished(end);
            return;
        }
        target = end.url().isEmpty()
                ? options.target()
                : options.target().elsewhere(end.url()).orElse(options.target());
        listener.ended(end, pauses.get().next(end, lasted));
    }

    /** Drops the connection, and gets no other. */
    Future<Void> close() {
        Future<Void> known = closed;
        if (known == null) {
            vertx.cancelTimer(timer);
            Line last = line;
            line = null;
            known = (last == null ? Future.<Void>succeededFuture() : last.drop().otherwiseEmpty())
                    .eventually(webSockets::close);
            closed = known;
        }
        return known;
    }
}
