package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Events;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official client 4.x offers beside plain events: {@code volatile}, {@code compress}, {@code timeout}, {@code retries}. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"polling", "websocket"})
class SocketIoClientIT {
    private static final Map<String, List<Object>> NOTED = new ConcurrentHashMap<>();
    private static final Promise<Object> NEVER = Promise.promise();

    private static TestServer server;
    private static NodeConsole node;

    private final String transport;

    SocketIoClientIT(String transport) {
        this.transport = transport;
    }

    @BeforeAll
    static void start() {
        node = NodeConsole.start();
        server = TestServer.start(new JsonObject("""
                {"http": {"compression": true, "compressionThreshold": 300},
                 "namespaces": {"/": {"auth": "none"}, "/slow": {"auth": "none", "inFlight": 8}}}"""));
        server.handle("/", 1, ThreadingModel.WORKER, SocketIoClientIT::events);
        server.handle("/slow", 1, ThreadingModel.WORKER, SocketIoClientIT::events);
    }

    private static void events(Events on) {
        on.event("note", (socket, data) -> noted(data.string("of")).add(data.number("n")));
        on.event("echo", (socket, data) -> data);
        on.event("first never", (socket, data) -> {
            List<Object> runs = noted(data.string());
            runs.add("run");
            return runs.size() == 1 ? NEVER.future() : "run " + runs.size();
        });
    }

    private static List<Object> noted(String of) {
        return NOTED.computeIfAbsent(of, key -> new CopyOnWriteArrayList<>());
    }

    @AfterAll
    static void stop() {
        NEVER.tryComplete();
        if (node != null) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** The client is {@code me} in the script, and hangs up in the end. */
    private Object run(String namespace, String options, String script, Object... more) {
        Object[] arguments = new Object[2 + more.length];
        arguments[0] = server.url(namespace);
        arguments[1] = transport;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return node.run(
                "const [url, transport, ...rest] = args;"
                        + " const me = person(url, { transports: [transport], " + options + " });"
                        + " try { " + script + " } finally { me.socket.disconnect(); }",
                arguments);
    }

    @Test
    void volatile_whileItIsNotConnected_isDropped_andArrivesOtherwise() {
        String of = "volatile over " + transport;
        run(
                "/",
                "",
                "const [of] = rest; me.socket.volatile.emit('note', { of, n: 1 }); me.socket.emit('note', { of, n: 2 });"
                        + " await me.connect(); await me.ask('echo', 1);"
                        + " await until(() => me.socket.io.engine.transport.writable, () => 'room');"
                        + " me.socket.volatile.emit('note', { of, n: 3 }); await me.ask('echo', 2)",
                of);
        assertThat(noted(of)).isEqualTo(List.of(2, 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void compress_changesNothingOfWhatArrives(boolean compressed) {
        Object same = run(
                "/",
                "perMessageDeflate: { threshold: 100 }",
                "await me.connect(); const text = 'much of the same, '.repeat(1000);"
                        + " const answer = await new Promise((resolve) => me.socket.compress(rest[0]).emit('echo', text, resolve));"
                        + " return answer === text",
                compressed);
        assertThat(same).isEqualTo(true);
    }

    @Test
    void timeout_isTheClientsOwn_andALateAnswerHarmsNobody() {
        Object answers = run(
                "/slow",
                "",
                "await me.connect(); const late = await me.socket.timeout(100).emitWithAck('first never', rest[0])"
                        + ".catch((error) => error.message);"
                        + " const callback = await new Promise((resolve) =>"
                        + "   me.socket.timeout(5000).emit('echo', 'x', (error, answer) => resolve([error, answer])));"
                        + " return [late, callback, await me.socket.timeout(5000).emitWithAck('echo', 'y')]",
                "timeout over " + transport);
        assertThat(answers)
                .isEqualTo(new JsonArray()
                        .add("operation has timed out")
                        .add(new JsonArray().addNull().add("x"))
                        .add("y"));
    }

    @Test
    void retries_ofAnEventThatIsNotAnswered_sendItAgain() {
        String of = "retries over " + transport;
        Object answer = run(
                "/slow",
                "retries: 3, ackTimeout: 200",
                "await me.connect(); return await me.socket.emitWithAck('first never', rest[0])",
                of);
        assertThat(answer).isEqualTo("run 2");
        assertThat(noted(of)).hasSize(2);
    }

    @Test
    void retries_overLostConnections_bringEverythingAtLeastOnceAndInOrder() {
        String of = "losses over " + transport;
        run(
                "/",
                "retries: 20, ackTimeout: 1000, reconnection: true",
                "const [of] = rest; await me.connect(); let answered = 0;"
                        + " for (let n = 0; n < 30; n++) me.socket.emit('note', { of, n }, () => { answered++; });"
                        + " for (let round = 0; round < 3; round++) {"
                        + "   await until(() => answered >= 5 * (round + 1) && me.socket.connected, () => 'answers');"
                        + "   me.socket.io.engine.close();"
                        + " } await until(() => answered === 30, () => `all of ${answered}`)",
                of);
        List<Object> numbers = List.copyOf(IntStream.range(0, 30).boxed().toList());
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(noted(of).stream().distinct()).isEqualTo(numbers));
        // Whatever comes twice comes before what follows it.
        assertThat(noted(of).stream().mapToInt(n -> (Integer) n).toArray()).isSorted();
    }
}
