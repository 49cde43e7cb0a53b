package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another origin gets in a real browser, with the visitor's cookies: nothing. */
@Timeout(90)
class ForeignPageIT {
    /** Each resolves to what it got, or to {@code nothing}. */
    private static final String ATTEMPTS = """
            async ([server, path, session]) => {
              const within = (attempt) => new Promise((resolve) => {
                setTimeout(() => resolve('nothing'), 3000);
                attempt(resolve);
              });
              const base = server.replace('http', 'ws') + path;
              const read = (url, options) => fetch(server + url, { credentials: 'include', signal: AbortSignal.timeout(3000), ...options })
                .then((answer) => answer.text().then((text) => `${answer.status} ${text}`.slice(0, 80)))
                .catch(() => 'nothing');
              const socket = (url) => within((got) => {
                const webSocket = new WebSocket(base + url);
                webSocket.onopen = () => got('open');
                webSocket.onmessage = ({ data }) => got(data);
                webSocket.onerror = () => got('nothing');
              });
              const script = (url) => within((got) => {
                window.stolen = got;
                const element = document.createElement('script');
                element.src = server + path + url;
                element.onerror = () => got('nothing');
                document.head.append(element);
              });
              const frame = (url) => within((got) => {
                window.c = got;
                window.onmessage = ({ data }) => got(`message ${data}`);
                const element = document.createElement('iframe');
                element.src = server + path + url;
                document.body.append(element);
              });
              const s = `/sockjs/000/foreign${Math.floor(Math.random() * 1e9)}`;
              return {
                ws: await socket('/ws'),
                raw: await socket('/sockjs/websocket'),
                sockjs: await socket(`${s}a/websocket`),
                stream: await read(`${path}${s}b/xhr_streaming`, { method: 'POST' }),
                poll: await read(`${path}${s}c/xhr`, { method: 'POST' }),
                send: await read(`${path}/sockjs/000/${session}/xhr_send`, { method: 'POST', body: '["{}"]' }),
                info: await read(`${path}/sockjs/info`),
                token: await read('/token', { method: 'POST', body: '{}' }),
                page: await read('/'),
                events: await within((got) => {
                  const source = new EventSource(`${server}${path}${s}d/eventsource`, { withCredentials: true });
                  source.onopen = () => got('open');
                  source.onmessage = ({ data }) => got(data);
                  source.onerror = () => { source.close(); got('nothing'); };
                }),
                jsonp: await script(`${s}e/jsonp?c=stolen`),
                htmlfile: await frame(`${s}f/htmlfile?c=c`),
                iframe: await frame('/sockjs/iframe.html'),
              };
            }""";

    @AutoClose
    private static Chromium chromium;

    private static TestServer server;
    private static Vertx vertx;
    private static HttpServer foreign;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        server = TestServer.start(
                "{\"/open\": {\"auth\": \"none\"}, \"/shop\": {\"auth\": \"none\", \"session\": true}}");
        vertx = Vertx.vertx();
        foreign = TestServer.await(vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "text/html")
                        .end("<!doctype html><title>elsewhere</title><body>"))
                .listen(0, "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (vertx != null) {
            TestServer.await(vertx.close());
        }
    }

    /** The other port makes it another origin; the other name makes it another site. */
    @ParameterizedTest
    @ValueSource(strings = {"/open", "/shop"})
    void page_ofAnotherOrigin_getsNothing(String namespace) {
        assertThat(attempts("http://127.0.0.1:" + foreign.actualPort() + "/", namespace)
                        .values())
                .isNotEmpty()
                .containsOnly("nothing");
        assertThat(attempts("http://localhost:" + foreign.actualPort() + "/", namespace)
                        .values())
                .isNotEmpty()
                .containsOnly("nothing");
    }

    /** Else the attempts would prove nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"/open", "/shop"})
    void page_ofTheServer_getsWhatItAsksFor(String namespace) {
        assertThat(attempts(server.url("/health/live"), namespace))
                .containsKeys("ws", "iframe")
                .satisfies(got -> assertThat(List.of(
                                got.get("ws"),
                                got.get("raw"),
                                got.get("sockjs"),
                                got.get("poll"),
                                got.get("info"),
                                got.get("token"),
                                got.get("page"),
                                got.get("events"),
                                got.get("jsonp")))
                        .doesNotContain("nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null"})
    void send_toAKnownSessionFromAnotherOrigin_isRefusedByTheServer(String origin) {
        String session = server.url("/open/sockjs/000/known-session-" + origin.length());
        HttpClients.request("POST", session + "/xhr", "");

        assertThat(HttpClients.request("POST", session + "/xhr_send", "[\"{}\"]", "Origin", origin)
                        .statusCode())
                .isEqualTo(403);
        assertThat(HttpClients.request("POST", session + "/xhr_send", "[\"{}\"]")
                        .statusCode())
                .isEqualTo(204);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> attempts(String from, String namespace) {
        try (BrowserContext profile = chromium.profile(400, 400)) {
            profile.addCookies(List.of(new Cookie("switchboard-session", "0123456789abcdef0123456789abcdef")
                    .setDomain("127.0.0.1")
                    .setPath("/")));
            Page page = profile.newPage();
            page.navigate(from);
            String known = "known-session-" + namespace.substring(1);
            HttpClients.request(
                    "POST", server.url(namespace + "/sockjs/000/" + known + "/xhr"), "", "Origin", server.url(""));
            JsonObject got = new JsonObject(
                    (Map<String, Object>) page.evaluate(ATTEMPTS, List.of(server.url(""), namespace, known)));
            return got.stream()
                    .collect(java.util.stream.Collectors.toMap(
                            Map.Entry::getKey, each -> String.valueOf(each.getValue())));
        }
    }
}
