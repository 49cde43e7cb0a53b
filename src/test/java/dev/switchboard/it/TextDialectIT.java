package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.ThreadingModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that speak no JSON envelope. */
class TextDialectIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.NODE_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = TestServer.start(
                "{\"/text\": {\"auth\": \"none\", \"dialect\": \"text\"}, \"/locked\": {\"dialect\": \"text\"}}");
        server.handle(
                "/text",
                1,
                ThreadingModel.WORKER,
                on -> on.open(socket -> socket.join("room")).event("message", (socket, data) -> {
                    if (data.isBinary()) {
                        return socket.emit("message", data);
                    }
                    return switch (data.string()) {
                        case "object" -> socket.emit("x", new JsonObject().put("a", new JsonArray().add(1)));
                        case "number" -> socket.emit("x", 1.5);
                        case "null" -> socket.emit("x", null);
                        case "bytes" -> socket.emit("x", Buffer.buffer(new byte[] {0, (byte) 0xFF}));
                        case "fail" -> throw new IllegalStateException("on purpose");
                        case "everybody" -> socket.toRoom("room").emit("said", "to everybody");
                        default -> socket.emit("echo", data.string());
                    };
                }));
        server.handle(
                "/locked",
                1,
                ThreadingModel.WORKER,
                on -> on.event(
                        "message",
                        (socket, data) -> socket.emit("x", socket.user().name() + ": " + data.string())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private TestClient connect(String namespace, String query) {
        return clients.connect(Transport.NODE_WEBSOCKET, namespace, query);
    }

    private static String answer(TestClient client, String text) {
        client.send(text);
        return client.inbox().next();
    }

    @Test
    void text_comesBackAsItIs_andNoOpenBeforeIt() {
        TestClient client = connect("/text", "");

        for (String text : List.of(
                "hello", "\"quoted\"", "Grüße 😀\u2028", "{\"event\":\"close\"}", "{", " ", "\\u0041", "null ")) {
            assertThat(answer(client, text)).isEqualTo(text);
        }
    }

    @Test
    void data_thatIsNoText_isJson() {
        TestClient client = connect("/text", "");

        assertThat(answer(client, "object")).isEqualTo("{\"a\":[1]}");
        assertThat(answer(client, "number")).isEqualTo("1.5");
        assertThat(answer(client, "null")).isEqualTo("null");
    }

    @Test
    void binary_comesBackAsItIs() {
        try (RawPeer peer = RawPeer.open(server.port(), "/text/ws")) {
            byte[] bytes = {0, 1, 2, (byte) 0xFF, (byte) 0xC3, 0x28};

            peer.frame(RawPeer.BINARY, bytes);
            RawPeer.Frame echo = peer.next();
            assertThat(echo.head()).isEqualTo(RawPeer.BINARY);
            assertThat(echo.payload()).isEqualTo(bytes);

            peer.text("bytes");
            assertThat(peer.next().payload()).isEqualTo(new byte[] {0, (byte) 0xFF});
            peer.frame(RawPeer.BINARY, new byte[0]);
            assertThat(peer.next().payload()).isEmpty();
        }
    }

    @Test
    void failure_isNotToldAndTheNextMessageIsHandled() {
        TestClient client = connect("/text", "");

        client.send("fail");

        assertThat(answer(client, "next")).isEqualTo("next");
    }

    @Test
    void sockJsClients_ofTheNamespace_speakEvents() {
        TestClient text = connect("/text", "");
        TestClient events = clients.connect(Transport.SOCKJS_WEBSOCKET, "/text", "");
        events.next("open");
        answer(text, "settled");

        text.send("everybody");

        assertThat(text.inbox().next()).isEqualTo("to everybody");
        assertThat(events.data("said")).isEqualTo("to everybody");
    }

    @Test
    void token_comesInTheUrl() {
        TestClient client = connect("/locked", Clients.query("token", Tokens.of("ann")));

        assertThat(answer(client, "hello")).isEqualTo("Name of ann: hello");
    }

    @Test
    void token_missingOrBad_isToldByTheCodeAlone() {
        TestClient without = connect("/locked", "");
        assertThat(without.awaitClosed()).isEqualTo(new Closed(4001, "Invalid user"));
        TestClient bad = connect("/locked", "?token=bad");
        assertThat(bad.awaitClosed()).isEqualTo(new Closed(4001, "Invalid user"));

        assertThat(without.inbox().all()).isEmpty();
        assertThat(bad.inbox().all()).isEmpty();
    }
}
