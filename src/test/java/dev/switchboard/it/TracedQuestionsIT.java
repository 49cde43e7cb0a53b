package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Namespace;
import dev.switchboard.Nodes;
import dev.switchboard.bus.Answers;
import dev.switchboard.bus.Survey;
import dev.switchboard.config.TracingConfig;
import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.tracing.Tracing;
import dev.switchboard.wire.Payload;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions to clients and to nodes, as a tracing system sees them. */
@Timeout(60)
class TracedQuestionsIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final String SECRET = "nobody else's business";

    private TestServer server;
    private SpanLog log;
    private Clients clients;

    private void trace(Sampler sampler) {
        server = TestServer.open();
        log = SpanLog.of(server, TracingConfig.Clients.JOIN, sampler);
        clients = new Clients(server, Transport.JDK_WEBSOCKET);
    }

    /** What belongs to a trace, as of a client that says its own. */
    private void trace() {
        trace(Sampler.parentBased(Sampler.alwaysOff()));
    }

    @AfterEach
    void end() {
        clients.close();
        log.close();
        server.close();
    }

    private static void emit(TestClient client, String event) {
        client.send(TestClient.message(event, SECRET).put("traceparent", PARENT).encode());
    }

    private static void answer(TestClient client, String question, JsonObject answer) {
        client.send(answer.put("ack", client.next(question).getLong("id")).encode());
    }

    @Test
    @Tag("cluster")
    void question_ofAHandler_isInItsTrace_untilTheClientAnswers() {
        trace();
        server.handle(on -> on.event(
                "say",
                (socket, data) -> socket.ask("sure?", data, LONG).compose(sure -> socket.emit("said", sure.string()))));
        TestClient client = clients.open();

        emit(client, "say");
        await().atMost(Inbox.DEADLINE).until(() -> client.heard("sure?").size() == 1);
        assertThat(log.named("ask sure?")).isEmpty();
        answer(client, "sure?", new JsonObject().put("data", SECRET));

        assertThat(client.data("said")).isEqualTo(SECRET);
        SpanData handled = log.await1("handle say");
        SpanData asked = log.await1("ask sure?");
        assertThat(asked.getParentSpanId()).isEqualTo(handled.getSpanId());
        assertThat(asked.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(asked.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(SpanLog.own(asked, "event")).isEqualTo("sure?");
        assertThat(SpanLog.own(asked, "to")).isEqualTo("socket");
        // What the handler makes of the answer is not the question's.
        assertThat(log.await1("emit said").getParentSpanId()).isEqualTo(handled.getSpanId());
        assertThat(log.all().toString()).doesNotContain(SECRET);
    }

    @Test
    @Tag("cluster")
    void questions_withoutAnAnswer_failByTheirCodes() {
        trace();
        server.handle(on -> on.event(
                "say",
                (socket, data) -> Future.join(
                                socket.ask("silent?", data, Duration.ofMillis(1)),
                                socket.ask("unwilling?", data, LONG),
                                socket.toSocket("nobody.0000").ask("nobody?", data, LONG))
                        .transform(asked -> socket.emit("said", 1))));
        TestClient client = clients.open();

        emit(client, "say");
        answer(
                client,
                "unwilling?",
                new JsonObject()
                        .put("error", new JsonObject().put("code", SECRET).put("message", SECRET)));
        client.next("said");

        Map<String, String> codes =
                Map.of("silent?", "ASK_TIMEOUT", "nobody?", "NO_SOCKET", "unwilling?", OpenSpan.OTHER);
        codes.forEach((question, code) -> {
            SpanData span = log.await1("ask " + question);
            assertThat(SpanLog.error(span)).isEqualTo(code);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getTraceId()).isEqualTo(TRACE);
        });
        assertThat(log.all().toString()).doesNotContain(SECRET);
    }

    @Test
    @Tag("cluster")
    void question_toAll_isOneSpan_whoeverAnswers() {
        trace(Sampler.alwaysOn());
        List<TestClient> all = List.of(clients.open(), clients.open());

        Future<Answers> asked = server.namespace("/").all().askAll("who?", SECRET, LONG);
        answer(all.get(0), "who?", new JsonObject().put("data", SECRET));
        assertThat(log.named("ask who?")).isEmpty();
        answer(all.get(1), "who?", new JsonObject().put("error", new JsonObject().put("code", SECRET)));

        assertThat(TestServer.await(asked).answers()).hasSize(2);
        assertThat(SpanLog.own(log.await1("ask who?"), "to")).isEqualTo("all");
        assertThat(log.all()).singleElement().satisfies(span -> {
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(SpanLog.error(span)).isNull();
        });
        assertThat(log.all().toString()).doesNotContain(SECRET);
    }

    // ---- nodes

    /** The only question of this name, and what is said of each node that had to answer it: all but some. */
    private SpanData asked(String name, int notAsked) {
        SpanData asked = log.await1(name);
        assertThat(log.of(server.nodes() - 1)).contains(asked);
        assertThat(log.named(name)).hasSize(1);
        assertThat(asked.getKind()).isEqualTo(SpanKind.CLIENT);
        String answer = "answer " + name.replace("ask nodes ", "");
        for (int n = 0; n < server.nodes() - notAsked; n++) {
            int node = n;
            await().atMost(Inbox.DEADLINE)
                    .untilAsserted(() -> assertThat(log.of(node))
                            .filteredOn(span -> span.getName().equals(answer))
                            .singleElement()
                            .satisfies(answered -> {
                                assertThat(answered.getParentSpanId()).isEqualTo(asked.getSpanId());
                                assertThat(answered.getTraceId()).isEqualTo(asked.getTraceId());
                                assertThat(answered.getKind()).isEqualTo(SpanKind.SERVER);
                            }));
        }
        assertThat(log.named(answer)).hasSize(server.nodes() - notAsked);
        return asked;
    }

    /** Hubs of the asking node answer by themselves, so that they need no span. */
    @Test
    @Tag("cluster")
    void questionsToHubs_haveASpan_andOneOnEachOtherNode() {
        trace();
        server.handle(on -> on.event(
                "say",
                (socket, data) -> socket.toAll()
                        .join(SECRET)
                        .compose(v -> socket.toAll().sockets())
                        .compose(all -> socket.toAll().rooms().map(all.size()))
                        .compose(size -> socket.toRoom(SECRET).leave(SECRET).map(size))
                        .compose(size -> socket.emit("said", size))
                        .compose(v -> socket.toAll().disconnect())));
        List<TestClient> all =
                IntStream.range(0, server.nodes()).mapToObj(n -> clients.open()).toList();

        emit(all.get(0), "say");

        assertThat(all.get(0).data("said")).isEqualTo(all.size());
        SpanData handled = log.await1("handle say");
        Map.of("join", "all", "list sockets", "all", "list rooms", "all", "leave", "room", "disconnect", "all")
                .forEach((name, to) -> {
                    SpanData asked = asked(name, 1);
                    assertThat(asked.getParentSpanId()).isEqualTo(handled.getSpanId());
                    assertThat(SpanLog.own(asked, "to")).isEqualTo(to);
                    assertThat(SpanLog.error(asked)).isNull();
                });
        assertThat(log.all().toString()).doesNotContain(SECRET);
    }

    @Test
    @Tag("cluster")
    void questionToHubs_thatCannotBeAnswered_failsByItsCode() {
        trace(Sampler.alwaysOn());
        String nobody = clients.open().id() + "0";

        Future<Void> joined = server.namespace("/").socket(nobody).join("room");
        boolean failed = TestServer.await(joined.transform(done -> Future.succeededFuture(done.failed())));
        assertThat(failed).isTrue();

        SpanData asked = log.await1("join");
        assertThat(SpanLog.error(asked)).isEqualTo("NO_SOCKET");
        assertThat(asked.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    /** It answers well that it did not do it. */
    @Test
    @Tag("cluster")
    void questionToHubs_thatOneRefuses_failsByItsCode() {
        trace(Sampler.alwaysOn());
        clients.open();

        Future<Void> joined = server.namespace("/").all().join("r".repeat(2_000));
        boolean failed = TestServer.await(joined.transform(done -> Future.succeededFuture(done.failed())));
        assertThat(failed).isTrue();

        assertThat(SpanLog.error(log.await1("join"))).isEqualTo("INVALID_DATA");
    }

    /** Code of the application answers, also on the asking node, and what it does then belongs to its answer. */
    @Test
    @Tag("cluster")
    void questionToAllNodes_isOneSpan_andOneForEachAnswer() {
        trace();
        for (int n = 0; n < server.nodes(); n++) {
            int node = n;
            Nodes.of(server.vertx(n))
                    .answer(
                            "stats",
                            data -> Namespace.of(server.vertx(node), "/")
                                    .all()
                                    .emit("from " + node, data)
                                    .map(SECRET));
        }
        Nodes nodes = Nodes.of(server.vertx());
        server.handle(on -> on.event(
                "say",
                (socket, data) -> nodes.ask("stats", data, LONG)
                        .compose(
                                answers -> socket.emit("said", answers.answers().size()))));
        TestClient client = clients.open();

        emit(client, "say");

        assertThat(client.data("said")).isEqualTo(server.nodes());
        SpanData asked = asked("ask nodes stats", 0);
        assertThat(asked.getParentSpanId()).isEqualTo(log.await1("handle say").getSpanId());
        for (int n = 0; n < server.nodes(); n++) {
            SpanData emitted = log.await1("emit from " + n);
            assertThat(log.of(n))
                    .filteredOn(span -> span.getName().equals("answer stats"))
                    .singleElement()
                    .satisfies(answered -> assertThat(emitted.getParentSpanId()).isEqualTo(answered.getSpanId()));
        }
        assertThat(log.all().toString()).doesNotContain(SECRET);
    }

    /** The admin page asks every second. */
    @Test
    @Tag("cluster")
    void questionOfTheToolkitItself_hasNoSpan() {
        trace(Sampler.alwaysOn());

        TestServer.await(new Survey(server.vertx()).nodes("$admin", Payload.absent(), LONG));

        assertThat(log.all()).isEmpty();
    }

    @Test
    @Tag("cluster")
    void node_thatDoesNotTrace_asksAndAnswersWithoutSpans() {
        trace(Sampler.alwaysOn());
        List<TestClient> all =
                IntStream.range(0, server.nodes()).mapToObj(n -> clients.open()).toList();
        int last = server.nodes() - 1;

        IntStream.range(0, last).forEach(n -> Tracing.of(server.vertx(n)).end());
        assertThat(TestServer.await(server.namespace("/").all().sockets())).hasSameSizeAs(all);
        assertThat(log.await1("list sockets").getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(log.all()).hasSize(1);

        Tracing.of(server.vertx(last)).end();
        assertThat(TestServer.await(server.namespace("/").all().sockets())).hasSameSizeAs(all);
        assertThat(log.all()).hasSize(1);
    }
}
