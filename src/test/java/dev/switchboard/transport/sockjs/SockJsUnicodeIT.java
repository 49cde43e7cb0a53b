package dev.switchboard.transport.sockjs;

import static dev.switchboard.transport.sockjs.EchoServer.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SockJS protocol 0.3.3: characters that browsers mangle reach both sides as they were. */
@Tag("conformance-sockjs")
class SockJsUnicodeIT {
    /** What the server escapes at least; the protocol adds the surrogates. */
    private static final Pattern BY_SERVER =
            Pattern.compile("[\\x00-\\x1f\\u200c-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\ufff0-\\uffff\\ud800-\\udfff]");

    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = new EchoServer(new JsonObject());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Every character but the surrogates, and one pair of these for each of their rows. */
    private static String all() {
        String pairs = IntStream.range(0, 1024)
                .mapToObj(row -> new String(Character.toChars(0x10000 + row * 1024 + row)))
                .collect(Collectors.joining());
        return IntStream.range(0, 0x10000)
                        .filter(c -> c < 0xD800 || c > 0xDFFF)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining())
                + pairs;
    }

    /** As the browser's part of SockJS does it: everything is escaped. */
    private static String escaped(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining("", "\"", "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST xhr", "POST xhr_streaming", "GET eventsource", "GET htmlfile?c=x", "GET jsonp?c=x"})
    void characters_comeBackAsTheyWere_escaped(String receiver) {
        String[] parts = receiver.split(" ", 2);
        String session = server.session();
        String all = all();
        String message = EchoServer.message("echo", all);

        try (HttpPeer peer = new HttpPeer(server.port())) {
            Frames frames = new Frames(peer, parts[0], session + "/" + parts[1]);
            assertThat(frames.next()).isEqualTo("o");
            assertThat(data(frames.next(), "open")).hasSize(1);
            for (String body : new String[] {
                "[" + escaped(message) + "]", new JsonArray().add(message).encode()
            }) {
                assertThat(server.post(session + "/xhr_send", body).status()).isEqualTo(204);
                String frame = frames.next();
                assertThat(BY_SERVER.matcher(frame).find()).isFalse();
                assertThat(data(frame, "echo")).containsExactly(all);
            }
        }
    }

    /** The frames that come by one transport. */
    private static final class Frames {
        private final HttpPeer peer;
        private final String method;
        private final String target;
        private boolean open;

        Frames(HttpPeer peer, String method, String target) {
            this.peer = peer;
            this.method = method;
            this.target = target;
        }

        String next() {
            if (target.contains("streaming") || target.contains("eventsource") || target.contains("htmlfile")) {
                if (!open) {
                    peer.send(method, target, "").head();
                    peer.chunk();
                    open = true;
                }
                String chunk = peer.chunk();
                if (chunk.isEmpty()) {
                    open = false;
                    return next();
                }
                return unwrap(chunk);
            }
            return unwrap(peer.ask(method, target, "").body());
        }

        private static String unwrap(String text) {
            String frame = text.strip();
            if (frame.startsWith("data: ")) {
                return frame.substring(6).replace("%25", "%"); // clients decode what EventSource brings as a URI
            }
            int call = frame.startsWith("<script>") ? frame.indexOf("p(") + 2 : frame.startsWith("x(") ? 2 : 0;
            return call == 0 ? frame : (String) Json.decodeValue(frame.substring(call, frame.indexOf(");", call)));
        }
    }
}
