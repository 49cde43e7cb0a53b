package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Namespace;
import dev.switchboard.Nodes;
import dev.switchboard.bus.Answer;
import dev.switchboard.bus.Answers;
import dev.switchboard.bus.Member;
import dev.switchboard.wire.EventException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions to many: to all sockets of an audience, and to all nodes. The last node asks. */
@Tag("cluster")
class SurveyIT {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(600);

    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = TestServer.start("""
                {"/": {"auth": "none"}, "/each": {"auth": "none"}, "/some": {"auth": "none"}, "/ids": {"auth": "none"},
                 "/text": {"auth": "none", "dialect": "text"}, "/json": {"auth": "none"}}
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void answer(TestClient client, long id, String key, Object value) {
        client.send(new JsonObject().put("ack", id).put(key, value).encode());
    }

    private static long asked(TestClient client) {
        return client.next("question").getLong("id");
    }

    private static Map<String, Answer> byId(Answers all) {
        return all.answers().stream().collect(Collectors.toMap(Answer::from, answer -> answer));
    }

    @Test
    void askAll_overEveryTransport_gathersWhatEachAnswers() {
        List<TestClient> each = Transport.tested().stream()
                .map(over -> {
                    TestClient client = clients.connect(over, "/each", "");
                    client.next("open");
                    return client;
                })
                .toList();
        Future<Answers> asked = server.namespace("/each").all().askAll("question", "who?", LONG);

        for (TestClient client : each) {
            JsonObject question = client.next("question");
            assertThat(question.getString("data")).isEqualTo("who?");
            answer(client, question.getLong("id"), "data", "I am " + client.id());
        }

        Answers all = TestServer.await(asked);
        assertThat(all.complete()).isTrue();
        assertThat(all.missing()).isEmpty();
        assertThat(all.answers()).hasSameSizeAs(each);
        assertThat(all.answers())
                .allSatisfy(answer -> assertThat(answer.data().value()).isEqualTo("I am " + answer.from()));
        assertThat(byId(all)).containsOnlyKeys(each.stream().map(TestClient::id).toList());
    }

    @Test
    void askAll_withSomeWhoFailLeaveOrAreSilent_keepsTheOthersAnswers() {
        List<TestClient> four =
                IntStream.range(0, 4).mapToObj(n -> clients.open("/some", "")).toList();
        long began = System.nanoTime();
        Future<Answers> asked = server.namespace("/some").all().askAll("question", null, SHORT);

        answer(four.get(0), asked(four.get(0)), "data", 7);
        answer(
                four.get(1),
                asked(four.get(1)),
                "error",
                new JsonObject().put("code", "BUSY").put("message", "Not now"));
        asked(four.get(2));
        asked(four.get(3));
        four.get(3).hangUp();

        Answers all = TestServer.await(asked);
        Map<String, Answer> answers = byId(all);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, SHORT.plusSeconds(3));
        assertThat(all.complete()).isFalse();
        assertThat(all.missing())
                .containsExactlyInAnyOrder(four.get(2).id(), four.get(3).id());
        assertThat(answers).hasSize(4);
        assertThat(answers.get(four.get(0).id()).data().value()).isEqualTo(7);
        assertThat(answers.get(four.get(1).id()).failure().code()).isEqualTo("BUSY");
        assertThat(answers.get(four.get(2).id()).failure().code()).isEqualTo("ASK_TIMEOUT");
        assertThat(answers.get(four.get(3).id()).failure().code()).isEqualTo("NO_SOCKET");
    }

    @Test
    void askAll_betweenOtherQuestions_usesNoIdOfAClientAgain() {
        // Two event loops on each node: some two clients share one.
        List<TestClient> all = IntStream.rangeClosed(0, 2 * server.nodes())
                .mapToObj(n -> clients.open("/ids", ""))
                .toList();
        Namespace ids = server.namespace("/ids");
        Map<TestClient, List<Long>> used = new HashMap<>();
        for (int round = 0; round < 2; round++) {
            for (int n = 0; n < all.size(); n++) {
                for (int more = 0; more < n; more++) {
                    Future<?> one = ids.socket(all.get(n).id()).ask("question", round, LONG);
                    answerNext(all.get(n), used);
                    TestServer.await(one);
                }
            }
            Future<Answers> asked = ids.all().askAll("question", round, LONG);
            all.forEach(client -> answerNext(client, used));
            assertThat(TestServer.await(asked).complete()).isTrue();
        }

        for (int n = 0; n < all.size(); n++) {
            assertThat(used.get(all.get(n))).hasSize(2 * n + 2).isSorted().doesNotHaveDuplicates();
        }
    }

    private static void answerNext(TestClient client, Map<TestClient, List<Long>> used) {
        long id = asked(client);
        used.computeIfAbsent(client, c -> new ArrayList<>()).add(id);
        answer(client, id, "data", 1);
    }

    @Test
    void askAll_ofAClientWithoutEnvelope_isAFailureOfItsOwn() {
        TestClient plain = clients.connect(Transport.JDK_WEBSOCKET, "/text", "");
        Namespace text = server.namespace("/text");
        List<Member> there = Awaitility.await()
                .atMost(Inbox.DEADLINE)
                .until(() -> TestServer.await(text.all().sockets()), sockets -> !sockets.isEmpty());

        Answers all = TestServer.await(text.all().askAll("question", null, LONG));

        assertThat(there).hasSize(1);
        assertThat(all.answers()).hasSize(1);
        assertThat(all.answers().get(0).failure().code()).isEqualTo("REFUSED");
        assertThat(all.complete()).isTrue();
        assertThat(plain.isClosed()).isFalse();
    }

    @Test
    void askAll_ofNobody_isCompleteAtOnce() {
        Answers all = TestServer.await(server.namespace("/").room("nobody").askAll("question", null, LONG));

        assertThat(all).isEqualTo(new Answers(List.of(), Set.of(), true));
    }

    @Test
    void askAll_andAskNodes_asJson_sayTheSame() {
        TestClient client = clients.open("/json", "");
        Future<?> asked = server.vertx()
                .eventBus()
                .request(
                        "switchboard.verbs",
                        new JsonObject("{\"verb\": \"askAll\", \"namespace\": \"/json\", \"event\": \"question\"}"))
                .map(reply -> reply.body());
        answer(client, asked(client), "data", "yes");
        server.vertx().eventBus().localConsumer("switchboard.answer.sum", question -> {
            if (question.body() instanceof JsonArray numbers) {
                question.reply(numbers.getInteger(0) + numbers.getInteger(1));
            } else {
                question.fail(1, "{\"code\": \"NO_NUMBERS\", \"message\": \"None\"}");
            }
        });

        assertThat(TestServer.await(asked))
                .isEqualTo(new JsonObject()
                        .put(
                                "answers",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("from", client.id())
                                                .put("data", "yes")))
                        .put("missing", new JsonArray())
                        .put("complete", true));
        JsonObject sum = (JsonObject) server.verb(
                "askNodes",
                new JsonObject()
                        .put("name", "sum")
                        .put("data", new JsonArray().add(1).add(2)));
        assertThat(sum.getJsonArray("answers")).hasSize(server.nodes());
        assertThat(sum.getJsonArray("answers").getJsonObject(0).getInteger("data"))
                .isEqualTo(3);
        JsonObject none = (JsonObject) server.verb("askNodes", new JsonObject().put("name", "sum"));
        assertThat(none.getJsonArray("answers")
                        .getJsonObject(0)
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("NO_NUMBERS");
        assertThat(none.getBoolean("complete")).isTrue();
    }

    @Test
    void nodes_thatAreAsked_answerEachForItself() {
        List<MessageConsumer<?>> answering = new ArrayList<>();
        for (int n = 0; n < server.nodes(); n++) {
            int node = n;
            answering.add(Nodes.of(server.vertx(n)).answer("port", data -> switch (data.string()) {
                case "now" -> server.port(node);
                case "later" -> server.vertx(node).timer(20).map(t -> server.port(node));
                case "refuse" -> throw new EventException("MINE", "Not told");
                default -> throw new IllegalStateException("a secret");
            }));
        }
        Object[] ports =
                IntStream.range(0, server.nodes()).mapToObj(server::port).toArray();

        for (String when : List.of("now", "later")) {
            Answers all = TestServer.await(Nodes.of(server.vertx()).ask("port", when, LONG));
            assertThat(all.complete()).isTrue();
            assertThat(all.answers())
                    .extracting(answer -> answer.data().value())
                    .containsExactlyInAnyOrder(ports);
            assertThat(byId(all)).hasSize(server.nodes());
        }
        for (String how : List.of("refuse", "break")) {
            Answers all = TestServer.await(Nodes.of(server.vertx()).ask("port", how, LONG));
            assertThat(all.complete()).isTrue();
            assertThat(all.answers())
                    .hasSize(server.nodes())
                    .allSatisfy(answer -> assertThat(answer.failure().code())
                            .isEqualTo(how.equals("refuse") ? "MINE" : "HANDLER_FAILED"));
            assertThat(all.toString()).doesNotContain("secret");
        }
        TestServer.await(
                Future.all(answering.stream().map(MessageConsumer::unregister).toList()));
    }

    @Test
    void nodes_withoutAnAnswererOrWithASilentOne_costOnlyTheirOwnAnswer() {
        Promise<Object> never = Promise.promise();
        List<String> answers = new ArrayList<>();
        Nodes.of(server.vertx(0)).answer("silent", data -> never.future());
        for (int n = 1; n < server.nodes(); n++) {
            String own = "node " + n;
            answers.add(own);
            Nodes.of(server.vertx(n)).answer("silent", data -> own);
            Nodes.of(server.vertx(n)).answer("partly", data -> own);
        }

        Answers partly = TestServer.await(Nodes.of(server.vertx()).ask("partly", null, LONG));
        Answers silent = TestServer.await(Nodes.of(server.vertx()).ask("silent", null, SHORT));

        assertThat(partly.complete()).isTrue();
        assertThat(partly.answers()).hasSize(server.nodes());
        assertThat(partly.answers())
                .filteredOn(answer -> answer.failure() != null)
                .singleElement()
                .satisfies(answer -> assertThat(answer.failure().code()).isEqualTo("NO_HANDLER"));
        assertThat(silent.complete()).isFalse();
        assertThat(silent.missing()).hasSize(1);
        assertThat(silent.answers())
                .filteredOn(answer -> answer.failure() == null)
                .extracting(answer -> answer.data().value())
                .containsExactlyInAnyOrderElementsOf(answers);
    }
}
