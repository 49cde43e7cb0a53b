package dev.switchboard.launch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection in the events dialect. For any thread; messages are told on an event loop, in their order. */
final class ServerLine {
    private static final long LIMIT_SECONDS = 15;

    private final Vertx vertx;
    private final Consumer<JsonObject> listener;
    private final WebSocketClient webSockets;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicReference<@Nullable WebSocket> webSocket = new AtomicReference<>();
    private volatile boolean leaving;

    ServerLine(Vertx vertx, Consumer<JsonObject> listener) {
        this.vertx = vertx;
        this.listener = listener;
        this.webSockets = vertx.createWebSocketClient();
    }

    /** A token by this name, as the server gives guests; blocks. */
    String token(ServerUrl server, String name) {
        HttpClient http = vertx.createHttpClient();
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(server.host())
                .setPort(server.port())
                .setSsl(server.secure())
                .setURI(server.tokens())
                .putHeader("Content-Type", "application/json");
        Future<JsonObject> answer = http.request(request)
                .compose(asked -> asked.send(new JsonObject().put("name", name).toBuffer()))
                .compose(got -> got.body().map(body -> {
                    if (got.statusCode() != 200) {
                        throw new LaunchException(server + " gives no token to " + name + ": HTTP " + got.statusCode());
                    }
                    return body.toJsonObject();
                }));
        return wait(server, answer).getString("token");
    }

    /** Connects, says who it is, and waits until the socket is open; blocks. */
    void open(ServerUrl server, @Nullable String token) throws InterruptedException {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(server.host())
                .setPort(server.port())
                .setSsl(server.secure())
                .setURI(server.webSocket());
        wait(server, webSockets.connect(options).onSuccess(connected -> {
            webSocket.set(connected);
            connected.textMessageHandler(this::received);
            connected.closeHandler(v -> closed(connected));
            if (token != null) {
                send(new JsonObject().put("event", "auth").put("data", new JsonObject().put("token", token)));
            }
        }));
        if (!opened.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new LaunchException(
                    server + " does not let it in; does " + server.namespace() + " need -as or -token?");
        }
    }

    private static <T> T wait(ServerUrl server, Future<T> future) {
        try {
            return future.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (LaunchException told) {
            throw told;
        } catch (Exception fault) {
            String why = fault instanceof UpgradeRejectedException refused
                    ? "HTTP " + refused.getStatus()
                    : Faults.reason(fault);
            throw new LaunchException(server + ": " + why, fault);
        }
    }

    private void received(String text) {
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (DecodeException foreign) {
            message = new JsonObject().put("event", "message").put("data", text);
        }
        if (message.containsKey("ping")) {
            send(new JsonObject().put("pong", message.getValue("ping")));
            return;
        }
        listener.accept(message);
        if (message.containsKey("ack")) {
            answered.incrementAndGet();
            leaveIfDone();
        }
        if ("open".equals(message.getString("event"))) {
            opened.countDown();
        }
    }

    private void closed(WebSocket connected) {
        if (!leaving) {
            Short code = connected.closeStatusCode();
            listener.accept(new JsonObject()
                    .put("closed", code == null ? 1006 : code)
                    .put("reason", connected.closeReason() == null ? "" : connected.closeReason()));
        }
        opened.countDown();
        ended.complete(leaving);
    }

    void emit(String event, @Nullable Object data, boolean present) {
        send(message(event, data, present));
    }

    /** The number of the next question. */
    long nextId() {
        return ids.incrementAndGet();
    }

    /** @param id by which the answer is known, see {@link #nextId} */
    void ask(long id, String event, @Nullable Object data, boolean present) {
        send(message(event, data, present).put("id", id));
    }

    private static JsonObject message(String event, @Nullable Object data, boolean present) {
        JsonObject message = new JsonObject().put("event", event);
        return present ? message.put("data", data) : message;
    }

    private void send(JsonObject message) {
        WebSocket connected = webSocket.get();
        if (connected != null && !connected.isClosed()) {
            // What it fails with is told by the end of the connection.
            connected.writeTextMessage(message.encode());
        }
    }

    /** Says good-bye as soon as all that was asked is answered. */
    void leave() {
        leaving = true;
        leaveIfDone();
    }

    private void leaveIfDone() {
        WebSocket connected = webSocket.get();
        if (leaving && connected != null && answered.get() >= ids.get()) {
            connected.close();
        }
    }

    /** Blocks until it has ended; true after {@link #leave}. */
    boolean awaitEnd() throws Exception {
        return ended.get();
    }
}
