package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Events;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.ThreadingModel;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Parts of a node that fail while the node goes on: what a client that comes back gets. */
@EveryTransport
class FailingPartsIT {
    private static final Map<String, AtomicInteger> RUNS = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> BLOCKED = new ConcurrentHashMap<>();

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    FailingPartsIT(Transport transport) {
        this.transport = transport;
        this.clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start("{\"/\": {\"auth\": \"none\", \"handlerTimeout\": \"1s\", \"resume\": {}}}");
        server.handle("/", 2, ThreadingModel.WORKER, FailingPartsIT::events);
    }

    private static void events(Events on) {
        on.action("block", (socket, data) -> {
            run(data.string());
            awaitQuietly(BLOCKED.computeIfAbsent(data.string(), key -> new CountDownLatch(1)));
        });
        on.action("exhaust", (socket, data) -> {
            run(data.string());
            throw new OutOfMemoryError("Java heap space, as a test says");
        });
        on.event("echo", (socket, data) -> data.value());
        on.event("join", (socket, data) -> socket.join(data.string()));
    }

    private static void run(String name) {
        RUNS.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(Inbox.DEADLINE.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Returning open() {
        return new Returning(clients, transport, "/").connect();
    }

    private static String code(JsonObject ack) {
        return ack.getJsonObject("error").getString("code");
    }

    /** Asks, breaks off, comes back, asks the same again. */
    private static void assertFailsOnce(Returning client, String event, String code) {
        String name = event + " of " + client.id();
        int id = client.client().ask(event, name);
        assertThat(code(client.client().ack(id))).isEqualTo(code);
        client.breakOff();

        assertThat(client.comeBack().getBoolean("resumed")).isTrue();
        client.client().send(TestClient.message(event, name).put("id", id).encode());

        assertThat(code(client.client().ack(id))).isEqualTo(code);
        assertThat(RUNS.get(name)).hasValue(1);
    }

    @Test
    void handlerThatBlocks_isTheSameTimeoutForWhoComesBack_andTheHandlerGoesOn() {
        Returning client = open();
        try {
            assertFailsOnce(client, "block", "HANDLER_TIMEOUT");
        } finally {
            BLOCKED.values().forEach(CountDownLatch::countDown);
        }

        await().atMost(Inbox.DEADLINE)
                .until(() -> !client.client()
                        .ack(client.client().ask("echo", "still"))
                        .containsKey("error"));
    }

    @Test
    void handlerThatRunsOutOfMemory_isTheSameFailureForWhoComesBack_andTheHandlerGoesOn() {
        Returning client = open();

        assertFailsOnce(client, "exhaust", "HANDLER_FAILED");

        assertThat(client.client().answer("echo", "still")).isEqualTo("still");
    }

    /** All of them, so that the sockets' own is among them, whichever that is. */
    @Test
    void eventLoopsThatAreFull_keepWhatIsEmittedMeanwhile_inOrder() {
        Returning client = open();
        String room = "full for " + client.id();
        client.client().answer("join", room);
        CountDownLatch full = new CountDownLatch(1);
        for (EventExecutor loop : ((VertxInternal) server.vertx()).nettyEventLoopGroup()) {
            loop.execute(() -> awaitQuietly(full));
        }

        for (int n = 0; n < 100; n++) {
            server.namespace("/").room(room).emit("said", n);
        }
        int id = client.client().ask("echo", "meanwhile");
        assertThat(client.heard("said")).isEmpty();
        full.countDown();

        assertThat(client.client().ack(id).getValue("data")).isEqualTo("meanwhile");
        List<Integer> all = IntStream.range(0, 100).boxed().toList();
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(client.heard("said")).hasSize(all.size()));
        assertThat(client.heard("said")).isEqualTo(all);
    }
}
