package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A handler that knows nothing of this project but two addresses and some JSON. */
@Tag("smoke")
@Tag("cluster")
class JsonContractIT {
    private static final String ANNOUNCE = "switchboard.announce";
    private static final String VERBS = "switchboard.verbs";
    private static final String ADDRESS = "my.handler";

    private final Inbox<JsonObject> seen = new Inbox<>();

    private TestServer server;
    private Clients clients;

    /** It could be written in any language that has a Vert.x. */
    private final class Plain extends VerticleBase {
        @Override
        public Future<?> start() {
            return vertx.eventBus()
                    .consumer(ADDRESS, this::take)
                    .completion()
                    .compose(v -> vertx.eventBus()
                            .request(
                                    ANNOUNCE,
                                    announcement("open", "echo", "nothing", "fail", "own", "odd", "user", "close")));
        }

        private void take(Message<JsonObject> message) {
            JsonObject event = message.body();
            seen.add(event);
            switch (event.getString("event")) {
                case "echo" -> message.reply(event.getValue("data"));
                case "own" ->
                    message.fail(1, "{\"code\":\"ROOM_FULL\",\"message\":\"No seat is left\",\"retry\":true}");
                case "fail" -> message.fail(1, "a secret of mine");
                case "user" -> message.reply(event.getJsonObject("socket"));
                case "odd" -> vertx.setTimer(2, t -> message.reply(event.getValue("data")));
                default -> message.reply(null);
            }
        }
    }

    private static JsonObject announcement(String... events) {
        return new JsonObject()
                .put("address", ADDRESS)
                .put("events", new JsonObject().put("/", new JsonArray(List.of(events))));
    }

    @BeforeEach
    void start() {
        server = TestServer.open();
        clients = new Clients(server, Transport.JDK_WEBSOCKET);
        TestServer.await(server.vertx().deployVerticle(new Plain()));
    }

    @AfterEach
    void stop() {
        clients.close();
        server.close();
    }

    private Object verb(String verb, JsonObject body) {
        return TestServer.await(server.vertx().eventBus().request(VERBS, body.put("verb", verb)))
                .body();
    }

    private static JsonObject to(String kind, String name) {
        return new JsonObject().put("to", new JsonObject().put(kind, name));
    }

    private TestClient open() {
        return clients.open();
    }

    private String id() {
        return seen.next("the open event", event -> event.getString("event").equals("open"))
                .getJsonObject("socket")
                .getString("id");
    }

    @Test
    void event_isRepliedTo() {
        TestClient client = open();

        for (Object data : List.of(new JsonObject().put("a", 1), new JsonArray().add(1), "text", 5, true)) {
            assertThat(client.answer("echo", data)).isEqualTo(data);
        }
        assertThat(client.ack(client.ask("nothing", 1))).isEqualTo(new JsonObject().put("ack", 6));
    }

    @Test
    void event_tellsItsSocket() {
        TestClient client = clients.open("/", "?color=red&token=" + Tokens.of("ann"));

        JsonObject socket = (JsonObject) client.answer("user", 1);

        assertThat(socket.getString("id")).isEqualTo(id());
        assertThat(socket.getString("namespace")).isEqualTo("/");
        assertThat(socket.getJsonObject("user"))
                .isEqualTo(new JsonObject().put("id", "ann").put("name", "Name of ann"));
        assertThat(socket.getJsonObject("attributes")).isEmpty();
        assertThat(socket.getJsonObject("handshake").getString("path")).isEqualTo("/ws");
        assertThat(socket.getJsonObject("handshake").getString("address")).isEqualTo("127.0.0.1");
        assertThat(socket.getJsonObject("handshake").getBoolean("secure")).isFalse();
        assertThat(socket.getJsonObject("handshake").getJsonObject("headers").getString("upgrade"))
                .isEqualToIgnoringCase("websocket");
        assertThat(socket.getJsonObject("handshake").getInstant("time"))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(socket.getJsonObject("handshake").getJsonObject("query"))
                .isEqualTo(new JsonObject().put("color", "red"));
    }

    @Test
    void failure_withACode_isToldAndWithoutIsNot() {
        TestClient client = open();

        assertThat(client.refusal("own", 1))
                .isEqualTo(new JsonObject("{\"code\":\"ROOM_FULL\",\"message\":\"No seat is left\",\"retry\":true}"));
        assertThat(client.refusal("fail", 1).getString("code")).isEqualTo("HANDLER_FAILED");
        assertThat(client.inbox().toString()).doesNotContain("secret");
    }

