package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Events;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that is meant to hurt whoever parses it, at handlers of each kind, and what they say and do with hostile names. */
final class HostileDataIT {

    /** What no parser reads: it never reaches a handler. */
    private static final List<String> UNREADABLE = List.of(
            "[".repeat(100_000) + "]".repeat(100_000),
            "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
            "[".repeat(1_000) + "]".repeat(1_000),
            "[".repeat(500_000),
            "9".repeat(100_000),
            "0." + "1".repeat(100_000),
            "{\"" + "k".repeat(100_000) + "\":1}");

    /** What a parser can read, but perhaps not every handler. */
    private static final List<String> AWKWARD = List.of(
            "[".repeat(900) + "]".repeat(900),
            "{\"a\":".repeat(900) + "1" + "}".repeat(900),
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "[1e999999999]",
            "9007199254740993",
            "-0",
            "-0.0",
            "1" + "0".repeat(900),
            "{\"a\":1,\"a\":2}",
            "{\"__proto__\":{\"polluted\":true},\"constructor\":{\"prototype\":{\"polluted\":true}}}",
            "{\"toString\":1,\"length\":-1,\"toJSON\":1,\"then\":1}",
            "\"\\ud800\"",
            "{\"\\udc00\":\"\\ud800\"}",
            "\"\\u0000\"",
            "[" + "1,".repeat(200_000) + "1]");

    private static TestServer server;

    @TempDir
    private static Path folder;

    @AutoClose
    private final Troubles troubles = new Troubles();

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    private TestClient client;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(new JsonObject("""
                {"namespaces": {
                   "/java": {"auth": "none"},
                   "/js": {"auth": "none"},
                   "/groovy": {"auth": "none"},
                   "/contract": {"auth": "none"},
                   "/schema": {"auth": "none", "schemas": {"parse": {"type": ["number", "array", "object", "string"],
                     "items": {}, "properties": {"a": {"type": "integer", "multipleOf": 2}}}}}
                 }, "limits": {"badFrames": 1000}}"""));
        server.handle("/java", 1, ThreadingModel.WORKER, HostileDataIT::inJava);
        server.handle("/schema", 1, ThreadingModel.WORKER, HostileDataIT::inJava);
        script("parse.js", """
                on.namespace('/js');
                on('parse', (socket, data) => { const text = JSON.stringify(data); socket.emit('seen', data); return text.length; });
                on('number', (socket, data) => data + 1);
                on('keys', (socket, data) => { const all = {}; all[data] = 1; return [{}.polluted, Object.keys(all)]; });
                on('__proto__', () => 'proto');
                """);
        script("parse.groovy", """
                namespaceName = '/groovy'
                on.event('parse') { socket, data -> socket.emit('seen', data.value()).map(String.valueOf(data.value()).length()) }
                on.event('number') { socket, data -> data.number() + 1 }
                on.event('keys') { socket, data -> def all = [:]; all[data.string()] = 1; [null, all.keySet() as List] }
                on.event('__proto__') { socket, data -> 'proto' }
                """);
        contract();
    }

    private static void inJava(Events on) {
        on.event("parse", (socket, data) -> {
                    Object value = data.value();
                    return socket.emit("seen", value).map(String.valueOf(value).length());
                })
                .event("number", (socket, data) -> data.number().intValue() + 1)
                .event("keys", (socket, data) -> new JsonArray().addNull().add(new JsonArray().add(data.string())))
                .event("__proto__", (socket, data) -> "proto");
    }

    private static void script(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        TestServer.await(server.vertx()
                .deployVerticle(file.toString(), new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    }

    private static void contract() {
        server.vertx().eventBus().<JsonObject>consumer("hostile", message -> {
            Object data = message.body().getValue("data");
            switch (message.body().getString("event")) {
                case "parse" -> message.reply(String.valueOf(data).length());
                case "keys" -> message.reply(new JsonArray().addNull().add(new JsonArray().add(data)));
                case "number" -> message.reply(data instanceof Number n ? n.intValue() + 1 : null);
                default -> message.reply("proto");
            }
        });
        JsonArray events =
                new JsonArray().add("parse").add("number").add("keys").add("__proto__");
        TestServer.await(server.vertx()
                .eventBus()
                .request(
                        "switchboard.announce",
                        new JsonObject()
                                .put("address", "hostile")
                                .put("events", new JsonObject().put("/contract", events))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private JsonObject answer(String event, String data) {
        client.send("{\"event\":\"" + event + "\",\"data\":" + data + ",\"id\":1}");
        return client.ack(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/java", "/js", "/groovy", "/contract", "/schema"})
    void data_ofAnyKind_isAnswered(String namespace) {
        client = clients.open(namespace, "");
        answer("parse", "1");

        for (String data : UNREADABLE) {
            client.send("{\"event\":\"parse\",\"data\":" + data + ",\"id\":2}");
            assertThat(client.error().getString("code")).isEqualTo("BAD_FRAME");
        }
        for (String data : AWKWARD) {
            for (String event : List.of("parse", "number")) {
                JsonObject error = answer(event, data).getJsonObject("error");
                if (error != null) {
                    assertThat(error.getString("code")).isIn("INVALID_DATA", "HANDLER_FAILED");
                    assertThat(error.encode()).doesNotContain("dev.switchboard", "java.", "Exception");
                }
            }
        }
        assertThat(answer("parse", "12345").getInteger("data")).isEqualTo(5);
        assertThat(troubles.all()).noneMatch(line -> line.contains("StackOverflow") || line.contains("Unhandled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/java", "/js", "/groovy", "/contract"})
    void names_ofKeysAndEvents_areOnlyNames(String namespace) {
        client = clients.open(namespace, "");
        answer("parse", "{\"__proto__\":{\"polluted\":true},\"constructor\":{\"prototype\":{\"polluted\":true}}}");

        assertThat(answer("__proto__", "1").getString("data")).isEqualTo("proto");
        for (String name : List.of("constructor", "hasOwnProperty", "toString", "valueOf", "prototype")) {
            assertThat(answer(name, "1").getJsonObject("error").getString("code"))
                    .isEqualTo("UNKNOWN_EVENT");
            assertThat(answer("keys", "\"" + name + "\"").getJsonArray("data").encode())
                    .isEqualTo("[null,[\"" + name + "\"]]");
        }
    }
}
