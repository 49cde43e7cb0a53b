package dev.switchboard.transport.sockjs;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Switchboard;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real server on a free port with the namespaces {@code /} and {@code /other}, in which nobody needs a token. Events:
 * {@code echo} comes back; {@code many} comes back so many times; {@code leave} closes the socket; {@code wait} is over
 * when the test says so.
 */
final class EchoServer implements AutoCloseable {
    private static final AtomicInteger SESSIONS = new AtomicInteger();
    static final CloseReason ENOUGH = CloseReason.of(4321, "Enough </script>\u2028", false);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Switchboard switchboard = new Switchboard();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private volatile Promise<Void> over = Promise.promise();

    /** @param config added to what this server needs */
    EchoServer(JsonObject config) {
        JsonObject open = new JsonObject().put("auth", "none");
        JsonObject full = new JsonObject()
                .put("http", new JsonObject().put("port", 0).put("instances", 4))
                .put("namespaces", new JsonObject().put("/", open).put("/other", open.copy()))
                .mergeIn(config, true);
        await(vertx.deployVerticle(switchboard, new DeploymentOptions().setConfig(full)));
        await(vertx.deployVerticle(new Echo()));
    }

    private final class Echo extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.action("echo", (socket, data) -> socket.emit("echo", data));
            on.action("many", (socket, data) -> {
                JsonObject wanted = (JsonObject) data.value();
                for (int i = 0; i < wanted.getInteger("count"); i++) {
                    socket.emit("many", i + "x".repeat(wanted.getInteger("size")));
                }
                socket.rooms().onSuccess(rooms -> told.add("sent"));
            });
            on.action("leave", (socket, data) -> socket.disconnect(ENOUGH));
            on.event("wait", (socket, data) -> over.future());
            on.close((socket, reason) -> {
                told.add(socket.handshake().query().getOrDefault("who", "") + " " + reason.code());
                return null;
            });
        }
    }

    int port() {
        return switchboard.port();
    }

    /** The URL of a fresh session. */
    String session() {
        return "/sockjs/000/session" + SESSIONS.incrementAndGet();
    }

    /** Lets all that wait go on. */
    void over() {
        Promise<Void> waited = over;
        over = Promise.promise();
        waited.complete();
    }

    /** The next that the handlers tell, if it begins so: {@code who} left and with which code, or {@code sent}. */
    String told(String start) throws InterruptedException {
        String next = String.valueOf(told.poll(20, TimeUnit.SECONDS));
        while (!next.startsWith(start) && !next.equals("null")) {
            next = String.valueOf(told.poll(20, TimeUnit.SECONDS));
        }
        return next;
    }

    HttpPeer.Answer get(String target, String... headers) {
        return HttpPeer.ask(port(), "GET", target, "", headers);
    }

    HttpPeer.Answer post(String target, String body, String... headers) {
        return HttpPeer.ask(port(), "POST", target, body, headers);
    }

    /** What a client sends, as an array of one message. */
    static String say(String event, Object data) {
        return new JsonArray().add(message(event, data)).encode();
    }

    static String message(String event, Object data) {
        return new JsonObject().put("event", event).put("data", data).encode();
    }

    /** The events of an array frame. */
    static List<JsonObject> events(String frame) {
        List<JsonObject> events = new ArrayList<>();
        if (frame.startsWith("a")) {
            new JsonArray(frame.substring(1).strip()).forEach(message -> events.add(new JsonObject((String) message)));
        }
        return events;
    }

    /** The data of all events of this name. */
    static List<Object> data(String frame, String event) {
        return events(frame).stream()
                .filter(one -> one.getString("event").equals(event))
                .map(one -> one.getValue("data"))
                .toList();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        over();
        await(vertx.close());
    }
}
