package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.Switchboard;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where namespaces are mounted: at paths of their own, by default, or nowhere. */
class PathsIT {
    private static final List<String> TRANSPORTS = List.of(
            "POST %s/000/paths-a%d/xhr",
            "POST %s/000/paths-b%d/xhr_streaming",
            "GET %s/000/paths-c%d/eventsource",
            "GET %s/000/paths-d%d/htmlfile?c=callback",
            "GET %s/000/paths-e%d/jsonp?c=callback",
            "GET %s/info",
            "GET %s/iframe.html");

    private static TestServer server;
    private static int sessions;

    @BeforeAll
    static void start() {
        server = TestServer.start("""
                {"/": {"auth": "none", "sockjs": "/live/sock", "ws": "/live/plain"},
                 "/usual": {"auth": "none"},
                 "/off": {"auth": "none", "sockjs": false, "ws": false}}""");
        server.handle(on -> on.event("echo", (socket, data) -> data));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertRequests(String mount, int status) {
        for (String request : TRANSPORTS) {
            try (RawPeer peer = RawPeer.connect(server.port())) {
                assertThat(peer.request(request.formatted(mount, ++sessions) + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                + server.port() + "\r\nContent-Length: 0\r\n\r\n"))
                        .as(request + " at " + mount)
                        .isEqualTo(status);
            }
        }
    }

    private static void assertOpens(String path) {
        try (RawPeer peer = RawPeer.open(server.port(), path)) {
            assertThat(peer.nextText()).as(path).contains("open");
        }
    }

    private static void assertInvalid(String path) {
        try (RawPeer peer = RawPeer.open(server.port(), path)) {
            assertThat(peer.awaitClose()).as(path).isEqualTo(new Closed(4000, "Invalid URL"));
        }
    }

    @Test
    void path_thatIsConfigured_servesEveryTransport_andTheDefaultServesNone() {
        assertRequests("/live/sock", 200);
        assertOpens("/live/plain");
        assertOpens("/live/sock/websocket");
        assertRequests("/sockjs", 404);
        for (String path : List.of("/ws", "/sockjs/websocket", "/sockjs/000/paths-f/websocket")) {
            assertInvalid(path);
        }
    }

    @Test
    void path_thatIsNotConfigured_isTheDefault() {
        assertRequests("/usual/sockjs", 200);
        assertOpens("/usual/ws");
    }

    @Test
    void namespace_thatIsOff_isNowhere() {
        assertRequests("/off/sockjs", 404);
        assertInvalid("/off/ws");
        assertInvalid("/off/sockjs/websocket");
    }

    @Test
    void start_withAWrongOrigin_failsWithItsPath() {
        JsonObject http = new JsonObject().put("port", 0).put("allowedOrigins", "example.org");
        Vertx vertx = Vertx.vertx();
        try {
            assertThatThrownBy(() -> TestServer.await(vertx.deployVerticle(
                            new Switchboard(), new DeploymentOptions().setConfig(new JsonObject().put("http", http)))))
                    .hasStackTraceContaining("http.allowedOrigins: must be")
                    .hasStackTraceContaining("did you mean \"https://example.org\"?");
        } finally {
            TestServer.await(vertx.close());
        }
    }

    /** A handler that is no middleware, a verticle that is no handler, and nothing at all. */
    @ParameterizedTest
    @CsvSource({
        "packetMiddleware, dev.switchboard.it.HallVerticle, HallVerticle is no packet middleware",
        "connectionMiddleware, dev.switchboard.it.JsonShoutVerticle, JsonShoutVerticle is no connection middleware",
        "connectionMiddleware, dev.switchboard.it.Nobody, there is no middleware"
    })
    void start_withAMiddlewareThatIsNone_failsWithItsPath(String key, String name, String fault) {
        JsonObject namespaces = new JsonObject().put("/", new JsonObject().put(key, new JsonArray().add(name)));
        JsonObject config =
                new JsonObject().put("http", new JsonObject().put("port", 0)).put("namespaces", namespaces);
        Vertx vertx = Vertx.vertx();
        try {
            assertThatThrownBy(() -> TestServer.await(
                            vertx.deployVerticle(new Switchboard(), new DeploymentOptions().setConfig(config))))
                    .hasStackTraceContaining("namespaces./." + key)
                    .hasStackTraceContaining(fault);
        } finally {
            TestServer.await(vertx.close());
        }
    }
}
