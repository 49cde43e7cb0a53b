package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events there and back, with every kind of data. */
@EveryTransport
@Tag("smoke")
class EchoIT {
    private static final List<String> VALUES = List.of(
            "{}",
            "[]",
            "\"\"",
            "{\"a\":1,\"b\":{\"c\":[1,2,{\"d\":null}]}}",
            "[1,\"two\",null,true,[3],{\"four\":4}]",
            "\"a \\\"quoted\\\" \\\\ / line\\n\\t end\"",
            "\"Grüße, 世界, עולם\"",
            "\"\uD83D\uDE00\uD83D\uDC69\u200D\uD83D\uDE80\"",
            "\"\u2028\u2029\"",
            "\"\\u0000\\u001f\u007f\\ud800\"",
            "0",
            "-1.5e-7",
            "123456789012345678901234567890",
            "1e400",
            "0.1000000000000000055511151231257827",
            "9007199254740993",
            "true",
            "false",
            "null",
            "{\"event\":\"error\",\"id\":1,\"ack\":2}",
            " { \"with\" : [ \"space\" , 1 ] } ");

    private static final AtomicReference<Promise<String>> STALLED = new AtomicReference<>(Promise.promise());

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    EchoIT(Transport transport) {
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.open();
        server.handle(on -> on.event("echo", (socket, data) -> {
                    socket.emit("echo", data);
                    return data;
                })
                .event("made", (socket, data) -> socket.emit("made", made(data.string())))
                .event("stall", (socket, data) -> STALLED.get().future()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Object made(String kind) {
        return switch (kind) {
            case "object" -> new JsonObject().put("a", new JsonArray().add(1));
            case "map" -> Map.of("a", List.of(1, "b"));
            case "list" -> Arrays.asList(1, null, Map.of());
            case "string" -> "a\"b\u2028";
            case "number" -> 1.5;
            case "boolean" -> true;
            case "bytes" -> Buffer.buffer(new byte[] {0, 1, (byte) 0xFF});
            default -> null;
        };
    }

    @Test
    void open_withoutToken_isAnonymous() {
        JsonObject open = new JsonObject(clients.connect("").inbox().next());

        assertThat(open.getString("event")).isEqualTo("open");
        JsonObject data = open.getJsonObject("data");
        assertThat(data.getString("id")).hasSizeGreaterThan(20);
        assertThat(data.getValue("user")).isNull();
        assertThat(data.getString("namespace")).isEqualTo("/");
        assertThat(data.getInteger("protocol")).isEqualTo(1);
    }

    @Test
    void open_withToken_namesTheUser() {
        TestClient client = clients.connect(Clients.query("token", Tokens.of("ann")));

        assertThat(client.next("open").getJsonObject("data").getJsonObject("user"))
                .isEqualTo(new JsonObject().put("id", "ann").put("name", "Name of ann"));
    }

    @Test
    void open_ofTwo_hasDifferentIds() {
        Object one = clients.connect("").next("open").getJsonObject("data").getString("id");
        Object other = clients.connect("").next("open").getJsonObject("data").getString("id");

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void emit_ofEachValue_comesBackUntouched() {
        TestClient client = clients.open();

        for (String value : VALUES) {
            client.send("{\"event\":\"echo\",\"data\":" + value + "}");
            assertThat(dataOf(client.inbox().next())).isEqualTo(value.strip());
        }
    }

    @Test
    void ack_ofEachValue_carriesItUntouched() {
        TestClient client = clients.open();

        for (int id = 1; id <= VALUES.size(); id++) {
            String value = VALUES.get(id - 1);
            client.send("{\"id\":" + id + ",\"event\":\"echo\",\"data\":" + value + "}");
            assertThat(client.next("echo")).isNotNull();
            assertThat(dataOf(client.inbox().next())).isEqualTo(value.strip());
        }
    }

    /** The text of the last key's value. */
    private static String dataOf(String message) {
        return message.substring(message.indexOf("\"data\":") + 7, message.length() - 1);
    }

    @Test
    void emit_withoutData_comesBackWithoutData() {
        TestClient client = clients.open();

        client.emit("echo");

        assertThat(client.next("echo").containsKey("data")).isFalse();
    }

    @Test
    void emit_ofJavaValues_becomesJson() {
        TestClient client = clients.open();

        assertThat(made(client, "object")).isEqualTo("{\"a\":[1]}");
        assertThat(made(client, "map")).isEqualTo("{\"a\":[1,\"b\"]}");
        assertThat(made(client, "list")).isEqualTo("[1,null,{}]");
        assertThat(new JsonArray("[" + made(client, "string") + "]").getString(0))
                .isEqualTo("a\"b\u2028");
        assertThat(made(client, "number")).isEqualTo("1.5");
        assertThat(made(client, "boolean")).isEqualTo("true");
        assertThat(made(client, "null")).isEqualTo("null");
        assertThat(made(client, "bytes")).isIn("\"AAH_\"", "\"AAH/\"");
    }

    private static String made(TestClient client, String kind) {
        client.emit("made", kind);
        return dataOf(client.inbox().next());
    }

    @Test
    void message_withUnknownKeys_isTakenAsUsual() {
        TestClient client = clients.open();

        client.send("{\"v\":2,\"extra\":{\"event\":\"x\"},\"event\":\"echo\",\"data\":1,\"later\":[[]]}");

        assertThat(client.data("echo")).isEqualTo(1);
    }

    @Test
    void ping_behindAStalledEvent_isAnsweredAtOnce() {
        TestClient client = clients.open();
        Promise<String> stalled = Promise.promise();
        STALLED.set(stalled);

        client.ask("stall", null);
        client.send("{\"ping\":42}");

        assertThat(client.inbox().next()).isEqualTo("{\"pong\":42}");
        stalled.complete("done");
        assertThat(client.ack(1).getString("data")).isEqualTo("done");
    }

    @Test
    void pong_unasked_isIgnored() {
        TestClient client = clients.open();

        client.send("{\"pong\":1}", "{\"ack\":77,\"data\":1}", "{\"ping\":1}");

        assertThat(client.inbox().next()).isEqualTo("{\"pong\":1}");
    }

    @Test
    void emit_of3000AtOnce_isHandledInOrder() {
        TestClient client = clients.open();
        List<String> messages = IntStream.range(0, 3000)
                .mapToObj(n -> "{\"event\":\"echo\",\"data\":" + n + "}")
                .toList();

        client.send(messages);

        assertThat(client.inbox().take(3000)).isEqualTo(messages);
    }
}
