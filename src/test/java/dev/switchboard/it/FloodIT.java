package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More than a socket may have waiting, over each transport. */
@EveryTransport
class FloodIT {
    private static final int EVENTS = 400;
    private static final String BLOCK = "x".repeat(1_000);

    /** Their client hangs up by itself when a request is refused, and may not hear why. */
    private static final Set<Transport> BY_XHR = EnumSet.of(
            Transport.SOCKJS_XHR_STREAMING,
            Transport.SOCKJS_XHR_POLLING,
            Transport.SOCKJS_EVENTSOURCE,
            Transport.SOCKJS_HTMLFILE);

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    FloodIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"namespaces": {"/": {"auth": "none"}}, "limits": {"queue": "100KiB"}}"""));
        server.handle(on -> on.event("ask me", (socket, data) -> socket.ask("question", 1, Duration.ofSeconds(15)))
                .event("n", (socket, data) -> {
                    socket.emit("ran", data.number("n"));
                    return data.number("n");
                }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** While the client owes an answer, reading goes on, or the answer would not come through. */
    @Test
    void flood_whileAnAnswerIsOwed_isRefusedInPart() {
        TestClient client = clients.open();
        client.send("{\"event\":\"ask me\",\"id\":1000}");
        long question = client.next("question").getLong("id");
        List<String> flood = new ArrayList<>(IntStream.rangeClosed(1, EVENTS)
                .mapToObj(n ->
                        "{\"event\":\"n\",\"data\":{\"n\":" + n + ",\"block\":\"" + BLOCK + "\"},\"id\":" + n + "}")
                .toList());
        flood.add("{\"ack\":" + question + ",\"data\":\"at last\"}");

        client.send(flood);

        JsonObject answer = client.ack(1000);
        assertThat(answer.getString("data")).as(answer.encode()).isEqualTo("at last");
        List<Integer> ran = new ArrayList<>();
        for (int n = 1; n <= EVENTS; n++) {
            JsonObject ack = client.ack(n);
            if (ack.containsKey("error")) {
                assertThat(ack.getJsonObject("error").getString("code")).isEqualTo("TOO_MANY_PENDING");
                assertThat(ack.getJsonObject("error").getBoolean("retry")).isTrue();
            } else {
                ran.add(ack.getInteger("data"));
            }
        }
        assertThat(ran).isNotEmpty().hasSizeLessThan(EVENTS).isSorted();
        assertThat(client.heard("ran"))
                .extracting(event -> event.getInteger("data"))
                .isEqualTo(ran);
    }

    @Test
    void message_of4MiB_endsTheConnection() {
        TestClient client = clients.open();

        client.send("{\"event\":\"n\",\"data\":{\"n\":1,\"block\":\"" + "x".repeat(4 << 20) + "\"}}");

        if (BY_XHR.contains(transport)) {
            client.awaitClosed();
        } else {
            client.assertEnds(CloseReason.TOO_BIG);
        }
        assertThat(client.heard("ran")).isEmpty();
    }

    @Test
    void badFrames_oneTooMany_endsTheConnection() {
        TestClient client = clients.open();

        client.send(IntStream.range(0, 101).mapToObj(n -> "bad " + n).toList());

        client.assertEnds(CloseReason.BAD_FRAMES);
        assertThat(client.heard("error")).hasSize(100);
    }
}
