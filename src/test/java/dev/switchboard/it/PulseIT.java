package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that are not there any more, and some that only say little. */
class PulseIT {
    private static final Inbox<String> ENDED = new Inbox<>();

    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"namespaces": {"/": {"auth": "none"}}, "limits": {"ping": "400ms", "pong": "400ms"}}"""));
        server.handle(on -> on.event("echo", (socket, data) -> data).close((socket, reason) -> {
            ENDED.add(socket.id() + " " + reason.code());
            return null;
        }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String open(RawPeer peer) {
        String text = peer.nextText();
        while (!text.contains("open")) {
            text = peer.nextText();
        }
        return text.replaceAll(".*\"id\\\\?\":\\\\?\"([^\"\\\\]*).*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/sockjs/websocket", "/sockjs/000/silent-peer/websocket"})
    void peer_thatAnswersNoPing_isDropped(String path) {
        TestClient lively = clients.open();
        try (RawPeer silent = RawPeer.open(server.port(), path)) {
            String dead = open(silent);

            ENDED.next("the end of the silent peer", end -> end.equals(dead + " 1006"));
            silent.patience(Duration.ofSeconds(5));
            silent.awaitEnd();
        }
        assertThat(lively.answer("echo", "alive")).isEqualTo("alive");
    }

    @Test
    void connection_thatIsCut_endsTheSocket() {
        String id;
        try (RawPeer peer = RawPeer.open(server.port(), "/ws")) {
            id = open(peer);
        }

        ENDED.next("the end", end -> end.equals(id + " 1006"));
    }
}
