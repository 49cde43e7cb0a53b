package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins by pattern and by namespace, and clients without an origin: asked of every path as a browser would ask. */
class OriginRulesIT {
    private static final List<String> UPGRADES =
            List.of("%s/ws", "%s/sockjs/websocket", "%s/sockjs/000/upgraded%d/websocket");

    private static final List<String> POSTS =
            List.of("POST %s/sockjs/000/session-a%d/xhr", "POST %s/sockjs/000/session-b%d/xhr_streaming");

    private static final List<String> GETS = List.of(
            "GET %s/sockjs/info",
            "GET %s/sockjs/iframe.html",
            "GET %s/sockjs/000/session-c%d/eventsource",
            "GET %s/sockjs/000/session-d%d/htmlfile?c=callback",
            "GET %s/sockjs/000/session-e%d/jsonp?c=callback");

    private static TestServer server;
    private static int sessions;

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"http": {"allowedOrigins": ["https://*.example.org", "http://localhost:*", "https://*.at.example:*"]},
                 "namespaces": {"/": {"auth": "none"},
                                "/closed": {"auth": "none", "noOrigin": "refuse"},
                                "/partner": {"auth": "none", "allowedOrigins": "https://partner.example"},
                                "/session": {"auth": "none", "session": true, "allowedOrigins": []},
                                "/cookies": {"auth": "none", "cookies": true}}}"""));
        server.handle(on -> on.open(socket -> "opened"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String line(String name, String value) {
        return value == null ? "" : name + ": " + value.replace("$port", "" + server.port()) + "\r\n";
    }

    private static void assertStatus(List<String> requests, String namespace, String headers, boolean allowed) {
        for (String request : requests) {
            String path = request.formatted(namespace.equals("/") ? "" : namespace, ++sessions);
            try (RawPeer peer = RawPeer.connect(server.port())) {
                boolean upgrade = path.startsWith("/");
                int status = upgrade
                        ? peer.upgrade(path, headers)
                        : peer.request(path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                                + "\r\nContent-Length: 0\r\n" + headers + "\r\n");
                assertThat(status).as(path + " with " + headers).isEqualTo(allowed ? upgrade ? 101 : 200 : 403);
            }
        }
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(UPGRADES);
        all.addAll(POSTS);
        all.addAll(GETS);
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example.org",
                "https://a.b.Example.org",
                "http://localhost",
                "http://localhost:3000",
                "https://x.at.example:8443",
                "http://127.0.0.1:$port"
            })
    void origin_thatFitsAPattern_isAccepted(String origin) {
        assertStatus(all(), "/", line("Origin", origin), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "http://a.example.org",
                "https://a.example.org:8443",
                "https://anotherexample.org",
                "https://.example.org",
                "https://a.example.org.evil.example",
                "https://evil.example/.example.org",
                "https://evil.example#.example.org",
                "https://evil@a.example.org",
                "https://localhost:3000",
                "http://localhost.evil.example",
                "http://localhost:3000x",
                "http://localhost:",
                "http://evil.example:3000",
                "https://at.example:1",
                "https://partner.example",
                "null"
            })
    void origin_thatFitsNone_isRefused(String origin) {
        assertStatus(UPGRADES, "/", line("Origin", origin), false);
        assertStatus(POSTS, "/", line("Origin", origin), false);
    }

    @Test
    void namespace_withOriginsOfItsOwn_goesByThem() {
        assertStatus(all(), "/partner", line("Origin", "https://partner.example"), true);
        assertStatus(all(), "/partner", line("Origin", "http://127.0.0.1:$port"), true);
        assertStatus(all(), "/partner", line("Origin", "http://localhost:3000"), false);
        assertStatus(all(), "/", line("Origin", "https://partner.example"), false);
    }

    @Test
    void client_withoutOrigin_isAcceptedUnlessTheNamespaceRefuses() {
        assertStatus(all(), "/", "", true);
        for (String namespace : List.of("/closed", "/session", "/cookies")) {
            assertStatus(all(), namespace, "", false);
            assertStatus(all(), namespace, line("Origin", "http://127.0.0.1:$port"), true);
        }
        assertStatus(all(), "/session", line("Origin", "http://localhost:3000"), false);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site,same-origin,true",
        "Sec-Fetch-Site,same-site,false",
        "Sec-Fetch-Site,cross-site,false",
        "Sec-Fetch-Site,none,false",
        "Referer,http://127.0.0.1:$port/,true",
        "Referer,http://127.0.0.1:$port/page.html?x=1,true",
        "Referer,http://127.0.0.1:$port.evil.example/,false",
        "Referer,http://127.0.0.1/,false",
        "Referer,https://evil.example/?http://127.0.0.1:$port/,false",
        "Referer,http://127.0.0.1:$port,false"
    })
    void page_thatReadsFromItsOwnServer_isKnownWithoutOrigin(String header, String value, boolean allowed) {
        assertStatus(GETS, "/session", line(header, value), allowed);
        assertStatus(GETS, "/closed", line(header, value), allowed);
        assertStatus(UPGRADES, "/session", line(header, value), false);
        assertStatus(POSTS, "/session", line(header, value), false);
    }

    @Test
    void iframe_isForAllowedPagesOnly() {
        HttpResponse<String> page = HttpClients.request("GET", server.url("/partner/sockjs/iframe-1.6.1.html"), "");

        assertThat(page.headers().allValues("Content-Security-Policy"))
                .containsExactly("frame-ancestors 'self' https://partner.example");
    }
}
