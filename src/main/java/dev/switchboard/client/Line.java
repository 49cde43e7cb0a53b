package dev.switchboard.client;

import dev.switchboard.wire.CloseReason;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One connection until it ends, once: because it broke, did not open in time, went silent, or was dropped. On the client's
 * context.
 */
final class Line {
    /** Who is told, until it has ended. */
    interface Listener {
        /** The transport is there. */
        void reached(Line line);

        void received(JsonObject message);

        /** It takes messages again. */
        void drained();

        void ended(End end);
    }

    private final Vertx vertx;
    private final long pingMillis;
    private final long pongMillis;
    private final ClientWebSocket webSocket;
    private @Nullable Listener listener;
    private boolean reached;
    private boolean open;
    private long timer;
    private long since;
    private long heard;

    Line(
            Vertx vertx,
            WebSocketClient webSockets,
            SwitchboardClientOptions options,
            WebSocketConnectOptions target,
            Listener listener) {
        this.vertx = vertx;
        this.pingMillis = options.pingInterval().toMillis();
        this.pongMillis = options.pongTimeout().toMillis();
        this.listener = listener;
        this.timer =
                vertx.setTimer(options.openTimeout().toMillis(), late -> end(End.BROKEN.because("Not opened in time")));
        webSocket = webSockets.webSocket();
        webSocket.textMessageHandler(this::message);
        webSocket.drainHandler(v -> {
            if (this.listener != null) {
                this.listener.drained();
            }
        });
        webSocket.exceptionHandler(fault -> {
            // What the transport refuses: it would come again. Of anything else the end follows.
            if (fault instanceof CorruptedWebSocketFrameException refused) {
                end(End.of(refused.closeStatus().code(), refused.closeStatus().reasonText()));
            }
        });
        webSocket.closeHandler(v -> closed());
        webSocket.connect(target).onComplete(connected -> {
            if (connected.failed()) {
                end(End.BROKEN.because("Not connected"));
            } else if (this.listener == null) {
                webSocket.close(); // dropped meanwhile; how that ends is nobody's business
            } else {
                reached = true;
                this.listener.reached(this);
            }
        });
    }

    boolean isOpen() {
        return open;
    }

    /** Whether it takes more without piling it up. */
    boolean isWritable() {
        return open && !webSocket.isClosed() && !webSocket.writeQueueFull();
    }

    /** For how long it has been open, in ms. */
    long lasted() {
        return open ? Math.max(1, now() - since) : 0;
    }

    void send(String text) {
        if (reached && !webSocket.isClosed()) {
            webSocket.writeTextMessage(text); // what it fails with is told by the end of the connection
        }
    }

    void ping() {
        send(new JsonObject().put("ping", System.currentTimeMillis()).encode());
    }

    /** The server said {@code open}. From now on silence counts. */
    void opened() {
        vertx.cancelTimer(timer);
        open = true;
        since = now();
        listen(pingMillis);
    }

    /** Ends it without a word to the listener. */
    Future<Void> drop() {
        listener = null;
        vertx.cancelTimer(timer);
        return reached && !webSocket.isClosed() ? webSocket.close() : Future.succeededFuture();
    }

    private void message(String text) {
        heard = now();
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (DecodeException foreign) {
            return;
        }
        if (message.containsKey("ping")) {
            send(new JsonObject().put("pong", message.getValue("ping")).encode());
        } else if (listener != null) {
            listener.received(message);
        }
    }

    /** Asks when it was quiet, and gives up when even that brings nothing. */
    private void listen(long wait) {
        timer = vertx.setTimer(wait, quiet -> {
            long left = heard + pingMillis - now();
            if (left > 0) {
                listen(left);
                return;
            }
            long before = heard;
            ping();
            timer = vertx.setTimer(pongMillis, silent -> {
                if (heard == before) {
                    end(End.BROKEN.because("The server does not answer"));
                } else {
                    listen(pingMillis);
                }
            });
        });
    }

    private void closed() {
        Short code = webSocket.closeStatusCode();
        String reason = webSocket.closeReason();
        boolean known = code != null && code != 1005 && code != CloseReason.BROKEN.code();
        end(known ? End.of(code, reason == null ? "" : reason) : End.BROKEN);
    }

    private void end(End end) {
        Listener told = listener;
        drop();
        if (told != null) {
            told.ended(end);
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
