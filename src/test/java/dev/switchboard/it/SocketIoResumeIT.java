package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Events;
import dev.switchboard.bus.EmitFlag;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The official client 4.x loses its connection and is recovered. Each test is alone in its rooms. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"polling", "websocket"})
@Tag("cluster")
class SocketIoResumeIT {
    private static final Queue<String> LIFE = new ConcurrentLinkedQueue<>();

    private static TestServer server;
    private static NodeConsole node;

    private final String transport;
    private final String room;

    SocketIoResumeIT(String transport) {
        this.transport = transport;
        this.room = "room over " + transport;
    }

    @BeforeAll
    static void start() {
        node = NodeConsole.start();
        server = TestServer.start(
                "{\"/\": {\"auth\": \"none\", \"resume\": {}}, \"/short\": {\"auth\": \"none\", \"resume\": {\"window\": \"1s\"}},"
                        + " \"/plain\": {\"auth\": \"none\"}}");
        for (String namespace : List.of("/", "/short", "/plain")) {
            server.handle(namespace, 2, ThreadingModel.WORKER, SocketIoResumeIT::events);
        }
    }

    private static void events(Events on) {
        on.close((socket, reason) -> LIFE.add("close " + socket.id()));
        on.event("join", (socket, data) -> socket.join(data.string()));
        on.event("leave", (socket, data) -> socket.leave(data.string()));
        on.event("rooms", (socket, data) -> socket.rooms().map(List::copyOf));
        on.action("name", (socket, data) -> socket.attribute("name", data.string()));
        on.event("my name", (socket, data) -> socket.attribute("name"));
        on.event(
                "query",
                (socket, data) -> List.copyOf(socket.handshake().query().keySet()));
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** Opens a client, whose name in the scripts is {@code state.me}. */
    private void open(String namespace, String options) {
        run(
                "state.me?.socket.disconnect(); state.me = person(args[0], { transports: [args[2]], " + options + " });"
                        + " await state.me.connect(); await state.me.ask('join', args[1])",
                server.nextUrl(namespace),
                room,
                transport);
    }

    private Object run(String script, Object... arguments) {
        return node.run(script, arguments);
    }

    /** Comes back, at the next node. */
    private boolean comeBack() {
        return (Boolean) run("return state.me.connect(args[0])", server.nextUrl("/"));
    }

    private void lose() {
        run("await state.me.lose()");
    }

    private void say(int from, int to) {
        List<Future<Void>> emitted = new ArrayList<>();
        for (int n = from; n < to; n++) {
            emitted.add(server.namespace("/").room(room).emit("said", n));
        }
        TestServer.await(Future.all(emitted));
    }

    /** The first arguments of all events of a name. */
    private List<Object> heard(String event, int count) {
        JsonArray all = (JsonArray) run("return state.me.hear(args[0], args[1])", event, count);
        return all.stream().map(one -> ((JsonArray) one).getValue(0)).toList();
    }

    private static List<Object> numbers(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to).boxed().toList());
    }

    private String id() {
        return (String) run("return state.me.socket.id");
    }

    @Test
    void comeBack_isTheSameSocket_andHasWhatWasMissedOnceAndInOrder() {
        open("/", "");
        String id = id();
        run("await state.me.ask('name', 'Ann')");
        say(0, 20);
        assertThat(heard("said", 20)).isEqualTo(numbers(0, 20));
        for (int round = 1; round < 4; round++) {
            lose();
            say(round * 20, round * 20 + 10);
            assertThat(comeBack()).isTrue();
            say(round * 20 + 10, round * 20 + 20);
            assertThat(heard("said", round * 20 + 20)).isEqualTo(numbers(0, round * 20 + 20));
        }
        assertThat(id()).isEqualTo(id);
        assertThat(run("return state.me.ask('my name')")).isEqualTo("Ann");
        assertThat(run("return state.me.ask('rooms')")).isEqualTo(new JsonArray().add(room));
        assertThat(LIFE).doesNotContain("close " + id);
    }

    @Test
    void comeBack_afterEventsOfSeveralLogs_hasEachOnce() {
        open("/", "");
        String id = id();
        run("await state.me.ask('join', args[0] + ' 2')", room);
        List<Object> sent = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            for (int n = 0; n < 3; n++) {
                sent.add("room " + round + n);
                sent.add("second " + round + n);
                sent.add("own " + round + n);
                TestServer.await(server.namespace("/").room(room).emit("mixed", "room " + round + n));
                TestServer.await(server.namespace("/").room(room + " 2").emit("mixed", "second " + round + n));
                TestServer.await(server.namespace("/").socket(id).emit("mixed", "own " + round + n));
                if (n == 1 && round % 2 == 0) {
                    // Some of it may be on its way, and nobody knows how far it came.
                    lose();
                }
            }
            if (round % 2 == 0) {
                assertThat(comeBack()).isTrue();
            }
        }
        assertThat(heard("mixed", sent.size())).containsExactlyInAnyOrderElementsOf(sent);
        for (String log : List.of("room", "second", "own")) {
            assertThat(heard("mixed", sent.size()).stream()
                            .filter(one -> one.toString().startsWith(log)))
                    .isEqualTo(sent.stream()
                            .filter(one -> one.toString().startsWith(log))
                            .toList());
        }
    }

    @Test
    void offset_isTheLastArgument_alsoWhereAVolatileEventEndsWithAText() {
        open("/", "");
        TestServer.await(server.namespace("/").room(room).emit("said", 1));
        TestServer.await(
                server.namespace("/").room(room).with(EmitFlag.VOLATILE).emit("volatile", "a text"));
        TestServer.await(
                server.namespace("/").room(room).with(EmitFlag.VOLATILE).emit("bare", Payload.absent()));
        TestServer.await(
                server.namespace("/").room(room).with(EmitFlag.VOLATILE).emit("number", 7));
        TestServer.await(server.namespace("/").room(room).emit("bytes", new byte[] {1, 2}));

        String offset = (String) run("return (await state.me.hear('said', 1))[0][1]");
        JsonArray volatileOne = (JsonArray) run("return (await state.me.hear('volatile', 1))[0]");
        String last = (String) run("await state.me.hear('bytes', 1); return state.me.socket._lastOffset");

        assertThat(offset).isNotEmpty();
        assertThat(volatileOne).isEqualTo(new JsonArray().add("a text").add(offset));
        assertThat(run("return (await state.me.hear('bare', 1))[0]")).isEqualTo(new JsonArray().add(offset));
        assertThat(run("return (await state.me.hear('number', 1))[0]")).isEqualTo(new JsonArray().add(7));
        assertThat(run("return Array.from((await state.me.hear('bytes', 1))[0][0])"))
                .isEqualTo(new JsonArray().add(1).add(2));
        assertThat(last).isNotEqualTo(offset);
        lose();
        assertThat(comeBack()).isTrue();
    }

    @Test
    void comeBack_beforeAnythingWasSaid_hasAllThatWasSaidMeanwhile() {
        open("/", "");
        lose();
        say(0, 3);
        assertThat(comeBack()).isTrue();
        assertThat(heard("said", 3)).isEqualTo(numbers(0, 3));
    }

    @Test
    void comeBack_withAnOffsetOfSomebodyElse_isNotRecovered() {
        open("/", "");
        String id = id();
        lose();
        run("state.me.socket._lastOffset = 'what a handler said'");
        assertThat(comeBack()).isFalse();
        assertThat(id()).isNotEqualTo(id);
    }

    @Test
    void comeBack_withTheIdAndAnotherKey_orAsAnotherUser_isNobodysSocket() {
        open("/", "auth: { token: '" + Tokens.of("ann") + "' }");
        String id = id();
        String pid = (String) run("return state.me.socket._pid");
        assertThat(pid).startsWith(id + ".").hasSize(id.length() + 23);
        lose();
        for (String auth : List.of(
                "{ pid: '" + id + ".AAAAAAAAAAAAAAAAAAAAAA', token: '" + Tokens.of("ann") + "' }",
                "{ pid: '" + pid + "', token: '" + Tokens.of("bob") + "' }",
                "{ pid: '" + pid + "' }")) {
            assertThat(run(
                            "const thief = person(args[0], { transports: [args[1]], auth: " + auth + " });"
                                    + " await thief.connect(); const { id } = thief.socket; thief.socket.disconnect();"
                                    + " return id",
                            server.nextUrl("/"),
                            transport))
                    .isNotEqualTo(id);
        }
        assertThat(comeBack()).isTrue();
        assertThat(id()).isEqualTo(id);
    }

    @Test
    void disconnect_isAGoodBye() {
        open("/", "");
        String id = id();
        run("state.me.socket.disconnect()");
        await().atMost(Inbox.DEADLINE).untilAsserted(() -> assertThat(LIFE).contains("close " + id));
        assertThat(comeBack()).isFalse();
        assertThat(id()).isNotEqualTo(id);
    }

    @Test
    void comeBack_tooLate_isANewSocket() {
        open("/short", "");
        String id = id();
        lose();
        await().atMost(Inbox.DEADLINE).untilAsserted(() -> assertThat(LIFE).contains("close " + id));
        assertThat(comeBack()).isFalse();
        assertThat(id()).isNotEqualTo(id);
    }

    @Test
    void namespaceWithoutResume_tellsNoPidAndNoOffsets() {
        open("/plain", "auth: { pid: 'mine' }");
        assertThat(run("return state.me.socket._pid ?? 'none'")).isEqualTo("none");
        TestServer.await(server.namespace("/plain").room(room).emit("said", 1));
        assertThat(run("return (await state.me.hear('said', 1))[0]")).isEqualTo(new JsonArray().add(1));
        assertThat((JsonArray) run("return state.me.ask('query')")).contains("pid");
        lose();
        assertThat(comeBack()).isFalse();
    }

    @Test
    void handlers_doNotSeeThePid_andNoResumeOfTheirOwnHoldsAClientUp() {
        open("/", "auth: { pid: 'mine', offset: 'x', resume: '1', color: 'red' }");
        assertThat((JsonArray) run("return state.me.ask('query')"))
                .contains("color")
                .doesNotContain("pid", "offset");
    }

    @Test
    void oldClient_hearsNoOffsets() {
        Object heard = run(
                "const old = oldPerson(args[0], { transports: [args[2]] }); await old.connect();"
                        + " await old.ask('join', args[1]); state.old = old; return old.ids.length",
                server.nextUrl("/"),
                room + " old",
                transport);
        assertThat(heard).isEqualTo(1);
        TestServer.await(server.namespace("/").room(room + " old").emit("said", 1));
        assertThat(run("return (await state.old.hear('said', 1))[0]")).isEqualTo(new JsonArray().add(1));
        run("state.old.socket.disconnect()");
    }
}
