package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may connect: asked of every path, with the headers that a browser would send. */
class OriginIT {
    private static final List<String> UPGRADES =
            List.of("/ws", "/sockjs/websocket", "/sockjs/000/upgraded%d/websocket");

    private static final List<String> REQUESTS = List.of(
            "GET /sockjs/info",
            "POST /sockjs/000/session-a%d/xhr",
            "POST /sockjs/000/session-b%d/xhr_streaming",
            "GET /sockjs/000/session-c%d/eventsource",
            "GET /sockjs/000/session-d%d/htmlfile?c=callback",
            "GET /sockjs/000/session-e%d/jsonp?c=callback");

    private static TestServer server;
    private static int sessions;

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"http": {"allowedOrigins": ["https://partner.example"]}, "namespaces": {"/": {"auth": "none"}}}"""));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertStatus(String origin, boolean allowed) {
        String header = origin == null ? "" : "Origin: " + origin.replace("$port", "" + server.port()) + "\r\n";
        for (String path : UPGRADES) {
            try (RawPeer peer = RawPeer.connect(server.port())) {
                assertThat(peer.upgrade(path.formatted(++sessions), header))
                        .as(path)
                        .isEqualTo(allowed ? 101 : 403);
            }
        }
        for (String request : REQUESTS) {
            try (RawPeer peer = RawPeer.connect(server.port())) {
                int status = peer.request(request.formatted(++sessions) + " HTTP/1.1\r\nHost: 127.0.0.1:"
                        + server.port() + "\r\nContent-Length: 0\r\n" + header + "\r\n");
                assertThat(status).as(request).isEqualTo(allowed ? 200 : 403);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:$port", "HTTP://127.0.0.1:$port", "https://partner.example"})
    void origin_ownOrListed_isAccepted(String origin) {
        assertStatus(origin, true);
    }

    @org.junit.jupiter.api.Test
    void origin_none_isAccepted() {
        assertStatus(null, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "https://127.0.0.1:$port",
                "http://127.0.0.1:$port.evil.example",
                "http://127.0.0.1:$port/",
                "http://localhost:$port",
                "http://partner.example",
                "https://partner.example:8443",
                "https://sub.partner.example",
                "*"
            })
    void origin_foreign_isRefusedBeforeTheUpgrade(String origin) {
        assertStatus(origin, false);
    }
}
