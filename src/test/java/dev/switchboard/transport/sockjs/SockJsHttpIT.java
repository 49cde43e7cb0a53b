package dev.switchboard.transport.sockjs;

import static dev.switchboard.transport.sockjs.EchoServer.data;
import static dev.switchboard.transport.sockjs.EchoServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.sockjs.HttpPeer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SockJS protocol 0.3.3: what it says of HTTP itself, of other origins, cookies and connections. */
@Tag("conformance-sockjs")
class SockJsHttpIT {
    private static EchoServer server;

    private String session;

    @BeforeAll
    static void start() {
        server = new EchoServer(new JsonObject()
                .put("http", new JsonObject().put("allowedOrigins", new JsonArray().add("*"))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void next() {
        session = server.session();
    }

    // ---- other origins

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /sockjs/info",
                "POST %s/xhr",
                "POST %s/xhr_send",
                "POST %s/xhr_streaming",
                "POST %s/jsonp_send",
                "GET %s/eventsource",
                "GET %s/htmlfile",
                "GET %s/jsonp",
                "GET %s/websocket"
            })
    void options_areKeptForLong_whateverTheOrigin(String asked) {
        String[] parts = asked.formatted(session).split(" ", 2);
        for (String origin : new String[] {"", "test", "null"}) {
            Answer answer = HttpPeer.ask(
                    server.port(), "OPTIONS", parts[1], "", origin.isEmpty() ? "X: y" : "Origin: " + origin);

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("cache-control")).isEqualTo("public, max-age=31536000");
            assertThat(answer.has("expires")).isTrue();
            assertThat(Long.parseLong(answer.header("access-control-max-age"))).isGreaterThan(1_000_000);
            assertThat(answer.header("access-control-allow-methods")).isEqualTo("OPTIONS, " + parts[0]);
            assertOpenTo(origin, answer);
            assertThat(answer.body()).isEmpty();
        }
    }

