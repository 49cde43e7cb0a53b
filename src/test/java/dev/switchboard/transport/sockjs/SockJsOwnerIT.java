package dev.switchboard.transport.sockjs;

import static dev.switchboard.transport.sockjs.EchoServer.data;
import static dev.switchboard.transport.sockjs.EchoServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.sockjs.HttpPeer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a session of the HTTP transports is, and what hostile requests get. */
@Tag("conformance-sockjs")
class SockJsOwnerIT {
    private static final String KEY = "?key=0123456789abcdef";

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

    private Answer poll(String query) {
        return server.post(session + "/xhr" + query, "");
    }

    private Answer send(String query, String body) {
        return server.post(session + "/xhr_send" + query, body);
    }

    private void open(String query) {
        assertThat(poll(query).body()).isEqualTo("o\n");
        assertThat(data(poll(query).body(), "open")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?key=", "?key=0123456789abcdeF", "?token=x", "?param0=x", "?c=0123456789abcdef"})
    void session_isNobodyElses(String query) {
        open(KEY);

        assertThat(send(query, say("echo", "stolen")).status()).isEqualTo(403);
        assertThat(poll(query).status()).isEqualTo(403);
        for (String form : new String[] {"key=0123456789abcdef&d=", "d="}) {
            assertThat(server.post(
                                    session + "/jsonp_send" + query,
                                    form + say("echo", "stolen"),
                                    "Content-Type: application/x-www-form-urlencoded")
                            .status())
                    .isEqualTo(403);
        }
        send(KEY, say("echo", "own"));
        assertThat(data(poll(KEY).body(), "echo")).containsExactly("own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST xhr",
                "POST xhr_streaming",
                "GET eventsource",
                "GET htmlfile",
                "GET jsonp",
                "POST xhr_send",
                "POST jsonp_send"
            })
    void session_isNobodyElses_onAnyTransportAndEventLoop(String request) {
        open(KEY);
        String[] parts = request.split(" ", 2);
        String path = "/" + parts[1] + "?c=x";

        // Each connection is another event loop's, in turn.
        for (int i = 0; i < 8; i++) {
            String server = session.replace("000", "00" + i);
            for (String key : new String[] {"", "&key=", "&key=0123456789abcdee", "&token=0123456789abcdef"}) {
                Answer answer =
                        HttpPeer.ask(SockJsOwnerIT.server.port(), parts[0], server + path + key, say("echo", "stolen"));
                assertThat(answer.status()).as(key).isEqualTo(403);
                assertThat(answer.body()).isEqualTo("This session is somebody else's\n");
            }
        }
        send(KEY, say("echo", "own"));
        assertThat(data(poll(KEY).body(), "echo")).containsExactly("own");
    }

    @Test
    void session_bearsNoOtherSpelling() {
        open("");

        for (String other : new String[] {
            session.replace("session", "%73ession"),
            session.replace("000", "."),
            session.replace("000", "000/."),
            session.replace("/sockjs", "//sockjs"),
            session.replace("/sockjs", "/%73ockjs"),
            session.replace("/sockjs", "/x/../sockjs"),
            "/other" + session,
            session.toUpperCase(Locale.ROOT)
        }) {
            assertThat(server.post(other + "/xhr_send", say("echo", "stolen")).status())
                    .as(other)
                    .isBetween(400, 404);
        }
        send("", say("echo", "own"));
        assertThat(data(poll("").body(), "echo")).containsExactly("own");
    }

    @Test
    void sessions_ofOneIdInTwoNamespaces_areTwo() {
        open("");
        assertThat(server.post("/other" + session + "/xhr", "").body()).isEqualTo("o\n");
        assertThat(data(server.post("/other" + session + "/xhr", "").body(), "open")
                        .toString())
                .contains("/other");
    }

    // ---- hostile requests

    @Test
    void bodyThatIsTooLarge_isRefusedAndEndsTheSession() {
        open("");

        assertThat(send("", "x".repeat(10_000_000)).status()).isEqualTo(413);
        assertThat(poll("").body()).startsWith("a[").contains("1009");
        assertThat(poll("").body()).startsWith("c[1009,");
    }

    @Test
    void stranger_isRefusedBeforeTheBodyCame() {
        open(KEY);
        try (HttpPeer peer = new HttpPeer(server.port())) {
            peer.write("POST " + session + "/xhr_send HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n[");
            assertThat(peer.answer().status()).isEqualTo(403);
        }
    }

    @Test
    void body_thatIsAskedFor_comes() {
        open("");
        String body = say("echo", 7);
        try (HttpPeer peer = new HttpPeer(server.port())) {
            peer.write("POST " + session + "/xhr_send HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
                    + body.length() + "\r\n\r\n");
            assertThat(peer.head().status()).isEqualTo(100);
            peer.write(body);
            assertThat(peer.answer().status()).isEqualTo(204);
        }
        assertThat(data(poll("").body(), "echo")).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?key=%zz", "?c=%", "?%"})
    void brokenQuery_isABadRequest(String query) {
        assertThat(poll(query).status()).isEqualTo(400);
    }
}
