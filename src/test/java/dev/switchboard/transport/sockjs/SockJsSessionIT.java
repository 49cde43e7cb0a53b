package dev.switchboard.transport.sockjs;

import static dev.switchboard.transport.sockjs.EchoServer.data;
import static dev.switchboard.transport.sockjs.EchoServer.message;
import static dev.switchboard.transport.sockjs.EchoServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.sockjs.HttpPeer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a session of the HTTP transports lives: in what order, under which load, and how it ends. */
@Tag("conformance-sockjs")
class SockJsSessionIT {
    private static final String KEY = "?key=0123456789abcdef";
    private static final int QUEUE = 64 * 1024;

    private static EchoServer server;

    private String session;

    @BeforeAll
    static void start() {
        server = new EchoServer(new JsonObject().put("limits", new JsonObject().put("queue", QUEUE)));
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

    /** Polls until there are so many echoes. */
    private static List<Object> echoes(HttpPeer peer, String session, int count) {
        List<Object> came = new ArrayList<>();
        while (came.size() < count) {
            came.addAll(data(peer.ask("POST", session + "/xhr", "").body(), "echo"));
        }
        return came;
    }

    // ---- order, on many connections and event loops

    @Test
    void connection_isKeptForManyRounds() {
        try (HttpPeer peer = new HttpPeer(server.port())) {
            assertThat(peer.ask("POST", session + "/xhr", "").body()).isEqualTo("o\n");
            assertThat(data(peer.ask("POST", session + "/xhr", "").body(), "open"))
                    .hasSize(1);
            for (int i = 0; i < 500; i++) {
                assertThat(peer.ask("POST", session + "/xhr_send", say("echo", i))
                                .status())
                        .isEqualTo(204);
                assertThat(echoes(peer, session, 1)).containsExactly(i);
            }
        }
    }

    @Test
    void parallelSessions_loseDoubleAndReorderNothing() throws Exception {
        int clients = 16;
        ExecutorService threads = Executors.newFixedThreadPool(2 * clients);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                String own = server.session();
                assertThat(server.post(own + "/xhr", "").body()).isEqualTo("o\n");
                all.add(() -> sendAll(own, 500));
                all.add(() -> receiveAll(own, 500));
            }
            for (Future<Void> one : threads.invokeAll(all, 90, TimeUnit.SECONDS)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void sendAll(String own, int count) {
        for (int i = 0; i < count; ) {
            try (HttpPeer peer = new HttpPeer(server.port())) {
                for (int end = Math.min(count, i + 50); i < end; i += 2) {
                    String two = new JsonArray()
                            .add(message("echo", i))
                            .add(message("echo", i + 1))
                            .encode();
                    assertThat(peer.ask("POST", own + "/xhr_send", two).status())
                            .isEqualTo(204);
                }
            }
        }
        return null;
    }

    private Void receiveAll(String own, int count) {
        List<Object> came = new ArrayList<>();
        while (came.size() < count) {
            try (HttpPeer peer = new HttpPeer(server.port())) {
                came.addAll(echoes(peer, own, Math.min(10, count - came.size())));
            }
        }
        assertThat(came).isEqualTo(IntStream.range(0, count).boxed().toList());
        return null;
    }

    // ---- back-pressure

    @Test
    void send_isAnsweredOnlyWhenTheLaneHasRoom() throws Exception {
        open("");
        send("", say("wait", 0));
        JsonArray much = new JsonArray();
        IntStream.range(0, 1000).forEach(i -> much.add(message("echo", i + "x".repeat(500))));

        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(() -> send("", much.encode()));
        assertThat(poll(KEY).status()).as("the server is there").isEqualTo(403);
        assertThat(held.isDone()).isFalse();
        server.over();

        try (HttpPeer peer = new HttpPeer(server.port())) {
            assertThat(echoes(peer, session, 1000).stream().map(one -> ((String) one).replace("x", "")))
                    .isEqualTo(
                            IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
        }
        assertThat(held.get(20, TimeUnit.SECONDS).status()).isEqualTo(204);
    }

    @Test
    void sends_thatDoNotWaitForTheirAnswers_areLimited() throws Exception {
        open("");
        send("", say("wait", 0));
        JsonArray much = new JsonArray();
        IntStream.range(0, 300).forEach(i -> much.add(message("echo", "x".repeat(400))));
        ExecutorService threads = Executors.newFixedThreadPool(17);
        try {
            CompletionService<Integer> answers = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < 17; i++) {
                answers.submit(() -> send("", much.encode()).status());
            }
            assertThat(answers.take().get()).isEqualTo(503);
            server.over();
            for (int i = 0; i < 16; i++) {
                assertThat(answers.take().get()).isEqualTo(204);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closedSession_answersSendsThatWaited() throws Exception {
        open("?who=dan");
        send("?who=dan", say("wait", 0));
        JsonArray much = new JsonArray();
        IntStream.range(0, 300).forEach(i -> much.add(message("echo", "x".repeat(500))));

        try (HttpPeer held = new HttpPeer(server.port()).send("POST", session + "/xhr_send", much.encode())) {
            HttpPeer receiver = new HttpPeer(server.port()).send("POST", session + "/xhr_streaming", "");
            receiver.head();
            receiver.close();
            assertThat(held.answer().status()).isEqualTo(204);
        }
        server.over();
        assertThat(server.told("dan")).isEqualTo("dan 1006");
    }

    // ---- the end

    @ParameterizedTest
    @ValueSource(strings = {"xhr", "xhr_streaming"})
    void receiver_thatBreaksOff_endsTheSession(String transport) throws Exception {
        open("?who=" + transport);
        try (HttpPeer receiver = new HttpPeer(server.port()).send("POST", session + "/" + transport, "")) {
            if (transport.equals("xhr_streaming")) {
                receiver.head();
            }
        }

        assertThat(server.told(transport)).isEqualTo(transport + " 1006");
        assertThat(poll("").body()).isEqualTo("c[1002,\"Connection interrupted\"]\n");
    }

    @Test
    void sessionWithoutReceiver_endsAfterFiveSeconds() throws Exception {
        open("?who=bob");

        assertThat(server.told("bob")).isEqualTo("bob 1006");
        assertThat(send("", say("echo", 1)).status()).isEqualTo(404);
        open("");
    }

    @Test
    void closedSession_isRememberedForFiveSeconds() throws Exception {
        open("?who=cid");
        send("", say("leave", 0));
        assertThat(poll("").body()).contains("4321");
        assertThat(server.told("cid")).isEqualTo("cid 4321");
        String closed = SockJsFrames.close(EchoServer.ENOUGH) + "\n";

        long start = System.nanoTime();
        String answer = poll("").body();
        assertThat(answer).isEqualTo(closed);
        while (answer.equals(closed) && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
            answer = poll("").body();
        }
        assertThat(answer).isEqualTo("o\n");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isBetween(4L, 7L);
    }
}
