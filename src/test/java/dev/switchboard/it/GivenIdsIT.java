package dev.switchboard.it;

import static dev.switchboard.it.VerbHandlers.HIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Namespace;
import dev.switchboard.SocketIdVerticle;
import dev.switchboard.bus.Member;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sockets whose ids the application gives. */
@Tag("cluster")
class GivenIdsIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    /** The id that the query says, or that of the user; some go wrong. */
    public static final class Ids extends SocketIdVerticle {
        @Override
        protected Future<String> socketId(Newcomer newcomer) throws Exception {
            String id = newcomer.handshake()
                    .query()
                    .getOrDefault("id", "of " + newcomer.user().id());
            return switch (id) {
                case "throw" -> throw new Exception("a secret");
                case "fail" -> Future.failedFuture("a secret");
                case "late" -> Promise.<String>promise().future();
                case "null" -> Future.succeededFuture();
                case "long" -> Future.succeededFuture("x".repeat(129));
                default -> Future.succeededFuture(id);
            };
        }
    }

    /** The same without a class of this project. */
    public static final class PlainIds extends VerticleBase {
        @Override
        public Future<?> start() {
            return vertx.eventBus()
                    .<JsonObject>consumer("switchboard.ids./plain", request -> {
                        JsonObject handshake = request.body().getJsonObject("handshake");
                        request.reply(request.body().getString("namespace") + " "
                                + handshake.getJsonObject("query").getString("id")
                                + " "
                                + request.body().getValue("user"));
                    })
                    .completion();
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.start("""
                {"/": {"auth": "none", "socketIds": "%1$s", "handlerTimeout": "700ms"},
                 "/other": {"auth": "none", "socketIds": "%1$s"},
                 "/plain": {"auth": "none", "socketIds": "%2$s"},
                 "/random": {"auth": "none"}}
                """.formatted(Ids.class.getName(), PlainIds.class.getName()));
        server.handle("/", 2, ThreadingModel.WORKER, VerbHandlers::verbs);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String query(String id) {
        return Clients.query("id", id);
    }

    private TestClient open(String id) {
        return clients.open("/", query(id));
    }

    private static List<Namespace> atEachNode() {
        return IntStream.range(0, server.nodes())
                .mapToObj(n -> Namespace.of(server.vertx(n), "/"))
                .toList();
    }

    @Test
    void id_ofTheApplication_isTheSocketsEverywhere() {
        String id = "ann@example.org/ü";
        TestClient ann = open(id);
        TestClient bob = open("bob");
        assertThat(ann.id()).isEqualTo(id);
        assertThat(VerbHandlers.id(ann)).isEqualTo(id);

        bob.answer("to socket", VerbHandlers.say(id, "psst"));
        ann.answer("to socket", VerbHandlers.say(id, "to myself"));
        int node = 0;
        for (Namespace far : atEachNode()) {
            TestServer.await(far.socket(id).emit(HIT, "from " + node));
            TestServer.await(far.socket(id).join("room of " + node++));
            assertThat(TestServer.await(far.socket(id).rooms())).hasSize(node);
            assertThat(TestServer.await(far.all().except("bob").sockets()))
                    .extracting(Member::socket)
                    .contains(id)
                    .doesNotContain("bob");
        }
        TestServer.await(server.namespace("/").room("room of 0").emit(HIT, "to the room"));
        bob.answer("to others", VerbHandlers.say("", "to others"));

        assertThat(server.heardBy(ann, "/", HIT))
                .hasSize(4 + server.nodes())
                .contains("psst", "to myself", "from 0", "to the room", "to others");
        assertThat(server.heardBy(bob, "/", HIT)).isEmpty();
    }

    @Test
    void attributesAnswersAndTheEnd_goByIt() {
        TestClient ann = open("ann of attributes");
        TestClient other = open("other of attributes");
        ann.answer("remember", "blue");
        assertThat(ann.answer("recall", null)).isEqualTo("blue");
        server.verb(
                "attribute",
                new JsonObject()
                        .put("to", new JsonObject().put("socket", "ann of attributes"))
                        .put("name", "kept")
                        .put("value", "red"));
        assertThat(ann.answer("recall", null)).isEqualTo("red");

        Future<?> asked = server.namespace("/").socket("ann of attributes").ask("sure?", 1, Duration.ofSeconds(15));
        ann.send(new JsonObject()
                .put("ack", ann.next("sure?").getLong("id"))
                .put("data", 1)
                .encode());
        TestServer.await(asked);
        other.answer("kick", "ann of attributes");

        ann.assertEnds(CloseReason.KICKED);
        assertThat(TestServer.code(
                        server.namespace("/").socket("ann of attributes").rooms()))
                .isEqualTo("NO_SOCKET");
        other.settle();
        assertThat(other.isClosed()).isFalse();
    }

    @Test
    void id_ofASocketThatIsThere_isRefusedUntilThatEnds() {
        TestClient first = open("taken");
        for (int n = 0; n < server.nodes(); n++) {
            clients.connect(query("taken")).assertEnds(CloseReason.ID_IN_USE);
        }
        assertThat(clients.open("/other", query("taken")).id()).isEqualTo("taken");
        assertThat(clients.open("/random", query("taken")).id()).isNotEqualTo("taken");
        TestServer.await(server.namespace("/").socket("taken").emit(HIT, "to the first"));
        assertThat(first.data(HIT)).isEqualTo("to the first");

        first.hangUp();
        first.awaitClosed();

        for (int n = 0; n < server.nodes(); n++) {
            TestClient next = Awaitility.await().atMost(Inbox.DEADLINE).until(this::taken, GivenIdsIT::isOpen);
            atEachNode().forEach(far -> TestServer.await(far.socket("taken").emit(HIT, "to the next")));
            assertThat(server.heardBy(next, "/", HIT)).hasSize(server.nodes()).containsOnly("to the next");
            next.hangUp();
            next.awaitClosed();
        }
    }

    private TestClient taken() {
        return clients.connect(query("taken"));
    }

    /** Whether its socket opened; if not it was refused, and that is over then. */
    private static boolean isOpen(TestClient client) {
        boolean open = client.inbox().next("open or close", text -> true).contains("\"open\"");
        if (!open) {
            client.awaitClosed();
        }
        return open;
    }

    @Test
    void id_wantedByTwoAtTheSameMoment_isOnes() {
        List<TestClient> rivals = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            for (int rival = 0; rival < 2; rival++) {
                rivals.add(clients.dial(Transport.JDK_WEBSOCKET, "/", query("rival " + n)));
            }
        }

        for (int n = 0; n < 10; n++) {
            assertThat(List.of(isOpen(rivals.get(2 * n)), isOpen(rivals.get(2 * n + 1))))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void id_thatIsNone_refusesTheSocket() {
        for (String wrong :
                List.of("throw", "fail", "late", "null", "", "long", "a\nb", "AAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB")) {
            TestClient client = clients.connect(query(wrong));
            client.assertEnds(CloseReason.INTERNAL_ERROR);
            assertThat(client.inbox().toString()).doesNotContain("secret");
        }
        assertThat(open("x".repeat(128)).id()).hasSize(128);
    }

    @Test
    void verticle_isToldOfUserAndNamespace() {
        assertThat(clients.openAs("mia").id()).isEqualTo("of mia");
        assertThat(clients.open("/plain", query("7")).id()).isEqualTo("/plain 7 null");
    }
}
