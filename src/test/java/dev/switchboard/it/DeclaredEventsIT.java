package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What handlers send and answer is as declared, in development; elsewhere nobody looks. */
@EveryTransport
@Tag("cluster")
class DeclaredEventsIT {
    private static final String SCHEMAS = """
            {"/": {"auth": "none", "schemas": {
              "say": {"in": {"type": "object", "required": ["text"]}, "answer": {"type": "integer"}},
              "said": {"out": {"type": "object", "properties": {"text": {"type": "string"}}}}}},
             "/free": {"auth": "none", "schemas": {"say": {"type": "object"}}}}""";

    private static final JsonObject GOOD = new JsonObject().put("text", "hi");
    private static final JsonObject BAD = new JsonObject().put("text", 7);

    private static TestServer strict;
    private static TestServer lax;

    @AutoClose
    private final Clients clients;

    @AutoClose
    private final Clients guests;

    DeclaredEventsIT(Transport transport) {
        clients = new Clients(strict, transport);
        guests = new Clients(lax, transport);
    }

    @BeforeAll
    static void start() {
        strict = TestServer.start(new JsonObject().put("development", true).put("namespaces", new JsonObject(SCHEMAS)));
        lax = TestServer.start(SCHEMAS);
        strict.handle(DeclaredEventsIT::events);
        lax.handle(DeclaredEventsIT::events);
    }

    private static void events(Events on) {
        on.event("say", (socket, data) -> socket.emit("said", data).map(data.has("badly") ? "text" : 7));
        on.event("other name", (socket, data) -> socket.emit("told", data));
        on.event("ask", (socket, data) -> socket.ask("said", data, Duration.ofMillis(200)));
        on.event(
                "ask all",
                (socket, data) -> socket.toAll()
                        .askAll("said", data, Duration.ofMillis(1))
                        .map(0));
        on.event("free", DeclaredEventsIT::free);
    }

    private static Future<Payload> free(Socket socket, Payload data) {
        return socket.emit("said", GOOD).map(data);
    }

    @AfterAll
    static void stop() {
        strict.close();
        lax.close();
    }

    @Test
    void whatIsAsDeclared_passes() {
        TestClient client = clients.open();

        assertThat(client.answer("say", GOOD)).isEqualTo(7);
        assertThat(client.data("said")).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @CsvSource({"say, /text", "ask, /text", "ask all, /text", "other name, ''"})
    void whatIsSentOtherwise_failsForTheHandler_andReachesNobody(String event, String pointer) {
        TestClient client = clients.open();

        JsonObject refusal = client.refusal(event, BAD);

        assertThat(refusal.getString("code")).isEqualTo("NOT_AS_DECLARED");
        assertThat(refusal.getString("message")).startsWith(pointer);
        client.answer("say", GOOD);
        assertThat(client.heard("said")).hasSize(1);
        assertThat(client.heard("told")).isEmpty();
    }

    @Test
    void whatIsSentOtherwise_tellsWhere() {
        assertThat(clients.open()
                        .refusal("say", BAD)
                        .getJsonArray("data")
                        .getJsonObject(0)
                        .getString("pointer"))
                .isEqualTo("/text");
    }

    @Test
    void answerThatIsNotAsDeclared_isAFailure() {
        JsonObject refusal = clients.open().refusal("say", GOOD.copy().put("badly", true));

        assertThat(refusal.getString("code")).isEqualTo("NOT_AS_DECLARED");
    }

    @Test
    void answerOfWhatIsNotDeclared_isFree() {
        assertThat(clients.open().answer("free", "anything")).isEqualTo("anything");
    }

    @Test
    void dataOfClients_isCheckedInAnyCase() {
        assertThat(clients.open().refusal("say", "text").getString("code")).isEqualTo("INVALID_DATA");
        assertThat(guests.open().refusal("say", "text").getString("code")).isEqualTo("INVALID_DATA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"say", "other name"})
    void outsideOfDevelopment_everythingPasses(String event) {
        TestClient client = guests.open();

        client.ack(client.ask(event, BAD.copy().put("badly", true)));

        assertThat(client.data(event.equals("say") ? "said" : "told"))
                .isEqualTo(BAD.copy().put("badly", true));
    }

    @Test
    void codeWithoutASocket_andOfOtherLanguages_isToldToo() {
        JsonObject emit = new JsonObject().put("event", "said").put("data", BAD);

        Assertions.assertThatThrownBy(() -> strict.verb("emit", emit.copy())).hasMessageContaining("NOT_AS_DECLARED");
        lax.verb("emit", emit.copy());
    }

    @Test
    void namespaceThatDeclaresNothingThatIsSent_isFree() {
        strict.verb("emit", new JsonObject().put("namespace", "/free").put("event", "anything"));
    }
}
