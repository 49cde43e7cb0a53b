package dev.switchboard.transport.sockjs;

import static dev.switchboard.transport.sockjs.EchoServer.data;
import static dev.switchboard.transport.sockjs.EchoServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.sockjs.HttpPeer.Answer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SockJS protocol 0.3.3: the streaming transports, byte by byte. */
@Tag("conformance-sockjs")
class SockJsStreamsIT {
    private enum Stream {
        XHR_STREAMING("POST", "application/javascript", ""),
        EVENTSOURCE("GET", "text/event-stream", ""),
        HTMLFILE("GET", "text/html", "?c=call.back");

        private final String method;
        private final String type;
        private final String query;

        Stream(String method, String type, String query) {
            this.method = method;
            this.type = type;
            this.query = query;
        }

        HttpPeer send(String session) {
            return new HttpPeer(server.port())
                    .send(method, session + "/" + name().toLowerCase(Locale.ROOT) + query, "");
        }

        /** Begins to receive, and reads what comes before the first frame. */
        HttpPeer open(String session) {
            HttpPeer peer = send(session);
            assertThat(peer.head().status()).isEqualTo(200);
            peer.chunk();
            return peer;
        }

        /** The frame inside a chunk. */
        String frame(String chunk) {
            return switch (this) {
                case XHR_STREAMING -> between(chunk, "", "\n");
                case EVENTSOURCE -> between(chunk, "data: ", "\r\n\r\n");
                case HTMLFILE -> (String) Json.decodeValue(between(chunk, "<script>\np(", ");\n</script>\r\n"));
            };
        }
    }

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

    private static String between(String text, String start, String end) {
        assertThat(text).startsWith(start).endsWith(end);
        return text.substring(start.length(), text.length() - end.length());
    }

    private Answer send(String body) {
        return server.post(session + "/xhr_send", body);
    }

    // ---- streams

    @ParameterizedTest
    @EnumSource
    void stream_begins_andSendsAChunkForEachFrame(Stream stream) {
        try (HttpPeer peer = stream.send(session)) {
            Answer head = peer.head();
            String prelude = peer.chunk();

            assertThat(head.header("content-type")).isEqualTo(stream.type + "; charset=UTF-8");
            assertThat(head.header("cache-control")).contains("no-store");
            switch (stream) {
                case XHR_STREAMING -> assertThat(prelude).isEqualTo("h".repeat(2048) + "\n");
                case EVENTSOURCE -> assertThat(prelude).isEqualTo("\r\n");
                case HTMLFILE ->
                    assertThat(prelude)
                            .hasSizeGreaterThan(1024)
                            .startsWith("<!doctype html>")
                            .contains("var c = parent.call.back;")
                            .endsWith("\r\n\r\n");
            }
            assertThat(stream.frame(peer.chunk())).isEqualTo("o");
            assertThat(data(stream.frame(peer.chunk()), "open")).hasSize(1);
            for (int i = 0; i < 3; i++) {
                assertThat(send(say("echo", "  \u0000\n\r </script><!-- " + i)).status())
                        .isEqualTo(204);
                assertThat(data(stream.frame(peer.chunk()), "echo")).containsExactly("  \u0000\n\r </script><!-- " + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void stream_endsAfterManyBytes_andTheNextGoesOn(Stream stream) {
        List<Object> came = new ArrayList<>();
        int requests = 0;
        while (came.size() < 100) {
            assertThat(receive(stream, came)).isTrue();
            requests++;
        }

        assertThat(came)
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(i -> i + "x".repeat(10_000))
                        .toList());
        assertThat(requests).isGreaterThan(2);
    }

    /** Receives until the stream ends, or all is there; false when the stream ended early. */
    private boolean receive(Stream stream, List<Object> came) {
        try (HttpPeer peer = stream.open(session)) {
            int bytes = 0;
            while (came.size() < 100) {
                String chunk = peer.chunk();
                if (chunk.isEmpty()) {
                    return bytes >= 128 * 1024;
                }
                bytes += chunk.length();
                String frame = stream.frame(chunk);
                if (frame.equals("o")) {
                    send(say("many", new JsonObject().put("count", 100).put("size", 10_000)));
                }
                came.addAll(data(frame, "many"));
            }
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void stream_thatTheServerCloses_endsWithItsReason_andSaysItAgain(Stream stream) {
        String closed = SockJsFrames.close(EchoServer.ENOUGH);
        try (HttpPeer peer = stream.open(session)) {
            peer.chunk();
            peer.chunk();
            send(say("leave", 0));

            String farewell = stream.frame(peer.chunk());
            assertThat(data(farewell, "close").toString()).contains("4321");
            String last = peer.chunk();
            assertThat(stream.frame(last)).isEqualTo(closed);
            if (stream == Stream.HTMLFILE) {
                assertThat(last).contains("\\u003c/script>\\u2028");
            }
            assertThat(peer.chunk()).isEmpty();
        }
        try (HttpPeer peer = stream.open(session)) {
            assertThat(stream.frame(peer.chunk())).isEqualTo(closed);
            assertThat(peer.chunk()).isEmpty();
        }
        assertThat(send(say("echo", 1)).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource
    void stream_besidesAnother_isTurnedAway(Stream stream) {
        try (HttpPeer first = stream.open(session)) {
            assertThat(stream.frame(first.chunk())).isEqualTo("o");
            try (HttpPeer second = stream.open(session)) {
                assertThat(stream.frame(second.chunk())).isEqualTo("c[2010,\"Another connection still open\"]");
                assertThat(second.chunk()).isEmpty();
            }
            first.chunk();
            send(say("echo", 1));
            assertThat(data(stream.frame(first.chunk()), "echo")).containsExactly(1);
        }
    }

    @Test
    void stream_overHttp10_hasNoChunks_andEndsWithItsConnection() {
        for (String keep : new String[] {"", "Connection: Keep-Alive\r\n"}) {
            next();
            try (HttpPeer peer = new HttpPeer(server.port())) {
                peer.write("POST " + session + "/xhr_streaming HTTP/1.0\r\n" + keep + "Content-Length: 0\r\n\r\n");
                Answer head = peer.head();

                assertThat(head.has("transfer-encoding")).isFalse();
                assertThat(head.has("content-length")).isFalse();
                assertThat(peer.read(2049 + 2)).endsWith("h\no\n");
                send(say("leave", 0));
                assertThat(peer.rest()).contains("a[\"{").endsWith(SockJsFrames.close(EchoServer.ENOUGH) + "\n");
            }
        }
    }

    @Test
    void poll_onAConnectionThatIsToClose_endsWithIt() {
        for (String request : new String[] {" HTTP/1.1\r\nHost: x\r\nConnection: close", " HTTP/1.0"}) {
            next();
            try (HttpPeer peer = new HttpPeer(server.port())) {
                peer.write("POST " + session + "/xhr" + request + "\r\nContent-Length: 0\r\n\r\n");

                assertThat(peer.answer().body()).isEqualTo("o\n");
                assertThat(peer.rest()).isEmpty();
            }
            assertThat(data(server.post(session + "/xhr", "").body(), "open")).hasSize(1);
        }
    }
}
