package dev.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.config.ConfigurationException;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the kit promises those who test with it. */
final class TestNodeTest {
    private static final JsonObject CONFIGURATION = new JsonObject("""
            {"limits": {"outboxMessages": 10},
             "namespaces": {
               "/": {"auth": "none", "handlerTimeout": "1s",
                     "overflows": {"tick": {"policy": "latest"}}},
               "/members": {},
               "/text": {"auth": "none", "dialect": "text"}}}""");

    @RegisterExtension
    static final SwitchboardExtension switchboard = SwitchboardExtension.of(CONFIGURATION);

    /** Says to the others what it is told, and more. */
    private static final class Talk extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.event("say", (socket, data) -> socket.broadcast("said", data));
            on.event("later", (socket, data) -> vertx.timer(50).compose(t -> socket.broadcast("said", data)));
            on.event("join", (socket, data) -> socket.join(data.string()));
            on.event("room", (socket, data) -> socket.toOthersIn(data.string()).emit("in room", data));
            on.event(
                    "to",
                    (socket, data) -> socket.toUser(data.string())
                            .emit("whisper", socket.user().name()));
            on.event(
                    "who",
                    (socket, data) -> socket.user().id() + " "
                            + socket.handshake().query().get("from"));
            on.event("fail", (socket, data) -> {
                throw new EventException("NO", "never").with(7);
            });
            on.event(
                    "guess",
                    (socket, data) ->
                            socket.ask("how many", data, Duration.ofSeconds(5)).map(Payload::number));
            on.event("tick", (socket, data) -> socket.broadcast("tick", data));
            on.close((socket, reason) -> socket.toAll().emit("left", reason.code()));
        }
    }

    private static TestNode node() {
        return switchboard.node();
    }

    private static List<Object> numbers(List<Payload> data) {
        return data.stream().map(Payload::value).toList();
    }

    private static String talk() {
        return node().deploy(Talk::new);
    }

    @Test
    void emit_reachesTheOthers_andHeardIsAllThatCame() {
        String deployment = talk();
        TestClient ann = node().connect();
        TestClient bob = node().connect();

        ann.emit("say", "hi").emit("later", new JsonObject().put("n", 1));

        assertThat(bob.next("said").string()).isEqualTo("hi");
        assertThat(bob.heard("said")).containsExactly(Payload.of(new JsonObject().put("n", 1)));
        assertThat(ann.heard("said")).isEmpty();
        node().undeploy(deployment);
    }

    @Test
    void ask_isAnswered_orFailsWithTheHandlersFailure() {
        String deployment = talk();
        TestClient ann = node().visit()
                .user(new User("u-1", "Ann"))
                .query("from", "here")
                .connect();

        assertThat(ann.ask("who").string()).isEqualTo("u-1 here");
        assertThat(ann.ask("say", 1).isAbsent()).isTrue();
        assertThatExceptionOfType(EventException.class)
                .isThrownBy(() -> ann.ask("fail"))
                .satisfies(no -> assertThat(no.failure().json())
                        .isEqualTo(
                                new JsonObject(Map.of("code", "NO", "message", "never", "retry", false, "data", 7))));
        ann.emit("fail");
        assertThat(ann.next("error").string("code")).isEqualTo("NO");
        assertThat(ann.answers("how many", asked -> asked.number().intValue() * 2)
                        .ask("guess", 21)
                        .number())
                .isEqualTo(42);
        node().undeploy(deployment);
    }

    @Test
    void roomsAndUsers_areThoseOfTheNode() {
        String deployment = talk();
        TestClient ann = node().connect("ann");
        TestClient bob = node().connect("bob");
        TestClient eve = node().connect("eve");

        ann.ask("join", "north");
        bob.ask("join", "north");
        ann.emit("room", "north").emit("to", "eve");

        assertThat(numbers(bob.heard("in room"))).containsExactly("north");
        assertThat(ann.heard("in room")).isEmpty();
        assertThat(eve.heard("in room")).isEmpty();
        assertThat(numbers(eve.heard("whisper"))).containsExactly("ann");
        assertThat(node().await(node().namespace("/").room("north").sockets())).hasSize(2);
        node().await(node().namespace("/").socket(eve.id()).emit("news", 1));
        assertThat(eve.next("news").number()).isEqualTo(1);
        node().undeploy(deployment);
    }

    @Test
    void end_isToldToHandlers_asItWas() {
        String deployment = talk();
        TestClient ann = node().connect();
        TestClient bob = node().connect();
        TestClient eve = node().connect();

        ann.close();
        bob.breakOff();

        assertThat(numbers(eve.heard("left"))).containsExactlyInAnyOrder(1000, 1006);
        node().await(node().namespace("/").socket(eve.id()).disconnect(CloseReason.KICKED));
        assertThat(eve.awaitClosed()).isEqualTo(CloseReason.KICKED);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> eve.next("left"))
                .withMessageContaining("4003");
        node().undeploy(deployment);
    }

    @Test
    void connecting_withoutAToken_isRefused() {
        TestClient nobody = node().visit().namespace("/members").connecting();
        nobody.emit("say");

        assertThat(nobody.awaitClosed()).isEqualTo(CloseReason.INVALID_USER);
        assertThat(node().visit()
                        .namespace("/members")
                        .user(new User("u", "U"))
                        .connect()
                        .id())
                .isNotEmpty();
    }

    @Test
    void text_isTheEventMessage() {
        TestClient ann = node().visit().namespace("/text").connect();

        node().await(node().namespace("/text").all().emit("whatever", "hi"));
        assertThat(ann.next("message").string()).isEqualTo("hi");
        node().await(node().namespace("/text").all().emit("whatever", new JsonObject().put("a", 1)));
        assertThat(ann.next("message").string()).isEqualTo("{\"a\":1}");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ann.emit("other", 1));
    }

    @Test
    void network_holdsLosesDelaysAndReorders() {
        String deployment = talk();
        TestClient ann = node().connect();
        TestClient bob = node().connect();

        bob.network().hold();
        IntStream.range(0, 8).forEach(n -> ann.emit("say", n));
        assertThat(bob.heard("said")).isEmpty();
        bob.network().releaseShuffled(new Random(7));
        assertThat(numbers(bob.heard("said")))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7)
                .isNotEqualTo(List.of(0, 1, 2, 3, 4, 5, 6, 7));

        bob.network().loseNext(1);
        ann.emit("say", 8).emit("say", 9);
        assertThat(numbers(bob.heard("said"))).containsExactly(9);

        bob.network().hold();
        ann.ask("say", 10);
        node().settle();
        bob.network().lose();
        ann.emit("say", 11);
        assertThat(numbers(bob.heard("said"))).containsExactly(11);

        bob.network().delay(Duration.ofMillis(100));
        ann.ask("say", 12);
        assertThat(bob.heard("said")).isEmpty();
        assertThat(bob.next("said").number()).isEqualTo(12);
        node().undeploy(deployment);
    }

    @Test
    void stall_fillsTheOutbox_andItsPolicyDecides() {
        String deployment = talk();
        TestClient ann = node().connect();
        TestClient bob = node().connect();
        TestClient eve = node().connect();

        bob.network().stall();
        IntStream.range(0, 50).forEach(n -> ann.emit("tick", n));
        node().settle();
        bob.network().flow();
        assertThat(numbers(bob.heard("tick"))).containsExactly(49);

        eve.network().stall();
        IntStream.range(0, 20).forEach(n -> ann.emit("say", n));
        node().settle();
        eve.network().flow();
        assertThat(eve.awaitClosed()).isEqualTo(CloseReason.SLOW_CONSUMER);
        node().undeploy(deployment);
    }

    @Test
    void port_isThatOfTheSameNode() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node().port() + "/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void start_handlerAlone_takesAllItsEvents() {
        try (TestNode node = TestNode.start(Talk::new)) {
            assertThat(node.connect().ask("who").string()).endsWith(" null");
        }
    }

    @Test
    void start_faultyConfiguration_tellsItsFaults() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TestNode.start(new JsonObject("{\"namespaces\": {\"/\": {\"auht\": 1}}}")))
                .withMessageContaining("auht");
    }

    @Test
    void await_whatFails_throwsIt() {
        assertThatExceptionOfType(EventException.class)
                .isThrownBy(() -> node().await(Future.failedFuture(new EventException("A", "b"))));
    }
}
