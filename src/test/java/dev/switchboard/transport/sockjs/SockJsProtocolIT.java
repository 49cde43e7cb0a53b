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

/** SockJS protocol 0.3.3: session URLs, methods, origins and xhr polling. */
@Tag("conformance-sockjs")
class SockJsProtocolIT {
    private static EchoServer server;

    private String session;

    @BeforeAll
    static void start() {
        server = new EchoServer(new JsonObject()
                .put("http", new JsonObject().put("allowedOrigins", new JsonArray().add("http://a.test"))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void next() {
        session = server.session();
    }

    private Answer poll() {
        return server.post(session + "/xhr", "");
    }

    private Answer send(String body, String... headers) {
        return server.post(session + "/xhr_send", body, headers);
    }

    private void open() {
        assertThat(poll().body()).isEqualTo("o\n");
        assertThat(data(poll().body(), "open")).hasSize(1);
    }

    // ---- methods and origins

    @ParameterizedTest
    @ValueSource(strings = {"xhr", "xhr_send", "xhr_streaming", "jsonp_send"})
    void get_ofWhatIsPosted_isRefused(String transport) {
        assertRefused(server.get(session + "/" + transport), "OPTIONS, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventsource", "htmlfile", "jsonp", "websocket"})
    void post_ofWhatIsGot_isRefused(String transport) {
        assertRefused(server.post(session + "/" + transport + "?c=x", ""), "OPTIONS, GET");
    }

    private static void assertRefused(Answer answer, String allowed) {
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo(allowed);
        assertThat(answer.has("content-type")).isFalse();
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void options_areKeptForLong() {
        for (String path : new String[] {"/sockjs/info", session + "/xhr", session + "/xhr_send"}) {
            Answer answer = HttpPeer.ask(
                    server.port(),
                    "OPTIONS",
                    path,
                    "",
                    "Origin: http://a.test",
                    "Access-Control-Request-Headers: a, b");

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("access-control-allow-methods"))
                    .isEqualTo(path.endsWith("info") ? "OPTIONS, GET" : "OPTIONS, POST");
            assertThat(answer.header("access-control-allow-headers")).isEqualTo("a, b");
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://a.test");
            assertThat(Long.parseLong(answer.header("access-control-max-age"))).isGreaterThan(1_000_000);
            assertThat(answer.header("cache-control")).contains("public");
            assertThat(answer.has("expires")).isTrue();
            assertThat(answer.has("content-length")).isFalse();
        }
    }

    @Test
    void origin_isEchoedWithCredentials() {
        Answer foreign = server.post(session + "/xhr", "", "Origin: http://a.test");

        assertThat(foreign.header("access-control-allow-origin")).isEqualTo("http://a.test");
        assertThat(foreign.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(foreign.header("vary")).isEqualTo("Origin");
    }

    @Test
    void noOrigin_isAnybody() {
        Answer answer = poll();

        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
        assertPrivate(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /sockjs",
                "GET /sockjs/",
                "GET /sockjs/info",
                "GET /sockjs/iframe.html",
                "GET /sockjs/websocket",
                "GET /sockjs/nothing",
                "POST %s/xhr",
                "POST %s/xhr_streaming",
                "POST %s/xhr_send",
                "POST %s/jsonp_send",
                "GET %s/eventsource",
                "GET %s/htmlfile?c=x",
                "GET %s/jsonp?c=x",
                "GET %s/websocket",
                "OPTIONS /sockjs/info",
                "OPTIONS %s/xhr",
                "OPTIONS %s/xhr_send"
            })
    void unlistedOrigin_isRefusedOnEveryPath(String request) {
        open();
        String[] parts = request.formatted(session).split(" ", 2);

        for (String origin : new String[] {"http://b.test", "null", "http://a.test.b.test", "https://a.test"}) {
            for (String upgrade : new String[] {"X: y", "Upgrade: websocket\r\nConnection: Upgrade"}) {
                Answer answer = HttpPeer.ask(server.port(), parts[0], parts[1], "", "Origin: " + origin, upgrade);
                assertThat(answer.status()).as("%s %s", origin, upgrade).isEqualTo(403);
                assertThat(answer.has("access-control-allow-origin")).isFalse();
            }
        }
    }

    @Test
    void unlistedOrigin_isRefusedBeforeAnythingBegins() {
        assertThat(server.post(session + "/xhr", "", "Origin: http://b.test").status())
                .isEqualTo(403);
        assertThat(send("[]").status()).isEqualTo(404);
    }

    private static void assertPrivate(Answer answer) {
        assertThat(answer.header("cache-control")).isEqualTo("no-store, no-cache, must-revalidate, max-age=0");
        assertThat(answer.has("expires")).isFalse();
        assertThat(answer.has("last-modified")).isFalse();
        assertThat(answer.has("set-cookie")).isFalse();
    }

    // ---- xhr polling

    @Test
    void firstPoll_opens_andSaysNoMore() {
        Answer first = poll();

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("content-type")).isEqualTo("application/javascript; charset=UTF-8");
        assertThat(first.body()).isEqualTo("o\n");
        assertThat(data(poll().body(), "open")).hasSize(1);
    }

    @Test
    void server_inTheUrl_meansNothing() {
        open();

        assertThat(server.post(session.replace("000", "999") + "/xhr_send", say("echo", 1))
                        .status())
                .isEqualTo(204);
        assertThat(data(poll().body(), "echo")).containsExactly(1);
    }

    @Test
    void send_isAnsweredWithoutABody() {
        open();

        Answer answer = send(say("echo", "x"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(answer.has("content-length")).isFalse();
        assertPrivate(answer);
        assertThat(poll().body()).isEqualTo("a[\"{\\\"event\\\":\\\"echo\\\",\\\"data\\\":\\\"x\\\"}\"]\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "T",
                "",
                "application/json; charset=utf-8",
                "text/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void send_ofAnyContentType_isTaken(String type) {
        open();

        assertThat(send(say("echo", "a=b&d=c%20+"), "Content-Type: " + type).status())
                .isEqualTo(204);
        assertThat(data(poll().body(), "echo")).containsExactly("a=b&d=c%20+");
    }

    @Test
    void brokenSend_isRefused_andTheSessionGoesOn() {
        open();

        assertThat(send("").status()).isEqualTo(500);
        assertThat(send("").body()).contains("Payload expected.");
        for (String broken : new String[] {"[\"x", "{}", "[1]", "[\"a\",null]", "null", "[[\"a\"]]", "[\"a\"]x", " "}) {
            assertThat(send(broken).body()).as(broken).contains("Broken JSON encoding.");
        }
        assertThat(send(say("echo", 2)).status()).isEqualTo(204);
        assertThat(data(poll().body(), "echo")).containsExactly(2);
    }

    @Test
    void send_ofSeveralOrOneString_isTaken() {
        open();

        assertThat(send("[]").status()).isEqualTo(204);
        assertThat(send("\"{\\\"event\\\":\\\"echo\\\",\\\"data\\\":1}\"").status())
                .isEqualTo(204);
        assertThat(data(poll().body(), "echo")).containsExactly(1);
    }

    @Test
    void send_toNobody_isNotFound() {
        assertThat(send(say("echo", 1)).status()).isEqualTo(404);
    }

    @Test
    void messages_thatWait_comeInOneFrame() throws InterruptedException {
        open();
        send(say("many", new JsonObject().put("count", 3).put("size", 0)));
        assertThat(server.told("sent")).isEqualTo("sent");

        assertThat(data(poll().body(), "many")).containsExactly("0", "1", "2");
    }

    @Test
    void fragileCharacters_areEscaped() {
        open();
        String fragile = "\u0000\u007f\u00ad\u0300\u0601\u200d\u2028\u202f\u2066\ufeff\ufff0\uffff\ud83d\ude00\"\\é";

        send(say("echo", fragile));
        String frame = poll().body();

        assertThat(data(frame, "echo")).containsExactly(fragile);
        assertThat(frame.replace("é", "").strip()).matches("[ -~]+");
    }
}