    private static void assertOpenTo(String origin, Answer answer) {
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(origin.equals("test") ? origin : "*");
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "test", "null"})
    void origin_isEchoed_andNullIsAStar(String origin) {
        String header = origin.isEmpty() ? "X: y" : "Origin: " + origin;

        assertOpenTo(origin, server.get("/sockjs/info", header));
        assertOpenTo(origin, server.post(session + "/xhr", "", header));
        assertOpenTo(origin, server.post(session + "/xhr_send", "[]", header));
        assertOpenTo(origin, server.post(session + "/xhr_send", "[", header));
    }

    @Test
    void headers_thatAreAskedFor_areAllowed() {
        String name = "Access-Control-Request-Headers: ";

        assertThat(server.post(server.session() + "/xhr", "", name + "a, b, c").header("access-control-allow-headers"))
                .isEqualTo("a, b, c");
        assertThat(server.post(server.session() + "/xhr", "", name).has("access-control-allow-headers"))
                .isFalse();
        assertThat(server.post(server.session() + "/xhr", "").has("access-control-allow-headers"))
                .isFalse();
    }

    // ---- cookies and session URLs

    @ParameterizedTest
    @ValueSource(strings = {"JSESSIONID=dummy", "JSESSIONID=abcdef", "X=y"})
    void cookie_isNeverSet_sinceNoneIsNeeded(String cookie) {
        String header = "Cookie: " + cookie;

        assertThat(new JsonObject(server.get("/sockjs/info", header).body()).getBoolean("cookie_needed"))
                .isFalse();
        for (Answer answer : new Answer[] {
            server.get("/sockjs/info", header),
            server.get("/sockjs/iframe.html", header),
            server.post(session + "/xhr", "", header),
            server.post(session + "/xhr_send", "[]", header),
            server.post(session + "/jsonp_send", "[]", header),
            server.get(session + "/jsonp?c=x", header)
        }) {
            assertThat(answer.has("set-cookie")).isFalse();
        }
        for (String stream : new String[] {"POST xhr_streaming", "GET eventsource", "GET htmlfile?c=x"}) {
            String[] parts = stream.split(" ", 2);
            try (HttpPeer peer = new HttpPeer(server.port())) {
                Answer head = peer.send(parts[0], server.session() + "/" + parts[1], "", header)
                        .head();
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.has("set-cookie")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a/a", "/_/_", "/1/1", "/abcdefgh_i-j%20/abcdefg_i-j%20", "/ü~!$&'()*+,;=:@/ü~!$&'()*+,;=:@"})
    void session_ofAnyName_begins(String name) {
        // An id of less than 8 characters is no secret, and begins with a key only.
        String path = "/sockjs" + name.replace("ü", "%C3%BC");

        assertThat(server.post(path + "/xhr?key=0123456789abcdef", "").body()).isEqualTo("o\n");
        assertThat(server.post(path + "/xhr_send?key=0123456789abcdef", "[]").status())
                .isEqualTo(204);
    }

    // ---- HTTP/1.0 and HTTP/1.1

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void greeting_hasALength_andTheConnectionIsKept(String version) {
        try (HttpPeer peer = new HttpPeer(server.port())) {
            for (int i = 0; i < 2; i++) {
                peer.write("GET /sockjs HTTP/" + version + "\r\nHost: x\r\nConnection: Keep-Alive\r\n\r\n");
                Answer answer = peer.answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.has("transfer-encoding")).isFalse();
                assertThat(answer.header("content-length")).isEqualTo("19");
                assertThat(answer.headers().getOrDefault("connection", "keep-alive"))
                        .isEqualToIgnoringCase("keep-alive");
                assertThat(answer.body()).isEqualTo("Welcome to SockJS!\n");
            }
        }
    }

    @Test
    void greeting_overHttp10_endsWithItsConnection() {
        try (HttpPeer peer = new HttpPeer(server.port())) {
            peer.write("GET /sockjs HTTP/1.0\r\n\r\n");
            assertThat(peer.answer().body()).isEqualTo("Welcome to SockJS!\n");
            assertThat(peer.rest()).isEmpty();
        }
    }

    @Test
    void stream_overHttp11_isChunked_andItsConnectionIsKept() {
        try (HttpPeer peer = new HttpPeer(server.port())) {
            Answer head = peer.send("POST", session + "/xhr_streaming", "").head();
            assertThat(head.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(head.has("content-length")).isFalse();
            assertThat(peer.chunk()).startsWith("h");
            assertThat(peer.chunk()).isEqualTo("o\n");
            assertThat(peer.chunk()).startsWith("a[");
            server.post(session + "/xhr_send", say("leave", 0));
            String closed = SockJsFrames.close(EchoServer.ENOUGH) + "\n";
            String chunk = peer.chunk();
            while (!chunk.equals(closed)) {
                assertThat(chunk).startsWith("a[");
                chunk = peer.chunk();
            }
            assertThat(peer.chunk()).isEmpty();
            assertThat(peer.ask("POST", session + "/xhr", "").body()).isEqualTo(closed);
        }
    }

    @Test
    void connection_isKept_afterEachFrameAndEachError() {
        try (HttpPeer peer = new HttpPeer(server.port())) {
            for (int round = 0; round < 3; round++) {
                next();
                assertThat(peer.ask("POST", session + "/xhr_send", "[]").status())
                        .isEqualTo(404);
                assertThat(peer.ask("GET", session + "/jsonp?c=a(b", "").status())
                        .isEqualTo(500);
                assertThat(peer.ask("POST", session + "/xhr", "").body()).isEqualTo("o\n");
                assertThat(data(peer.ask("GET", session + "/jsonp?c=x", "").body(), "open"))
                        .isEmpty();
                assertThat(peer.ask("POST", session + "/xhr_send", "").body()).isEqualTo("Payload expected.\n");
                assertThat(peer.ask("POST", session + "/xhr_send", "[").body()).isEqualTo("Broken JSON encoding.\n");
                assertThat(peer.ask("POST", session + "/xhr_send?key=x", "[]").status())
                        .isEqualTo(403);
                assertThat(peer.ask("POST", session + "/xhr?key=%zz", "").status())
                        .isEqualTo(400);
                assertThat(peer.ask("GET", session + "/xhr", "").status()).isEqualTo(405);
                assertThat(peer.ask("GET", "/sockjs/nothing", "").status()).isEqualTo(404);
                assertThat(peer.ask("POST", session + "/xhr_send", say("echo", round))
                                .status())
                        .isEqualTo(204);
                assertThat(data(peer.ask("POST", session + "/xhr", "").body(), "echo"))
                        .containsExactly(round);
            }
        }
    }
}
