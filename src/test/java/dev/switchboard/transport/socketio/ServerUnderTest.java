package dev.switchboard.transport.socketio;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.switchboard.ConnectionMiddleware;
import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Next;
import dev.switchboard.Socket;
import dev.switchboard.Switchboard;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where the suite runs: a server of its own on a free port, or another one, which must do the same. {@code
 * socketio-control.mjs} is one, with the reference implementation.
 *
 * <p>Namespaces {@code /} and {@code /custom}: {@code message} comes back as {@code message-back}, {@code
 * message-with-ack} in its answer; {@code ask} makes the server ask {@code question} and tell the answer as {@code
 * answered}; {@code leave} makes it leave the namespace. {@code /guarded} lets nobody in. A heart beats every 300 ms and
 * stops after two seconds more; a payload has at most a million bytes; whoever enters no namespace is waited for three
 * seconds.
 */
final class ServerUnderTest implements AutoCloseable {
    static final int PING_INTERVAL = 300;
    static final int PING_TIMEOUT = 2_000;
    static final int MAX_PAYLOAD = 1_000_000;

    private static final String AGAINST = System.getProperty("socketio.against", "");

    private final Vertx vertx;
    private final URI url;

    private ServerUnderTest(Vertx vertx, URI url) {
        this.vertx = vertx;
        this.url = url;
    }

    static ServerUnderTest start() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        return AGAINST.isEmpty() ? start(vertx, new JsonObject()) : new ServerUnderTest(vertx, URI.create(AGAINST));
    }

    /** One of this project's own, with these settings. */
    static ServerUnderTest start(JsonObject socketIo) {
        return start(Vertx.vertx(new VertxOptions().setPreferNativeTransport(true)), socketIo);
    }

    private static ServerUnderTest start(Vertx vertx, JsonObject socketIo) {
        JsonObject open = new JsonObject().put("auth", "none");
        JsonObject config = new JsonObject()
                .put("http", new JsonObject().put("port", 0).put("instances", 4).put("allowedOrigins", "http://a.test"))
                .put("limits", new JsonObject().put("message", MAX_PAYLOAD).put("handshake", "3s"))
                .put(
                        "socketio",
                        new JsonObject()
                                .put("pingInterval", PING_INTERVAL + "ms")
                                .put("pingTimeout", PING_TIMEOUT + "ms")
                                .mergeIn(socketIo))
                .put(
                        "namespaces",
                        new JsonObject()
                                .put("/", open)
                                .put("/custom", open.copy())
                                .put("/members", new JsonObject())
                                .put("/partners", open.copy().put("allowedOrigins", "http://partner.test"))
                                .put(
                                        "/guarded",
                                        open.copy()
                                                .put(
                                                        "connectionMiddleware",
                                                        new JsonArray().add(Guard.class.getName()))));
        Switchboard switchboard = new Switchboard();
        await(vertx.deployVerticle(switchboard, new DeploymentOptions().setConfig(config)));
        await(vertx.deployVerticle(new Echo("/")));
        await(vertx.deployVerticle(new Echo("/custom")));
        return new ServerUnderTest(vertx, URI.create("http://127.0.0.1:" + switchboard.port()));
    }

    /** Lets nobody in. */
    public static final class Guard implements ConnectionMiddleware {
        @Override
        public Future<?> handle(Socket socket, Next<CloseReason> next) {
            throw new EventException("NOT_YOU", "Not authorized").with(Map.of("why", "closed"));
        }
    }

    private static final class Echo extends EventVerticle {
        private static final Duration LIMIT = Duration.ofSeconds(5);

        private final String namespace;

        Echo(String namespace) {
            this.namespace = namespace;
        }

        @Override
        protected String namespaceName() {
            return namespace;
        }

        @Override
        protected void events(Events on) {
            on.event("message", (socket, data) -> socket.emit("message-back", data));
            on.event("message-with-ack", (socket, data) -> Future.succeededFuture(data));
            on.event(
                    "ask",
                    (socket, data) -> socket.ask("question", data, LIMIT)
                            .onSuccess(answer -> socket.emit("answered", answer))
                            .mapEmpty());
            on.event("leave", (socket, data) -> socket.disconnect());
            on.event(
                    "query",
                    (socket, data) ->
                            new JsonObject(Map.copyOf(socket.handshake().query())));
        }
    }

    /** Of whatever the protocols leave open, others do something else. */
    static void assumeOwn(String why) {
        assumeFalse(!AGAINST.isEmpty(), why);
    }

    EnginePeer peer(int revision) {
        return new EnginePeer(url, revision);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
