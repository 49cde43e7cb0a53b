package dev.switchboard.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.limit.Bounds;
import dev.switchboard.metrics.Meters;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocations;
import dev.switchboard.transport.websocket.WebSocketTransport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time limits of sessions, shortened; and that nothing is left of a session, however it ends. */
@Timeout(60)
class SessionTimesTest {
    private static final Times SHORT = new Times(20, 400, 150, 1_000, 4096);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String SESSION = "/sockjs/000/abcdefgh";

    private final Vertx vertx = Vertx.vertx();
    private final Site site = new Site();
    private final LocalMap<String, Session> sessions = vertx.sharedData().getLocalMap("switchboard.sockjs.sessions");

    private @Nullable String deployment;

    private static final class Site extends VerticleBase {
        private @Nullable HttpServer server;
        private @Nullable SockJsTransport transport;

        @Override
        public Future<?> start() {
            SwitchboardConfig config = SwitchboardConfig.read(
                    new JsonObject("{\"namespaces\": {\"/\": {\"auth\": \"none\"},"
                            + " \"/back\": {\"auth\": \"none\", \"resume\": {}}}}"),
                    Map.of(),
                    name -> true);
            PageTokens tokens = PageTokens.create(vertx, config.token(), PageTokens.randomKey(), new Revocations());
            Meters meters = new Meters();
            Bounds bounds = new Bounds(config.nodeLimits(), config.namespaces(), meters, NodeClock.SYSTEM);
            Hub hub = new Hub(vertx, config.namespaces(), config.limits(), tokens, meters, bounds);
            hub.start();
            WebSocketTransport webSockets =
                    new WebSocketTransport(hub, config.limits(), config.http().compression());
            transport = new SockJsTransport(vertx, hub, config.limits(), webSockets, "/client.js", SHORT);
            Router router = Router.router(vertx);
            config.namespaces()
                    .forEach((name, namespace) ->
                            transport.mount(router, namespace, (name.equals("/") ? "" : name) + "/sockjs"));
            server = vertx.createHttpServer().requestHandler(router);
            return server.listen(0, "127.0.0.1");
        }

        @Override
        public Future<?> stop() {
            Objects.requireNonNull(transport).stop();
            return Future.succeededFuture();
        }

        int port() {
            return Objects.requireNonNull(server).actualPort();
        }
    }

    @BeforeEach
    void start() {
        deployment = EchoServer.await(vertx.deployVerticle(site));
    }

    @AfterEach
    void stop() {
        EchoServer.await(vertx.close());
    }

    private String poll() {
        return HttpPeer.ask(site.port(), "POST", SESSION + "/xhr", "").body();
    }

    private String ask(String what) {
        return HttpPeer.ask(site.port(), "POST", what, "[]").body();
    }

    private void open() {
        assertThat(poll()).isEqualTo("o\n");
        String next = poll();
        // A busy machine may take longer than a session lasts.
        while (next.equals("o\n")) {
            next = poll();
        }
        assertThat(next).contains("open");
    }

    private HttpPeer stream() {
        HttpPeer peer = new HttpPeer(site.port()).send("POST", SESSION + "/xhr_streaming", "");
        peer.head();
        peer.chunk();
        return peer;
    }

    private void awaitForgotten() {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!sessions.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(sessions).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/xhr", "/xhr_streaming"})
    void request_thatWasLongUnderWay_beginsNoSessionAgain_whereClientsComeBack(String transport) {
        assertThat(ask("/back" + SESSION + "/xhr")).isEqualTo("o\n");
        awaitForgotten();

        assertThat(ask("/back" + SESSION + transport)).endsWith("c[1001,\"Going away\"]\n");
        assertThat(sessions).isEmpty();
    }

    @Test
    void poll_whenNothingComes_isAnsweredByAHeartbeat() {
        open();

        for (int i = 0; i < 5; i++) {
            assertThat(poll()).isEqualTo("h\n");
        }
    }

    @Test
    void stream_whenNothingComes_beats_andEndsSoThatTheClientShowsItself() {
        for (int round = 0; round < 2; round++) {
            try (HttpPeer peer = stream()) {
                if (round == 0) {
                    assertThat(peer.chunk()).isEqualTo("o\n");
                    assertThat(peer.chunk()).contains("open");
                }
                int beats = 0;
                for (String chunk = peer.chunk(); !chunk.isEmpty(); chunk = peer.chunk()) {
                    assertThat(chunk).isEqualTo("h\n");
                    beats++;
                }
                assertThat(beats).isGreaterThan(2);
            }
        }
        awaitForgotten();
    }

    /** With the setting of the protocol's own tests. */
    @Test
    void stream_of4096Bytes_ends() {
        assertThat(poll()).isEqualTo("o\n");
        String much = new JsonArray(Collections.nCopies(10, EchoServer.message("nobody", "x"))).encode();
        try (HttpPeer peer = stream()) {
            int bytes = 0;
            String last = "";
            for (String chunk = peer.chunk(); !chunk.isEmpty(); chunk = peer.chunk()) {
                assertThat(bytes).isLessThan(4096);
                bytes += chunk.length();
                last = chunk;
                HttpPeer.ask(site.port(), "POST", SESSION + "/xhr_send", much);
            }
            assertThat(bytes).isBetween(4096, 4095 + last.length());
        }
    }

    /** It ended without a word: nothing comes from it any more, and what is sent to it goes nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"POST xhr", "POST xhr_streaming", "GET eventsource", "GET htmlfile?c=x", "GET jsonp?c=x"})
    void peer_thatVanished_isForgotten(String receiver) {
        open();
        String[] parts = receiver.split(" ", 2);
        long start = System.nanoTime();
        try (HttpPeer vanished = new HttpPeer(site.port()).send(parts[0], SESSION + "/" + parts[1], "")) {
            awaitForgotten();
            long most = SHORT.stream() + SHORT.delay() + 20 * SHORT.tick();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2 * most));
            assertThat(vanished.head().status()).isEqualTo(200);
        }
    }

    @Test
    void session_withoutReceiver_isForgotten_andItsIdBeginsAnew() {
        open();

        awaitForgotten();
        open();
    }

    @Test
    void session_thatBrokeOff_saysSo_andIsForgotten() {
        open();
        stream().close();
        long end = System.nanoTime() + DEADLINE.toNanos();
        String answer = poll();
        while (!answer.startsWith("c[1002,") && System.nanoTime() < end) {
            answer = poll();
        }
        assertThat(answer).isEqualTo("c[1002,\"Connection interrupted\"]\n");

        awaitForgotten();
    }

    @Test
    void session_refused_isForgotten() {
        String bad = SESSION + "/xhr?token=bad";
        assertThat(HttpPeer.ask(site.port(), "POST", bad, "").body()).isEqualTo("o\n");
        assertThat(HttpPeer.ask(site.port(), "POST", bad, "").body()).contains("4001");
        assertThat(HttpPeer.ask(site.port(), "POST", bad, "").body()).startsWith("c[4001,");

        awaitForgotten();
    }

    @Test
    void stop_forgetsAll() {
        open();
        assertThat(sessions).hasSize(1);

        EchoServer.await(vertx.undeploy(Objects.requireNonNull(deployment)));

        assertThat(sessions).isEmpty();
    }
}
