package dev.switchboard.transport.sockjs;

import static dev.switchboard.transport.sockjs.EchoServer.data;
import static dev.switchboard.transport.sockjs.EchoServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.sockjs.HttpPeer.Answer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SockJS protocol 0.3.3: jsonp polling, and the callbacks of jsonp and htmlfile. */
@Tag("conformance-sockjs")
class SockJsCallbacksIT {
    private static EchoServer server;

    private String session;

    @BeforeAll
    static void start() {
        server = new EchoServer(new JsonObject());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void next() {
        session = server.session();
    }

    private Answer send(String body) {
        return server.post(session + "/xhr_send", body);
    }

    private static String between(String text, String start, String end) {
        assertThat(text).startsWith(start).endsWith(end);
        return text.substring(start.length(), text.length() - end.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonp", "htmlfile"})
    void callback_isNeeded_andOfFewCharacters(String transport) {
        assertThat(server.get(session + "/" + transport).body()).contains("\"callback\" parameter required");
        for (String bad : new String[] {"a(b", "%3Cscript%3E", "a%3Bb", "%C3%A9", "a".repeat(129), "a%0Ab", "CWSx"}) {
            Answer answer = server.get(session + "/" + transport + "?c=" + bad);

            assertThat(answer.status()).as(bad).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("invalid \"callback\" parameter\n");
        }
        assertThat(send("[]").status()).as("nothing has begun").isEqualTo(404);
    }

    private String jsonp() {
        Answer answer = server.get(session + "/jsonp?c=%63all.back_1");
        assertThat(answer.header("content-type")).isEqualTo("application/javascript; charset=UTF-8");
        assertThat(answer.header("cache-control")).contains("no-store");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        return (String) Json.decodeValue(between(answer.body(), "call.back_1(", ");\r\n"));
    }

    private Answer form(String body) {
        return server.post(session + "/jsonp_send", body, "Content-Type: application/x-www-form-urlencoded");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void jsonp_callsTheCallback() {
        assertThat(jsonp()).isEqualTo("o");
        assertThat(data(jsonp(), "open")).hasSize(1);
        send(say("leave", 0));
        String closed = SockJsFrames.close(EchoServer.ENOUGH);

        String frame = jsonp();
        if (!frame.equals(closed)) {
            assertThat(data(frame, "close")).hasSize(1);
            assertThat(jsonp()).isEqualTo(closed);
        }
        assertThat(jsonp()).isEqualTo(closed);
    }

    @Test
    void jsonpSend_takesFormsAndTexts() {
        jsonp();
        jsonp();
        String large = "é%+&;=\"".repeat(20_000);

        Answer ok = form("x=1&d=" + encoded(say("echo", large)));
        assertThat(ok.status()).isEqualTo(200);
        assertThat(ok.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(ok.body()).isEqualTo("ok");
        assertThat(data(jsonp(), "echo")).containsExactly(large);

        Answer text = server.post(session + "/jsonp_send", say("echo", "%61"), "Content-Type: text/plain");
        assertThat(text.body()).isEqualTo("ok");
        assertThat(data(jsonp(), "echo")).containsExactly("%61");
    }

    @Test
    void brokenJsonpSend_isRefused() {
        jsonp();
        jsonp();

        for (String empty : new String[] {"", "d=", "p=p"}) {
            assertThat(form(empty).body()).as(empty).isEqualTo("Payload expected.\n");
        }
        for (String broken : new String[] {"d=%5B%22x", "d=%zz", "d=1", "%"}) {
            assertThat(form(broken).status()).as(broken).isEqualTo(500);
        }
        assertThat(form("d=" + encoded(say("echo", 1))).body()).isEqualTo("ok");
        assertThat(data(jsonp(), "echo")).containsExactly(1);
    }
}
