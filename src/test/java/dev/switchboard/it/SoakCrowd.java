package dev.switchboard.it;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Clients that come at a steady rate over all transports, talk for some seconds and go: with a word, without one, thrown
 * out, or refused. On one event loop.
 */
final class SoakCrowd {
    /** A client that polls hears a heartbeat every 25 seconds when nobody talks any more, and stays for some of them. */
    private static final long LONGEST_MILLIS = 240_000;

    private static final String HOST = "127.0.0.1";
    private static final List<String> WEB_SOCKETS =
            List.of("/ws", "/ws", "/sockjs/websocket", "/sockjs/000/%s/websocket");
    private static final List<String> RECEIVERS = List.of("xhr", "xhr", "xhr_streaming", "eventsource");
    private static final int ROOMS = 50;
    private static final int STEP_MILLIS = 400;

    private final Vertx vertx;
    private final int port;
    private final Random random = new Random(1);
    private final WebSocketClient webSockets;
    private final HttpClient http;
    private final Map<String, Long> done = new TreeMap<>();
    private int here;

    SoakCrowd(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
        this.webSockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000));
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setKeepAliveTimeout(2),
                new PoolOptions().setHttp1MaxSize(10_000));
    }

    /** Lets clients come for so long; succeeds when all have left. */
    Future<Void> run(int perSecond, long millis) {
        long end = System.currentTimeMillis() + millis;
        long timer = vertx.setPeriodic(1000 / perSecond, t -> come());
        return vertx.timer(millis, java.util.concurrent.TimeUnit.MILLISECONDS).compose(t -> {
            vertx.cancelTimer(timer);
            return empty(end + LONGEST_MILLIS);
        });
    }

    private Future<Void> empty(long deadline) {
        if (here == 0 || System.currentTimeMillis() > deadline) {
            return here == 0 ? Future.succeededFuture() : Future.failedFuture(here + " clients do not leave");
        }
        return vertx.timer(200, java.util.concurrent.TimeUnit.MILLISECONDS).compose(t -> empty(deadline));
    }

    /** How often each thing was done. */
    Map<String, Long> done() {
        return done;
    }

    private void count(String what) {
        done.merge(what, 1L, Long::sum);
    }

    private void come() {
        boolean open = random.nextInt(3) == 0;
        String token = random.nextInt(12) == 0 ? "refused" : Tokens.of("user " + random.nextInt(200));
        String query = open ? "" : "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        String mount = open ? "/open" : "";
        here++;
        Future<?> gone = switch (random.nextInt(8)) {
            case 0, 1 -> poll(mount + "/sockjs/000/" + UUID.randomUUID() + "/", query);
            case 2 -> logInAndOut();
            default ->
                talk(mount + WEB_SOCKETS.get(random.nextInt(WEB_SOCKETS.size())).formatted(UUID.randomUUID()), query);
        };
        gone.onComplete(end -> {
            here--;
            if (end.failed()) {
                count("ended by " + end.cause().getClass().getSimpleName());
            }
        });
    }

    // ---- WebSockets

    private Future<?> talk(String path, String query) {
        count(path.replaceAll("/[0-9a-f-]{36}", "/…"));
        boolean wrapped = path.contains("/000/");
        return webSockets
                .connect(new WebSocketConnectOptions()
                        .setHost(HOST)
                        .setPort(port)
                        .setURI(path + query))
                .compose(socket -> {
                    Future<Void> closed = Future.future(promise -> socket.closeHandler(v -> promise.tryComplete()));
                    socket.exceptionHandler(cause -> {});
                    socket.textMessageHandler(text -> answer(socket, text, wrapped));
                    act(socket, wrapped, 3 + random.nextInt(8));
                    return closed;
                });
    }

    private void answer(WebSocket socket, String text, boolean wrapped) {
        if (text.contains("sure?") && random.nextBoolean()) {
            long id = Long.parseLong(text.replaceAll("(?s).*\"?id\\\\?\":(\\d+).*", "$1"));
            send(socket, new JsonObject().put("ack", id).put("data", true).encode(), wrapped);
        }
    }

    private void act(WebSocket socket, boolean wrapped, int steps) {
        vertx.setTimer(1 + random.nextInt(STEP_MILLIS), t -> {
            if (socket.isClosed()) {
                return;
            }
            if (steps == 0) {
                leave(socket, wrapped);
            } else {
                send(socket, message(), wrapped);
                act(socket, wrapped, steps - 1);
            }
        });
    }

    private static void send(WebSocket socket, String text, boolean wrapped) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(wrapped ? new JsonArray().add(text).encode() : text);
        }
    }

    private String message() {
        String room = "room " + random.nextInt(ROOMS);
        JsonObject event = switch (random.nextInt(8)) {
            case 0, 1 -> TestClient.message("join", room);
            case 2 -> TestClient.message("leave", room);
            case 3, 4 ->
                TestClient.message(
                        "say", new JsonObject().put("room", room).put("text", "x".repeat(random.nextInt(300))));
            case 5 -> TestClient.message("ask me", room).put("id", 1 + random.nextInt(1000));
            case 6 -> TestClient.message("echo", room).put("id", 1 + random.nextInt(1000));
            default -> new JsonObject().put("ping", 1);
        };
        count("messages");
        return random.nextInt(20) == 0 ? "bad {" : event.encode();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // who vanishes does not look back
    private void leave(WebSocket socket, boolean wrapped) {
        int how = random.nextInt(10);
        count("leave "
                + (how < 4 ? "with a word" : how < 8 ? "without a word" : how == 8 ? "thrown out" : "by a bad frame"));
        if (how < 4) {
            socket.close();
        } else if (how < 8) {
            ((WebSocketInternal) socket).channelHandlerContext().channel().close();
        } else if (how == 8) {
            send(socket, TestClient.message("throw me out", 1).encode(), wrapped);
        } else {
            socket.writeBinaryMessage(Buffer.buffer("no text"));
        }
    }

    // ---- requests

    private Future<?> poll(String session, String query) {
        String receiver = RECEIVERS.get(random.nextInt(RECEIVERS.size()));
        count(receiver);
        int rounds = 2 + random.nextInt(5);
        return receive(session, receiver, query, rounds);
    }

    /** After the last round nobody comes back: the session ends by itself. */
    private Future<?> receive(String session, String receiver, String query, int rounds) {
        if (rounds == 0) {
            return Future.succeededFuture();
        }
        boolean streams = !receiver.equals("xhr");
        HttpMethod method = receiver.equals("eventsource") ? HttpMethod.GET : HttpMethod.POST;
        if (!streams) {
            send(session, query);
        }
        return http.request(method, port, HOST, session + receiver + query)
                .compose(request -> request.send().compose(response -> {
                    if (streams) {
                        vertx.setTimer(1 + random.nextInt(2000), t -> request.reset());
                        vertx.setTimer(100, t -> send(session, query));
                    }
                    return response.body();
                }))
                .compose(body -> body.toString().startsWith("c")
                        ? Future.succeededFuture()
                        : receive(session, receiver, query, rounds - 1));
    }

    private void send(String session, String query) {
        http.request(HttpMethod.POST, port, HOST, session + "xhr_send" + query)
                .compose(request -> request.send(new JsonArray().add(message()).encode()))
                .compose(HttpClientResponse::body)
                .onFailure(cause -> {});
    }

    /** A last client logs in, and out again. */
    Future<Void> logOut() {
        return logInAndOut().mapEmpty();
    }

    private Future<?> logInAndOut() {
        count("log-ins that are revoked");
        return http.request(HttpMethod.POST, port, HOST, "/token")
                .compose(request ->
                        request.putHeader("content-type", "application/json").send("{\"name\":\"ann\"}"))
                .compose(HttpClientResponse::body)
                .compose(body -> http.request(HttpMethod.DELETE, port, HOST, "/token")
                        .compose(request -> request.putHeader(
                                        "authorization",
                                        "Bearer " + body.toJsonObject().getString("token"))
                                .send())
                        .compose(HttpClientResponse::body));
    }
}
