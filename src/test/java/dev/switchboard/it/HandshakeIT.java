package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Socket;
import dev.switchboard.wire.Handshake;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What handlers learn of the request that a socket began with: in open, in every event, and in close. */
@EveryTransport
class HandshakeIT {
    private static final Map<String, Handshake> OPENED = new ConcurrentHashMap<>();
    private static final Inbox<Handshake> CLOSED = new Inbox<>();

    private static TestServer server;

    private final Transport transport;

    @AutoClose
    private final Clients clients;

    HandshakeIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.open();
        server.handle(on -> on.open(socket -> OPENED.put(socket.id(), socket.handshake()))
                .event("how", (socket, data) -> how(socket))
                .event("same", (socket, data) -> OPENED.get(socket.id()).equals(socket.handshake()))
                .close((socket, reason) -> {
                    CLOSED.add(socket.handshake());
                    return null;
                }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject how(Socket socket) {
        Handshake handshake = socket.handshake();
        return new JsonObject()
                .put("path", handshake.path())
                .put("url", handshake.url())
                .put("query", new JsonObject(Map.copyOf(handshake.query())))
                .put("host", handshake.headers().get("host"))
                .put("cookie", handshake.headers().get("cookie"))
                .put("authorization", handshake.headers().get("authorization"))
                .put("address", handshake.address())
                .put("secure", handshake.secure())
                .put("time", handshake.time())
                .put("issued", handshake.issued())
                .put("crossDomain", handshake.crossDomain());
    }

    private static JsonObject how(TestClient client) {
        return (JsonObject) client.answer("how", null);
    }

    @Test
    void handshake_isToldInOpenInEveryEventAndInClose() {
        clients.visit("secret=1");
        TestClient client =
                clients.open("/", "?room=a%20b%26c&color=red&token=" + Tokens.of("ann") + "&key=" + "k".repeat(22));
        clients.visit("");

        JsonObject how = how(client);

        assertThat(how.getString("path")).startsWith(transport.path("/"));
        assertThat(how.getString("url")).startsWith(how.getString("path") + "?").contains("color=red", "room=a+b%26c");
        assertThat(how.getString("url")).doesNotContain("token", "key");
        assertThat(how.getJsonObject("query").getString("room")).isEqualTo("a b&c");
        assertThat(how.getJsonObject("query").getString("color")).isEqualTo("red");
        assertThat(how.getJsonObject("query").fieldNames()).doesNotContain("token", "key");
        assertThat(how.getString("host")).startsWith("127.0.0.1:");
        assertThat(how.getString("cookie")).isNull();
        assertThat(how.getString("authorization")).isNull();
        assertThat(how.getString("address")).isEqualTo("127.0.0.1");
        assertThat(how.getBoolean("secure")).isFalse();
        assertThat(how.getBoolean("crossDomain")).isFalse();
        Instant time = how.getInstant("time");
        assertThat(Duration.between(time, Instant.now())).isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(1));
        assertThat(how.getLong("issued")).isEqualTo(time.toEpochMilli());
        assertThat(client.answer("same", null)).isEqualTo(true);

        client.hangUp();
        Handshake closed =
                CLOSED.next("the close", one -> "red".equals(one.query().get("color")));
        assertThat(closed.url()).isEqualTo(how.getString("url"));
    }

    @Test
    void query_ofOne_isNeverAnothers() {
        TestClient one = clients.open("/", "?token=" + Tokens.of("ann") + "&secret=abc");
        TestClient other = clients.open();
        TestClient third = clients.open("/", "?mine=1");

        assertThat(how(one).getJsonObject("query").getString("secret")).isEqualTo("abc");
        assertThat(how(other).getJsonObject("query").fieldNames()).doesNotContain("secret", "token", "mine");
        assertThat(how(third).getJsonObject("query").fieldNames())
                .contains("mine")
                .doesNotContain("secret", "token");
        assertThat(how(one).getJsonObject("query").fieldNames()).doesNotContain("mine");
        assertThat(how(other).getString("url")).doesNotContain("secret");
    }
}
