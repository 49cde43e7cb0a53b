package dev.switchboard.transport.sockjs;

import static dev.switchboard.transport.sockjs.EchoServer.data;
import static dev.switchboard.transport.sockjs.EchoServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers of the HTTP transports that read slowly, or not at all, and peers that only wait. */
class SockJsPeersIT {
    private static final int OUTBOX = 256 * 1024;
    private static final Duration ANSWER = Duration.ofSeconds(8);

    private static EchoServer server;

    private String session;

    @BeforeAll
    static void start() {
        server = new EchoServer(new JsonObject()
                .put("limits", new JsonObject().put("outbox", OUTBOX))
                .put(
                        "http",
                        new JsonObject()
                                .put("headerTimeout", "500ms")
                                .put("bodyTimeout", "500ms")
                                .put("keepAlive", "500ms")
                                .put("answerTimeout", ANSWER.toSeconds())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void next() {
        session = server.session();
    }

    private HttpPeer receive(String receiver) {
        String[] parts = receiver.split(" ", 2);
        return new HttpPeer(server.port()).send(parts[0], session + "/" + parts[1], "");
    }

    private void open(String who) {
        assertThat(server.post(session + "/xhr?who=" + who, "").body()).isEqualTo("o\n");
        assertThat(data(server.post(session + "/xhr", "").body(), "open")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST xhr_streaming", "GET eventsource", "GET htmlfile?c=x", ""})
    void receiver_thatDoesNotRead_isClosedAsASlowConsumer(String receiver) throws InterruptedException {
        open("slow");
        try (HttpPeer peer = receiver.isEmpty() ? new HttpPeer(server.port()) : receive(receiver)) {
            if (!receiver.isEmpty()) {
                peer.head();
            }
            // More than any kernel keeps for a peer.
            server.post(
                    session + "/xhr_send",
                    say("many", new JsonObject().put("count", 300).put("size", 100_000)));

            assertThat(server.told("slow")).isEqualTo("slow 4008");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST xhr", "GET jsonp?c=x"})
    void poller_thatComesBackTooLate_isToldSo(String receiver) throws InterruptedException {
        open("late");
        server.post(
                session + "/xhr_send",
                say("many", new JsonObject().put("count", 300).put("size", 10_000)));
        assertThat(server.told("late")).isEqualTo("late 4008");

        String body = "";
        for (int polls = 0; !body.contains("c[4008,"); polls++) {
            assertThat(polls).isLessThan(20);
            try (HttpPeer peer = receive(receiver)) {
                body = peer.answer().body();
                assertThat(body.length()).isLessThan(OUTBOX);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST xhr", "POST xhr_streaming", "GET eventsource", "GET htmlfile?c=x", "GET jsonp?c=x"})
    void receiver_thatWaits_outlivesTheLimitsOfItsConnection(String receiver) {
        open("waiting");
        try (HttpPeer peer = receive(receiver)) {
            boolean streams = !receiver.matches(".*(xhr|jsonp.*)");
            if (streams) {
                peer.head();
                peer.chunk();
            }
            Awaitility.await().pollDelay(Duration.ofMillis(1_600)).until(() -> true);

            assertThat(server.post(session + "/xhr_send", say("echo", 1)).status())
                    .isEqualTo(204);
            String frame = streams ? peer.chunk() : peer.answer().body();
            assertThat(frame.replace("\\\\\\", "\\")).contains("echo").contains("1");
        }
    }
}
