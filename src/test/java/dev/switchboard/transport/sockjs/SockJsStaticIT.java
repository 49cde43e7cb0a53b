package dev.switchboard.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.sockjs.HttpPeer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SockJS protocol 0.3.3: greeting, info, iframe, and paths that are none. */
@Tag("conformance-sockjs")
class SockJsStaticIT {
    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = new EchoServer(new JsonObject());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sockjs", "/sockjs/", "/other/sockjs", "/other/sockjs/"})
    void base_isGreeted(String path) {
        Answer greeting = server.get(path);

        assertThat(greeting.status()).isEqualTo(200);
        assertThat(greeting.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(greeting.body()).isEqualTo("Welcome to SockJS!\n");
        assertThat(greeting.has("set-cookie")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "/a.html",
                "//",
                "///",
                "/a/a",
                "/a/a/",
                "/a/",
                "/iframe.htm",
                "/iframe",
                "/IFRAME.HTML",
                "/iframe.HTML",
                "/iframe.xml",
                "/iframe-/.html",
                "/info/",
                "/xhr",
                "//xhr",
                "/a./a/xhr",
                "/a/a./xhr",
                "/./a/xhr",
                "///xhr",
                "/a/a/xhr/",
                "/a/a/a/xhr",
                "/a/aaaaaaaa/XHR",
                "/a/aaaaaaaa/nothing",
                "/a/aaaa%2eaaa/xhr",
                "/a/aaaaaaaa/%78hr",
                "/%2F/aaaaaaaa/xhr"
            })
    void otherPath_isNotFound(String path) {
        assertThat(server.get("/sockjs" + path).status()).isEqualTo(404);
        assertThat(server.post("/sockjs" + path, "").status()).isEqualTo(404);
    }

    @Test
    void info_tellsWhatThereIs() {
        Answer info = server.get("/sockjs/info");
        JsonObject json = new JsonObject(info.body());

        assertThat(info.status()).isEqualTo(200);
        assertThat(info.header("content-type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(info.header("cache-control")).isEqualTo("no-store, no-cache, must-revalidate, max-age=0");
        assertThat(info.has("set-cookie")).isFalse();
        assertThat(info.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(json.getBoolean("websocket")).isTrue();
        assertThat(json.getBoolean("cookie_needed")).isFalse();
        assertThat(json.getJsonArray("origins").encode()).isEqualTo("[\"*:*\"]");
        assertThat(json.getLong("entropy")).isBetween(0L, 0xFFFF_FFFFL);
        assertThat(new JsonObject(server.get("/sockjs/info").body()).getLong("entropy"))
                .isNotEqualTo(json.getLong("entropy"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/iframe.html",
                "/iframe-a.html",
                "/iframe-.html",
                "/iframe-0.1.2.html",
                "/iframe-a.html?t=1234",
                "/iframe-0.1.2abc-dirty.2144.html"
            })
    void iframe_isKeptForLong(String path) {
        Answer page = server.get("/sockjs" + path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(page.header("cache-control")).contains("public").contains("max-age=31536000");
        assertThat(page.header("expires")).endsWith(" GMT");
        assertThat(page.header("etag"))
                .startsWith("\"")
                .isEqualTo(server.get("/sockjs/iframe.html").header("etag"));
        assertThat(page.has("last-modified")).isFalse();
        assertThat(page.has("set-cookie")).isFalse();
        assertThat(page.body().strip()).matches(Pattern.compile("""
                <!DOCTYPE html>
                <html>
                <head>
                  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                  <script>
                    document.domain = document.domain;
                    _sockjs_onload = function\\(\\)\\{SockJS.bootstrap_iframe\\(\\);\\};
                  </script>
                  <script src="/[^"]+"></script>
                </head>
                <body>
                  <h2>Don't panic!</h2>
                  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
                </body>
                </html>"""));
    }

    @Test
    void iframe_thatTheBrowserHas_isNotSentAgain() {
        String tag = server.get("/sockjs/iframe.html").header("etag");

        Answer same = server.get("/sockjs/iframe.html", "If-None-Match: " + tag);

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.has("content-type")).isFalse();
        assertThat(server.get("/sockjs/iframe.html", "If-None-Match: \"x\"").status())
                .isEqualTo(200);
    }
}
