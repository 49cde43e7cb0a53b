package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.Payload;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each socket's events are handled one at a time in the order sent, each once, whatever the handlers are and do, also
 * across verticles and while they are replaced; and sockets are served beside each other.
 */
@Tag("cluster")
class OrderIT {
    private static final int SOCKETS = 50;
    private static final int EVENTS = 200;

    /** How many events of a socket the server handles at most at a time, by socket. */
    private static final Map<String, AtomicInteger> RUNNING = new ConcurrentHashMap<>();

    /** What was handled, by socket. */
    private static final Map<String, Queue<Integer>> HANDLED = new ConcurrentHashMap<>();

    private static final Queue<String> FAULTS = new ConcurrentLinkedQueue<>();
    private static final Map<Class<?>, Queue<String>> DEPLOYED = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final AtomicReference<Gathering> GATHERING = new AtomicReference<>();

    /** Handlers that wait until so many of different sockets are there. */
    private static final class Gathering {
        private final Set<String> present = ConcurrentHashMap.newKeySet();
        private final Promise<Void> all = Promise.promise();
        private final int awaited;

        Gathering(int awaited) {
            this.awaited = awaited;
        }

        Future<Void> arrive(Socket socket) {
            present.add(socket.id());
            if (present.size() == awaited) {
                all.tryComplete();
            }
            return all.future();
        }
    }

    /** Handles every second event. */
    public static final class Even extends Numbers {
        public Even() {
            super("even");
        }
    }

    /** Handles the others. */
    public static final class Odd extends Numbers {
        public Odd() {
            super("odd");
        }
    }

    private abstract static class Numbers extends EventVerticle {
        private final String event;

        Numbers(String event) {
            this.event = event;
        }

        @Override
        protected Future<?> starting() {
            DEPLOYED.computeIfAbsent(getClass(), c -> new ConcurrentLinkedQueue<>())
                    .add(context.deploymentID());
            return Future.succeededFuture();
        }

        @Override
        protected void events(Events on) {
            on.event(event, this::handle);
            on.event("gather " + event, (socket, data) -> GATHERING.get().arrive(socket));
        }

        private Object handle(Socket socket, Payload data) {
            int n = data.number().intValue();
            if (running(socket).incrementAndGet() != 1) {
                FAULTS.add(socket.id() + " runs " + n + " beside another");
            }
            HANDLED.computeIfAbsent(socket.id(), id -> new ConcurrentLinkedQueue<>())
                    .add(n);
            COUNT.incrementAndGet();
            return switch (ThreadLocalRandom.current().nextInt(3)) {
                case 0 -> end(socket, n);
                case 1 ->
                    vertx.timer(1 + ThreadLocalRandom.current().nextInt(4)).map(t -> end(socket, n));
                default -> slow(socket, n);
            };
        }

        private Object slow(Socket socket, int n) {
            if (context.threadingModel() != ThreadingModel.EVENT_LOOP) {
                LockSupport.parkNanos(500_000);
                return end(socket, n);
            }
            Promise<Object> later = Promise.promise();
            Context context = vertx.getOrCreateContext();
            context.runOnContext(v -> later.complete(end(socket, n)));
            return later.future();
        }

        private static int end(Socket socket, int n) {
            running(socket).decrementAndGet();
            return n;
        }

        private static AtomicInteger running(Socket socket) {
            return RUNNING.computeIfAbsent(socket.id(), id -> new AtomicInteger());
        }
    }

    private static TestServer server(String threading) {
        HANDLED.clear();
        RUNNING.clear();
        FAULTS.clear();
        DEPLOYED.clear();
        COUNT.set(0);
        String even = Even.class.getName();
        String odd = Odd.class.getName();
        JsonObject handler = new JsonObject().put("instances", 3).put("threading", threading);
        JsonObject events = new JsonObject()
                .put("even", even)
                .put("odd", odd)
                .put("gather even", even)
                .put("gather odd", odd);
        return TestServer.start(new JsonObject()
                .put(
                        "namespaces",
                        new JsonObject()
                                .put("/", new JsonObject().put("auth", "none").put("events", events)))
                .put("handlers", new JsonObject().put(even, handler).put(odd, handler)));
    }

