package dev.switchboard.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.Events;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script finds, what it does not find, and what is said of one that is broken. */
final class ScriptsIT {
    private static TestServer server;

    @TempDir
    private Path folder;

    private Clients clients;

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"http": {"routes": "dev.switchboard.it.ShopRoutes", "session": {"cookie": "sid"}},
                 "namespaces": {
                   "/": {"auth": "none"},
                   "/visitors": {"auth": "none", "session": true},
                   "/js": {
                     "auth": "none",
                     "connectionMiddleware": ["js:src/test/middleware/guard.js"],
                     "packetMiddleware": ["js:src/test/middleware/guard.js"]
                   },
                   "/groovy": {
                     "auth": "none",
                     "connectionMiddleware": ["groovy:src/test/middleware/guard.groovy"],
                     "packetMiddleware": ["groovy:src/test/middleware/guard.groovy"],
                     "events": {"disconnecting": "groovy:src/test/middleware/guard.groovy"}
                   }
                 }}"""));
        for (String namespace : List.of("/js", "/groovy")) {
            server.handle(namespace, 1, ThreadingModel.WORKER, ScriptsIT::behindTheGuard);
        }
    }

    private static void behindTheGuard(Events on) {
        on.event("say", (socket, data) -> data).event("full", (socket, data) -> {
            throw new EventException("FULL", "No seat").with(new JsonObject().put("seats", 0));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        clients = new Clients(server, Transport.JDK_WEBSOCKET);
    }

    @AfterEach
    void hangUp() {
        clients.close();
    }

    private String deploy(String name, String text) throws IOException {
        return deploy(name, text, ThreadingModel.WORKER);
    }

    private String deploy(String name, String text, ThreadingModel threading) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        JsonObject config = new JsonObject().put("greeting", "hi");
        return TestServer.await(server.vertx()
                .deployVerticle(
                        file.toString(),
                        new DeploymentOptions().setThreadingModel(threading).setConfig(config)));
    }

    @ParameterizedTest
    @CsvSource({"WORKER", "EVENT_LOOP"})
    void script_usesWhatIsOpenToIt(ThreadingModel threading) throws Exception {
        String deployment = deploy("open.js", """
                let openings = 0;
                on.open((socket) => { openings++; return socket.emit('welcome', { user: socket.user, openings }); });
                on('config', () => config);
                on('wait', () => new Promise((resolve) => setTimeout(resolve, 5, 'waited')));
                on('tell all', (socket, data) => namespace('/').all().emit('told', data));
                on('nothing', () => {});
                on('null', () => null);
                on('ask', (socket, data) => socket.ask('question', data, 5000));
                on('who', async (socket) => [await socket.toAll().count(), (await socket.toAll().sockets()).length]);
                on('own name', (socket) => socket.emit('open', 1).catch((e) => e.message));
                on('notes', (socket, data) => { socket.attribute('note', data); return socket.attribute('note'); });
                on('kick', (socket) => socket.disconnect({ code: 4500, text: 'enough' }));
                console.log('loaded', { as: 'json' });
                """, threading);
        try {
            TestClient client = clients.open();
            assertThat(client.data("welcome"))
                    .isEqualTo(new JsonObject().putNull("user").put("openings", 1));
            assertThat(client.answer("config", null)).isEqualTo(new JsonObject().put("greeting", "hi"));
            assertThat(client.answer("wait", null)).isEqualTo("waited");
            client.answer("tell all", List.of(1, 2));
            assertThat(client.data("told")).isEqualTo(new JsonArray().add(1).add(2));
            assertThat(client.ack(client.ask("nothing", 1)).containsKey("error"))
                    .isFalse();
            assertThat(client.answer("null", 1)).isNull();
            assertThat(client.answer("who", 1)).isEqualTo(new JsonArray().add(0).add(1));
            assertThat(client.answer("own name", 1)).isEqualTo("\"open\" is no name for an event");
            assertThat(client.answer("notes", "n")).isEqualTo("n");

            int question = client.ask("ask", "why?");
            JsonObject asked = client.next("question");
            client.send(new JsonObject()
                    .put("ack", asked.getValue("id"))
                    .put("error", new JsonObject().put("code", "BUSY").put("message", "Later"))
                    .encode());
            assertThat(client.ack(question).getJsonObject("error").getString("code"))
                    .isEqualTo("BUSY");

            client.emit("kick");
            assertThat(client.awaitClosed()).isEqualTo(new Closed(4500, "enough"));
        } finally {
            server.undeploy(deployment);
        }
    }

    @Test
    void script_throws_isToldAsItsCodeOrAsAFailure() throws Exception {
        String deployment = deploy("throws.js", """
                on('coded', () => { throw Object.assign(new Error('Full'), { code: 'ROOM_FULL', retry: true }); });
                on('coded later', async () => { throw Object.assign(new Error('Full'), { code: 'ROOM_FULL' }); });
                on('plain', async () => { throw new Error('a secret'); });
                on('wrong', () => ({ endless: 1n }));
                """);
        try {
            TestClient client = clients.open();
            assertThat(client.refusal("coded", 1))
                    .isEqualTo(new JsonObject()
                            .put("code", "ROOM_FULL")
                            .put("message", "Full")
                            .put("retry", true));
            assertThat(client.refusal("coded later", 1).getString("code")).isEqualTo("ROOM_FULL");
            for (String event : List.of("plain", "wrong")) {
                JsonObject refusal = client.refusal(event, 1);
                assertThat(refusal.getString("code")).isEqualTo("HANDLER_FAILED");
                assertThat(refusal.encode()).doesNotContain("secret");
            }
        } finally {
            server.undeploy(deployment);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/js", "/groovy"})
    void middleware_ofAScript_letsInRefusesAndIsToldTheEnd(String namespace) {
        TestClient watcher = clients.open();
        TestClient nowhere = clients.connect(Transport.JDK_WEBSOCKET, namespace, "");
        JsonObject error = nowhere.error();
        assertThat(error.getString("code")).isEqualTo("NO_ROOM");
        assertThat(error.getJsonObject("data")).isEqualTo(new JsonObject("{\"rooms\":[\"den\"]}"));
        nowhere.assertEnds(CloseReason.REFUSED.because("Which room?"));
        TestClient dropped = clients.connect(Transport.JDK_WEBSOCKET, namespace, "?room=closed");
        assertThat(dropped.error().getString("code")).isEqualTo("REFUSED");

        TestClient client = clients.open(namespace, "?room=den");

        assertThat(client.data("welcome")).isEqualTo("Hello");
        assertThat(TestServer.await(server.namespace(namespace).room("den").sockets()))
                .hasSize(1);
        server.namespace(namespace).socket(client.id()).disconnect(CloseReason.KICKED);
        assertThat(watcher.data("left")).isEqualTo(new JsonArray().add("den").add(4003));
        if (namespace.equals("/groovy")) {
            assertThat(watcher.data("leaving")).isEqualTo(new JsonArray().add("den"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/js", "/groovy"})
    void middleware_ofAScript_changesRefusesAndSeesWhatComesBack(String namespace) {
        TestClient client = clients.open(namespace, "?room=den");

        assertThat(client.answer("chat", " hello ")).isEqualTo("hello");
        assertThat(client.data("passed")).isEqualTo("hello");
        assertThat(client.refusal("drop", 1).getString("code")).isEqualTo("REFUSED");
        assertThat(client.refusal("admin", 1).getString("code")).isEqualTo("FORBIDDEN");
        assertThat(client.refusal("close me", 1).getString("code")).isEqualTo("HANDLER_FAILED");
        JsonObject seats = new JsonObject().put("seats", 0);
        assertThat(client.refusal("full", 1).getJsonObject("data")).isEqualTo(seats);
        assertThat(client.data("failed")).isEqualTo(new JsonArray().add("FULL").add(seats));
    }

    @Test
    void script_hearsOfErrorsAndOfTheEnd() throws Exception {
        String deployment = deploy("life.js", """
                const tell = (...what) => namespace('/').all().emit('life', what);
                on('enter', (socket, room) => socket.join(room));
                on('full', () => { throw Object.assign(new Error('No seat'), { code: 'FULL', data: { seats: 0 } }); });
                on.error((socket, failure) => tell('error', failure.code, failure.event));
                on.disconnecting(async (socket, reason) => tell('disconnecting', reason.code, await socket.rooms()));
                on.disconnect((socket, reason) => tell('disconnect', reason.code));
                on.close(async (socket, reason) => tell('close', await socket.rooms()));
                """);
        try {
            TestClient watcher = clients.open();
            TestClient client = clients.open();
            client.answer("enter", "den");
            JsonObject refusal = client.refusal("full", 1);
            assertThat(refusal.getJsonObject("data")).isEqualTo(new JsonObject().put("seats", 0));
            assertThat(watcher.data("life")).hasToString("[\"error\",\"FULL\",\"full\"]");

            server.namespace("/").socket(client.id()).disconnect(CloseReason.KICKED);

            assertThat(watcher.data("life")).hasToString("[\"disconnecting\",4003,[\"den\"]]");
            assertThat(watcher.data("life")).hasToString("[\"disconnect\",4003]");
            assertThat(watcher.data("life")).hasToString("[\"close\",[]]");
        } finally {
            server.undeploy(deployment);
        }
    }

    @Test
    void script_asksManyAndChoosesRoomsAndFlags() throws Exception {
        String deployment = deploy("many.js", """
                on('ask all', (socket, data) => socket.toAll().askAll('question', data, 5000));
                on('any', async (socket) => {
                    await socket.join('a');
                    await socket.toAnyOf('b', 'a').with('volatile', 'local', 'compress').emit('reached', 1);
                    return [await namespace('/').inAnyOf('a', 'b').count(), await socket.toRoom('a').rooms()];
                });
                on('wrong', (socket, flag) => {
                    try { socket.toAll().with(flag); } catch (e) { return e.message; }
                });
                on('no rooms', (socket) => {
                    try { socket.toAnyOf(); } catch (e) { return e.message; }
                });
                """);
        try {
            TestClient ann = clients.open();
            TestClient bob = clients.open();
            int asked = ann.ask("ask all", "ready?");
            JsonObject busy = new JsonObject().put("code", "BUSY").put("message", "Later");
            ann.send(reply(ann).put("data", List.of("yes")).encode());
            bob.send(reply(bob).put("error", busy).encode());
            JsonObject all = ann.ack(asked).getJsonObject("data");
            assertThat(all.getJsonArray("answers"))
                    .containsExactlyInAnyOrder(
                            new JsonObject().put("from", ann.id()).put("data", new JsonArray().add("yes")),
                            new JsonObject().put("from", bob.id()).put("error", busy.put("retry", false)));
            assertThat(all.getBoolean("complete")).isTrue();
            assertThat(all.getJsonArray("missing")).isEmpty();

            assertThat(ann.answer("any", 1)).hasToString("[0,[\"a\"]]");
            assertThat(ann.data("reached")).isEqualTo(1);
            assertThat(ann.answer("wrong", "loud")).asString().startsWith("there is no flag \"loud\"");
            assertThat(ann.answer("no rooms", 1)).isEqualTo("which rooms?");
        } finally {
            server.undeploy(deployment);
        }
    }

    private static JsonObject reply(TestClient client) {
        return new JsonObject().put("ack", client.next("question").getValue("id"));
    }

    @Test
    void script_asksNodesAndAnswersForItsOwn() throws Exception {
        String deployment = deploy("nodes.js", """
                const end = nodes.answer('double', (n) => n === null ? undefined : 2 * n);
                nodes.answer('fail', async () => {
                    throw Object.assign(new Error('Full'), { code: 'FULL', data: [7] });
                });
                on('ask', (socket, [name, data]) => nodes.ask(name, data, 5000));
                on('end', () => end());
                """);
        try {
            TestClient client = clients.open();
            assertThat(client.answer("ask", List.of("double", 4)))
                    .hasToString("{\"answers\":[{\"from\":\"\",\"data\":8}],\"missing\":[],\"complete\":true}");
            assertThat(client.answer("ask", List.of("double"))).asString().contains("[{\"from\":\"\"}]");
            assertThat(client.answer("ask", List.of("fail", 1))).asString().contains("\"FULL\"", "\"data\":[7]");
            client.answer("end", 1);
            assertThat(client.answer("ask", List.of("double", 4))).asString().contains("NO_HANDLER");
        } finally {
            server.undeploy(deployment);
        }
        assertThat(TestServer.await(dev.switchboard.Nodes.of(server.vertx()).ask("fail", 1, Duration.ofSeconds(5)))
                        .answers())
                .allMatch(answer -> requireNonNull(answer.failure()).code().equals("NO_HANDLER"));
    }

    @Test
    void script_keepsValuesInTheSession() throws Exception {
        String deployment = deploy("session.js", """
                on.namespace('/visitors');
                on('put', (socket, data) => socket.session.put('language', data));
                on('get', (socket) => socket.session.get('language'));
                on('remove', (socket) => socket.session.remove('language'));
                on('nothing', (socket) => socket.session.put('language', null).catch((e) => e.message));
                """);
        try {
            String cookie = HttpClients.request(
                            "PUT", server.url("/session/user"), "{\"value\":\"ann\"}", "Cookie", "other=1")
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow();
            clients.visit("other=1");
            assertThat(clients.open("/visitors", "").refusal("get", 1).getString("code"))
                    .isEqualTo("NO_SESSION");
            clients.visit(cookie.substring(0, cookie.indexOf(';')));
            TestClient one = clients.open("/visitors", "");
            TestClient other = clients.open("/visitors", "");

            one.answer("put", new JsonObject().put("of", "ann"));
            assertThat(other.answer("get", 1)).isEqualTo(new JsonObject().put("of", "ann"));
            assertThat(one.answer("nothing", 1)).isEqualTo("a session keeps no such value");
            other.answer("remove", 1);
            assertThat(one.answer("get", 1)).isNull();
        } finally {
            server.undeploy(deployment);
        }
    }

    @Test
    void script_throwsWhatHasNoForm_andTheNextEventRuns() throws Exception {
        String deployment = deploy("odd.js", """
                on('bare', () => { throw Object.create(null); });
                on('data', () => { throw Object.assign(new Error('x'), { code: 'X', data: 1n }); });
                on('fine', () => 1);
                """);
        try {
            TestClient client = clients.open();
            for (String event : List.of("bare", "data")) {
                assertThat(client.refusal(event, 1).getString("code")).isEqualTo("HANDLER_FAILED");
            }
            assertThat(client.answer("fine", 1)).isEqualTo(1);
        } finally {
            server.undeploy(deployment);
        }
    }

    @Test
    void script_reachesNothingElse() throws Exception {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        Files.writeString(folder.resolve("outside.js"), "export const secret = 1;");
        Files.createSymbolicLink(inside.resolve("link.js"), folder.resolve("outside.js"));
        Files.writeString(inside.resolve("beside.js"), "export const number = 7;");
        String deployment = deploy("inside/closed.js", """
                const reach = (path) => import(path).then((found) => found.number ?? 'reached', () => 'refused');
                on('names', () => ['Java', 'Packages', 'java', 'load', 'require', 'process', 'print', 'read', 'Polyglot', 'host']
                    .filter((name) => typeof globalThis[name] !== 'undefined'));
                on('reach', (socket, path) => reach(path));
                on('methods', (socket) => [typeof socket.getClass, typeof socket.emit.constructor.constructor('return this')().Java]);
                """);
        try {
            TestClient client = clients.open();
            assertThat(client.answer("names", 1)).isEqualTo(new JsonArray());
            assertThat(client.answer("methods", 1))
                    .isEqualTo(new JsonArray().add("undefined").add("undefined"));
            assertThat(client.answer("reach", "./beside.js")).isEqualTo(7);
            for (String path : List.of("../outside.js", "./link.js", "/etc/passwd", "fs", "file:///etc/passwd")) {
                assertThat(client.answer("reach", path)).as(path).isEqualTo("refused");
            }
        } finally {
            server.undeploy(deployment);
        }
    }

    @Test
    void undeploy_endsTimersAndTheContext() throws Exception {
        String deployment =
                deploy("ticks.js", "on('x', () => 1); setInterval(() => namespace('/').all().emit('tick', 1), 1);");
        TestClient client = clients.open();
        client.data("tick");

        server.undeploy(deployment);

        server.heardBy(client, "/", "tick");
        assertThat(server.heardBy(client, "/", "tick")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            broken.js     | "on('a', () => 1);#on(("                   | "broken.js, line 2: SyntaxError: "
            throwing.js   | "let a = 1;#a.b.c();"                      | "throwing.js, line 2: TypeError: "
            wrong.js      | "on('a', 1);"                              | "wrong.js, line 1: TypeError: on a: the handler is not a function"
            missing.js    | "import { a } from './none.js';"           | "missing.js"
            twice.js      | "on('a', () => 1);#on('a', () => 2);"      | "twice.js, line 2: "
            broken.groovy | "on.event('a') { s, d -> 1 }#def def"      | "broken.groovy, line 2: "
            bad.groovy    | "on.event('a') { s, d -> 1 }#none.of(this)" | "bad.groovy, line 2: No such property: none"
            """)
    void script_thatCannotBeUsed_isAFaultInOneLineWithItsPlace(String name, String text, String message) {
        assertThatThrownBy(() -> deploy(name, text.replace('#', '\n')))
                .cause()
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
        assertThat(clients.open().refusal("a", 1).getString("code")).isIn("UNKNOWN_EVENT", "NO_HANDLER");
    }
}
