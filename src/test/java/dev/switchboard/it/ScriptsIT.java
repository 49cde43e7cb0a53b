package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script finds, what it does not find, and what is said of one that is broken. */
final class ScriptsIT {
    private static TestServer server;

    @TempDir
    private Path folder;

    private Clients clients;

    @BeforeAll
    static void start() {
        server = TestServer.open();
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