    @Test
    void events_ofOneSocket_areHandledInOrder() {
        TestClient client = open();
        List<String> messages = IntStream.rangeClosed(1, 100)
                .mapToObj(n -> TestClient.message(n % 2 == 0 ? "echo" : "odd", n)
                        .put("id", n)
                        .encode())
                .toList();

        client.send(messages);

        IntStream.rangeClosed(1, 100)
                .forEach(n -> assertThat(client.ack(n).getInteger("data")).isEqualTo(n));
        assertThat(seen.all().stream()
                        .filter(event -> event.containsKey("data"))
                        .map(event -> event.getInteger("data")))
                .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void verbs_reachSockets() {
        TestClient one = clients.openAs("ann");
        String id = id();
        TestClient other = open();

        verb("emit", to("socket", id).put("event", "hit").put("data", 1));
        verb("join", to("socket", id).put("room", "hall"));
        verb("emit", to("room", "hall").put("event", "hit").put("data", 2));
        verb("emit", to("user", "ann").put("event", "hit").put("data", 3));
        verb(
                "emit",
                new JsonObject()
                        .put("event", "hit")
                        .put("except", new JsonArray().add(id))
                        .put("data", 4));
        verb("emit", new JsonObject().put("namespace", "/").put("event", "hit"));

        assertThat(one.data("hit")).isEqualTo(1);
        assertThat(one.data("hit")).isEqualTo(2);
        assertThat(one.data("hit")).isEqualTo(3);
        assertThat(one.next("hit").containsKey("data")).isFalse();
        assertThat(other.data("hit")).isEqualTo(4);
        assertThat(verb("rooms", new JsonObject())).isEqualTo(new JsonArray().add("hall"));
        assertThat(verb("rooms", to("socket", id))).isEqualTo(new JsonArray().add("hall"));
        assertThat(verb("sockets", to("room", "hall")).toString()).contains(id, "Name of ann");
        verb("leave", to("socket", id).put("room", "hall"));
        assertThat(verb("sockets", to("room", "hall"))).isEqualTo(new JsonArray());
        verb("disconnect", to("socket", id).put("code", 4321).put("reason", "Enough"));
        one.assertEnds(CloseReason.of(4321, "Enough", false));
        JsonObject close = seen.next("close", event -> event.getString("event").equals("close"));
        assertThat(close.getJsonObject("reason").getInteger("code")).isEqualTo(4321);
    }

    @Test
    void verb_ask_awaitsTheClient() {
        TestClient client = open();
        Future<Message<Object>> answer = server.vertx()
                .eventBus()
                .request(
                        VERBS,
                        to("socket", id())
                                .put("verb", "ask")
                                .put("event", "question")
                                .put("data", "how"));

        JsonObject question = client.next("question");
        client.send(new JsonObject()
                .put("ack", question.getLong("id"))
                .put("data", "well")
                .encode());

        assertThat(TestServer.await(answer).body()).isEqualTo("well");
    }

    @Test
    void verb_attribute_isSeenByTheNextEvent() {
        TestClient client = open();
        verb("attribute", to("socket", id()).put("name", "color").put("value", "red"));

        JsonObject socket = (JsonObject) client.answer("user", 1);

        assertThat(socket.getJsonObject("attributes")).isEqualTo(new JsonObject().put("color", "red"));
    }

    @Test
    void verb_thatIsNotUnderstood_fails() {
        for (JsonObject body : List.of(
                new JsonObject().put("verb", "fly"),
                new JsonObject(),
                new JsonObject().put("verb", "emit"),
                new JsonObject().put("verb", "emit").put("event", 1),
                new JsonObject().put("verb", "emit").put("event", "e").put("to", new JsonObject().put("rom", "r")),
                to("room", "r").put("verb", "ask").put("event", "e"),
                to("socket", "nobody.000").put("verb", "join").put("room", "r"))) {
            Throwable cause = server.vertx()
                    .eventBus()
                    .request(VERBS, body)
                    .map(reply -> (Throwable) null)
                    .otherwise(failure -> failure)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                    .join();
            assertThat(cause).as(body.encode()).isInstanceOf(ReplyException.class);
            assertThat(new JsonObject(cause.getMessage()).getString("code"))
                    .as(body.encode())
                    .isNotBlank();
        }
    }

    @Test
    void withdrawal_endsItsEventsUntilItIsBack() {
        TestClient client = open();
        assertThat(client.answer("echo", 1)).isEqualTo(1);

        TestServer.await(server.vertx()
                .eventBus()
                .request(ANNOUNCE, new JsonObject().put("address", ADDRESS).put("withdraw", true)));
        JsonObject error = client.refusal("echo", 2);
        assertThat(error.getString("code")).isEqualTo("NO_HANDLER");
        assertThat(error.getBoolean("retry")).isTrue();

        TestServer.await(server.vertx().eventBus().request(ANNOUNCE, announcement("echo")));
        assertThat(client.answer("echo", 3)).isEqualTo(3);
    }

    @Test
    void handler_thatIsGoneWithoutAWord_isNoticed() {
        TestClient client = open();
        String other = "my.other.handler";
        TestServer.await(
                server.vertx().eventBus().request(ANNOUNCE, announcement("lost").put("address", other)));

        JsonObject error = client.refusal("lost", 1);

        assertThat(error.getString("code")).isEqualTo("NO_HANDLER");
        assertThat(error.getBoolean("retry")).isTrue();
    }
}
