package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Socket;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers of handlers to clients, and of clients to handlers. */
@EveryTransport
@Tag("smoke")
@Tag("cluster")
class AcksIT {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(150);

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    AcksIT(Transport transport) {
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(
                new JsonObject("{\"namespaces\": {\"/\": {\"auth\": \"none\"}}, \"limits\": {\"asks\": 2}}"));
        server.handle(on -> on.action("nothing", (socket, data) -> {})
                .event("null", (socket, data) -> Future.succeededFuture())
                .event("future", (socket, data) -> Future.succeededFuture(data.value()))
                .event("stage", (socket, data) -> later(data))
                .event("count", (socket, data) -> count(socket))
                .event(
                        "emit and answer",
                        (socket, data) -> socket.emit("before", data).map(data))
                .event("ask me", (socket, data) -> socket.ask("question", data, LONG))
                .event("ask me in vain", (socket, data) -> socket.ask("question", data, SHORT))
                .event(
                        "ask another",
                        (socket, data) -> socket.toSocket(data.string()).ask("question", "from another", LONG))
                .event(
                        "ask too much",
                        (socket, data) -> Future.all(
                                socket.ask("question", 1, LONG),
                                socket.ask("question", 2, LONG),
                                socket.ask("question", 3, LONG)))
                .event(
                        "code of an error",
                        (socket, data) -> socket.ask("question", data, LONG)
                                .map(answer -> "none")
                                .otherwise(cause ->
                                        cause instanceof EventException e ? e.code() + "/" + e.getMessage() : "?")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CompletionStage<Object> later(Payload data) {
        return CompletableFuture.supplyAsync(data::value);
    }

    private static int count(Socket socket) {
        int count = socket.attribute("count") instanceof Integer before ? before + 1 : 1;
        socket.attribute("count", count);
        return count;
    }

    @Test
    void ask_ofAHandlerThatReturnsNothing_isAnsweredWithoutData() {
        TestClient client = clients.open();

        assertThat(client.ack(client.ask("nothing", 1))).isEqualTo(new JsonObject().put("ack", 1));
        assertThat(client.ack(client.ask("null", 1))).isEqualTo(new JsonObject().put("ack", 2));
    }

    @Test
    void ask_ofAFuture_isAnsweredWithItsResult() {
        TestClient client = clients.open();

        assertThat(client.answer("future", new JsonObject().put("a", 1))).isEqualTo(new JsonObject().put("a", 1));
        assertThat(client.answer("stage", "later")).isEqualTo("later");
    }

    @Test
    void emit_withoutId_isNotAnswered() {
        TestClient client = clients.open();

        client.emit("future", 1);

        assertThat(client.answer("future", 2)).isEqualTo(2);
        assertThat(client.inbox().all()).hasSize(2);
    }

    @Test
    void ack_comesAfterWhatTheHandlerEmitted() {
        TestClient client = clients.open();

        int id = client.ask("emit and answer", "x");

        assertThat(client.inbox().next()).contains("\"before\"");
        assertThat(client.ack(id).getString("data")).isEqualTo("x");
    }

    @Test
    void ask_withTheLargestId_isAnsweredWithIt() {
        TestClient client = clients.open();

        client.send("{\"event\":\"nothing\",\"id\":9007199254740991}");

        assertThat(client.inbox().next()).isEqualTo("{\"ack\":9007199254740991}");
    }

    @Test
    void askOfTheServer_answered_reachesTheHandler() {
        TestClient client = clients.open();

        int id = client.ask("ask me", List.of(1, "two"));
        JsonObject question = client.next("question");

        assertThat(question.getJsonArray("data")).containsExactly(1, "two");
        client.send(new JsonObject()
                .put("ack", question.getLong("id"))
                .put("data", "answer")
                .encode());
        assertThat(client.ack(id).getString("data")).isEqualTo("answer");
    }

    @Test
    void askOfTheServer_answeredWithoutData_isAnsweredWithoutData() {
        TestClient client = clients.open();

        int id = client.ask("ask me", 1);
        client.send(new JsonObject()
                .put("ack", client.next("question").getLong("id"))
                .encode());

        assertThat(client.ack(id)).isEqualTo(new JsonObject().put("ack", id));
    }

    @Test
    void askOfTheServer_answeredTwice_takesTheFirst() {
        TestClient client = clients.open();

        int id = client.ask("ask me", 1);
        long question = client.next("question").getLong("id");
        client.send("{\"ack\":" + question + ",\"data\":1}", "{\"ack\":" + question + ",\"data\":2}");

        assertThat(client.ack(id).getInteger("data")).isEqualTo(1);
        assertThat(client.answer("future", "alive")).isEqualTo("alive");
    }

    @Test
    void askOfTheServer_answeredWithAnError_failsWithItsCode() {
        TestClient client = clients.open();

        int id = client.ask("code of an error", 1);
        client.send("{\"ack\":" + client.next("question").getLong("id")
                + ",\"error\":{\"code\":\"BUSY\",\"message\":\"Not now\",\"retry\":true}}");

        assertThat(client.ack(id).getString("data")).isEqualTo("BUSY/Not now");
    }

    @Test
    void askOfTheServer_unanswered_timesOut() {
        TestClient client = clients.open();

        int id = client.ask("ask me in vain", 1);
        long question = client.next("question").getLong("id");

        assertThat(client.ack(id).getJsonObject("error").getString("code")).isEqualTo("ASK_TIMEOUT");
        client.send("{\"ack\":" + question + ",\"data\":\"late\"}");
        assertThat(client.answer("future", "alive")).isEqualTo("alive");
    }

    @Test
    void asksOfTheServer_haveRisingIds() {
        TestClient client = clients.open();

        long first = ask(client);
        long second = ask(client);
        long third = ask(client);

        assertThat(first).isPositive();
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
    }

    private static long ask(TestClient client) {
        int id = client.ask("ask me", 1);
        long question = client.next("question").getLong("id");
        client.send("{\"ack\":" + question + "}");
        client.ack(id);
        return question;
    }

    @Test
    void askOfTheServer_withEventsQueuedBehind_doesNotDeadlock() {
        TestClient client = clients.open();

        int id = client.ask("ask me", "first");
        List<Integer> counts =
                IntStream.range(0, 100).mapToObj(n -> client.ask("count", n)).toList();
        client.send("{\"ack\":" + client.next("question").getLong("id") + ",\"data\":\"go on\"}");

        assertThat(client.ack(id).getString("data")).isEqualTo("go on");
        for (int n = 0; n < 100; n++) {
            assertThat(client.ack(counts.get(n)).getInteger("data")).isEqualTo(n + 1);
        }
    }

    @Test
    void askOfAnotherSocket_isAnsweredByIt() {
        TestClient other = clients.connect("");
        String otherId = other.next("open").getJsonObject("data").getString("id");
        TestClient client = clients.open();

        int id = client.ask("ask another", otherId);
        JsonObject question = other.next("question");
        other.send("{\"ack\":" + question.getLong("id") + ",\"data\":\"it is me\"}");

        assertThat(question.getString("data")).isEqualTo("from another");
        assertThat(client.ack(id).getString("data")).isEqualTo("it is me");
    }

    @Test
    void askOfASocketThatIsNotThere_fails() {
        TestClient client = clients.open();

        assertThat(client.refusal("ask another", "nobody.0000").getString("code"))
                .isEqualTo("NO_SOCKET");
    }

    @Test
    void asksOfTheServer_tooMany_areRefused() {
        TestClient client = clients.open();

        assertThat(client.refusal("ask too much", 1).getString("code")).isEqualTo("TOO_MANY_PENDING");
        assertThat(client.heard("question")).hasSize(2);
    }
}