    private static void assumeKnown(String threading) {
        assumeTrue(
                !threading.equals("virtual") || Runtime.version().feature() >= 21, "this JDK has no virtual threads");
    }

    /** Two of each transport, and the others WebSockets. */
    private static List<TestClient> connect(Clients clients) {
        List<Transport> transports = new ArrayList<>(Transport.tested());
        transports.addAll(Transport.tested());
        transports.addAll(Collections.nCopies(SOCKETS - transports.size(), Transport.JDK_WEBSOCKET));
        List<TestClient> all = transports.stream()
                .map(transport -> clients.dial(transport, "/", ""))
                .toList();
        all.forEach(client -> client.next("open"));
        return all;
    }

    private static List<String> numbers() {
        return IntStream.rangeClosed(1, EVENTS)
                .mapToObj(n -> TestClient.message(n % 2 == 0 ? "even" : "odd", n)
                        .put("id", n)
                        .encode())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "event-loop", "virtual"})
    void events_ofManySockets_areHandledInOrderAndOnce(String threading) {
        assumeKnown(threading);
        try (TestServer server = server(threading);
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            List<TestClient> all = connect(clients);
            List<String> numbers = numbers();

            all.forEach(client -> client.send(numbers));
            replaceWhenHandled(server, Even.class, threading, SOCKETS * EVENTS / 4);
            replaceWhenHandled(server, Odd.class, threading, SOCKETS * EVENTS / 2);

            all.forEach(client -> IntStream.rangeClosed(1, EVENTS)
                    .forEach(n -> assertThat(client.ack(n).getInteger("data")).isEqualTo(n)));
            List<Integer> expected = IntStream.rangeClosed(1, EVENTS).boxed().toList();
            assertThat(HANDLED)
                    .hasSize(SOCKETS)
                    .allSatisfy(
                            (id, handled) -> assertThat(List.copyOf(handled)).isEqualTo(expected));
            assertThat(FAULTS).isEmpty();
        }
    }

    /** Once so many events are handled: deploys the verticle anew, and then ends those that the configuration began. */
    private static void replaceWhenHandled(TestServer server, Class<?> verticle, String threading, int count) {
        Awaitility.await().atMost(Inbox.DEADLINE).until(() -> COUNT.get() >= count);
        Set<String> old = Set.copyOf(DEPLOYED.get(verticle));
        ThreadingModel model = threading.equals("virtual")
                ? ThreadingModel.VIRTUAL_THREAD
                : threading.equals("worker") ? ThreadingModel.WORKER : ThreadingModel.EVENT_LOOP;
        DeploymentOptions options = new DeploymentOptions().setInstances(2).setThreadingModel(model);
        TestServer.await(server.vertx().deployVerticle(verticle.getName(), options));
        old.forEach(server::undeploy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "event-loop", "virtual"})
    void events_ofDifferentSockets_runBesideEachOther(String threading) {
        assumeKnown(threading);
        try (TestServer server = server(threading);
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            List<TestClient> all =
                    IntStream.range(0, 20).mapToObj(n -> clients.open()).toList();
            GATHERING.set(new Gathering(all.size()));

            List<Integer> ids =
                    all.stream().map(client -> client.ask("gather even", 1)).toList();

            for (int n = 0; n < all.size(); n++) {
                assertThat(all.get(n).ack(ids.get(n)).containsKey("error")).isFalse();
            }
        }
    }

    @Test
    void events_ofOneSocket_doNotRunBesideEachOtherAlsoAcrossVerticles() {
        try (TestServer server = server("worker");
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            TestClient client = clients.open();
            TestClient other = clients.open();
            GATHERING.set(new Gathering(2));

            int first = client.ask("gather even", 1);
            int second = client.ask("odd", 7);
            assertThat(other.answer("even", 8)).isEqualTo(8);
            assertThat(COUNT.get()).isEqualTo(1);
            other.ask("gather odd", 1);

            client.ack(first);
            assertThat(client.ack(second).getInteger("data")).isEqualTo(7);
        }
    }
}
