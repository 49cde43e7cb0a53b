package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.client.SwitchboardClient;
import dev.switchboard.client.SwitchboardClientOptions;
import dev.switchboard.config.TracingConfig;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as a tracing system sees them. */
@Timeout(60)
class TracingIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";
    private static final String SECRET = "nobody else's business";

    private TestServer server;
    private SpanLog log;
    private Clients clients;

    private void trace(TestServer traced) {
        trace(traced, Sampler.parentBased(Sampler.alwaysOn()));
    }

    /** What this server does from now on is in the log. */
    private void trace(TestServer traced, Sampler sampler) {
        server = traced;
        log = SpanLog.of(traced, TracingConfig.Clients.JOIN, sampler);
        clients = new Clients(traced, Transport.JDK_WEBSOCKET);
    }

    @AfterEach
    void end() {
        if (server != null) {
            clients.close();
            log.close();
            server.close();
        }
    }

    private static void emit(TestClient client, String event, String traceParent) {
        client.send(TestClient.message(event, SECRET)
                .put("traceparent", traceParent)
                .encode());
    }

    /** On the last node, far from the first client. */
    private static void handleSaid(TestServer server) {
        server.handle(on -> on.event("say", (socket, data) -> socket.toAll().emit("said", data)));
    }

    @Test
    @Tag("cluster")
    void event_ofAClientThatSaysItsTrace_isInItUntilItIsWrittenOnEachNode() {
        trace(TestServer.open());
        handleSaid(server);
        List<TestClient> all =
                IntStream.range(0, server.nodes()).mapToObj(n -> clients.open()).toList();

        emit(all.get(0), "say", PARENT);
        all.forEach(client -> assertThat(client.data("said")).isEqualTo(SECRET));

        int last = server.nodes() - 1;
        SpanData received = log.await1("receive say");
        SpanData handled = log.await1("handle say");
        SpanData emitted = log.await1("emit said");
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(log.named("deliver said")).hasSize(server.nodes()));
        assertThat(log.of(0)).contains(received);
        assertThat(log.of(last)).contains(handled, emitted);
        for (int n = 0; n < server.nodes(); n++) {
            assertThat(log.of(n))
                    .filteredOn(span -> span.getName().equals("deliver said"))
                    .singleElement()
                    .satisfies(delivered -> {
                        assertThat(delivered.getParentSpanId()).isEqualTo(emitted.getSpanId());
                        assertThat(delivered.getKind()).isEqualTo(SpanKind.CONSUMER);
                        assertThat(SpanLog.own(delivered, "receivers")).isEqualTo(1L);
                    });
        }
        assertThat(received.getParentSpanId()).isEqualTo(SPAN);
        assertThat(received.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(SpanLog.own(received, "socket")).isEqualTo(all.get(0).id());
        assertThat(handled.getParentSpanId()).isEqualTo(received.getSpanId());
        assertThat(handled.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(emitted.getParentSpanId()).isEqualTo(handled.getSpanId());
        assertThat(emitted.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(log.all().stream()
                        .filter(span -> span.getTraceId().equals(TRACE))
                        .map(SpanData::getName))
                .containsOnly("receive say", "handle say", "emit said", "deliver said");
        assertThat(log.all().toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "what is this",
                "00-" + TRACE + "-" + SPAN,
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-xy"
            })
    void context_thatIsNone_isIgnored(String parent) {
        trace(TestServer.open());
        handleSaid(server);
        TestClient client = clients.open();

        emit(client, "say", parent);

        assertThat(client.data("said")).isEqualTo(SECRET);
        SpanData received = log.await1("receive say");
        assertThat(received.getParentSpanContext().isValid()).isFalse();
        assertThat(received.getTraceId()).isNotEqualTo(TRACE);
        assertThat(log.await1("deliver said").getTraceId()).isEqualTo(received.getTraceId());
    }

    @Test
    void context_thatIsNoText_isIgnored() {
        trace(TestServer.open());
        handleSaid(server);
        TestClient client = clients.open();

        client.send("{\"event\":\"say\",\"traceparent\":{\"a\":[1]},\"tracestate\":7,\"data\":1}");

        assertThat(client.data("said")).isEqualTo(1);
        assertThat(log.await1("receive say").getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void clients_thatAreNotJoined_beginTracesOfTheirOwn() {
        for (TracingConfig.Clients rule : List.of(TracingConfig.Clients.LINK, TracingConfig.Clients.IGNORE)) {
            try (TestServer server = TestServer.open();
                    SpanLog log = SpanLog.of(server, rule);
                    Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
                handleSaid(server);
                TestClient client = clients.open();

                emit(client, "say", PARENT);

                client.next("said");
                SpanData received = log.await1("receive say");
                assertThat(received.getTraceId()).isNotEqualTo(TRACE);
                assertThat(received.getParentSpanContext().isValid()).isFalse();
                assertThat(received.getLinks().stream()
                                .map(link -> link.getSpanContext().getTraceId()))
                        .isEqualTo(rule == TracingConfig.Clients.LINK ? List.of(TRACE) : List.of());
            }
        }
    }

    @Test
    void context_ofTheConnection_countsWhereAnEventHasNone() {
        trace(TestServer.open());
        handleSaid(server);
        TestClient client = new TestClient(Transport.JDK_WEBSOCKET);
        String url = Transport.JDK_WEBSOCKET.url(false, server.port(), "/", "");
        client.speaksOver(new JdkWebSocketLine(server.certificate(), url, Map.of("traceparent", PARENT), client));
        client.next("open");
        String other = "00-1" + TRACE.substring(1) + "-" + SPAN + "-01";

        client.emit("say", 1);
        client.next("said");
        emit(client, "say", other);
        client.next("said");

        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(log.named("receive say").map(SpanData::getTraceId))
                        .containsExactly(TRACE, "1" + TRACE.substring(1)));
        client.hangUp();
    }

    @Test
    void traceState_goesAlong() {
        trace(TestServer.open());
        handleSaid(server);
        TestClient client = clients.open();

        client.send(TestClient.message("say", 1)
                .put("traceparent", PARENT)
                .put("tracestate", "shop=cart,bank=till")
                .encode());

        client.next("said");
        assertThat(log.await1("deliver said").getSpanContext().getTraceState().get("bank"))
                .isEqualTo("till");
    }

    /** What the client says is not to be sampled is not, and nobody later in the trace decides otherwise. */
    @Test
    @Tag("cluster")
    void trace_thatIsNotSampled_isNowhere() {
        trace(TestServer.open());
        handleSaid(server);
        List<TestClient> all =
                IntStream.range(0, server.nodes()).mapToObj(n -> clients.open()).toList();

        emit(all.get(0), "say", PARENT.replaceAll("01$", "00"));
        all.forEach(client -> client.next("said"));
        emit(all.get(0), "say", PARENT);
        all.forEach(client -> client.next("said"));

        log.await1("receive say");
        assertThat(log.named("receive say")).hasSize(1);
        assertThat(log.named("handle say")).hasSize(1);
        assertThat(log.named("emit said")).hasSize(1);
    }

    @Test
    void failures_areToldByTheirCodes() {
        trace(TestServer.open());
        server.handle(on -> on.event("fail", (socket, data) -> {
            throw new IllegalStateException(SECRET);
        }));
        TestClient client = clients.open();

        client.refusal("fail", SECRET);
        client.refusal("a name that I chose", SECRET);

        for (String name : List.of("receive fail", "handle fail")) {
            SpanData span = log.await1(name);
            assertThat(SpanLog.error(span)).isEqualTo("HANDLER_FAILED");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        }
        // Its name is the client's, and names of spans are to be few.
        SpanData unknown = log.await1(
                span -> span.getName().equals("receive") && "a name that I chose".equals(SpanLog.own(span, "event")));
        assertThat(SpanLog.error(unknown)).isEqualTo("UNKNOWN_EVENT");
        assertThat(log.all().toString()).doesNotContain(SECRET);
    }

    /** As all Futures of Vert.x do, and unlike one that is made of nothing. */
    private static Future<Void> onThisContext(Future<Void> future) {
        Promise<Void> own = ContextInternal.current().promise();
        future.onComplete(own);
        return own.future();
    }

    /** Two events at once at one instance, each of which emits when the other has begun. */
    @ParameterizedTest
    @EnumSource(
            value = ThreadingModel.class,
            names = {"WORKER", "EVENT_LOOP"})
    void handler_thatAnswersLater_isStillInItsTrace(ThreadingModel threading) {
        trace(TestServer.open());
        Map<String, String> current = new ConcurrentHashMap<>();
        Promise<Void> both = Promise.promise();
        server.handle("/", 1, threading, on -> {
            on.event(
                    "first",
                    (socket, data) -> onThisContext(both.future()).compose(v -> {
                        current.put("first", Span.current().getSpanContext().getSpanId());
                        return socket.emit("one", 1);
                    }));
            on.event(
                    "second",
                    (socket, data) -> server.vertx()
                            .timer(1, TimeUnit.MILLISECONDS)
                            .compose(v -> {
                                current.put(
                                        "second",
                                        Span.current().getSpanContext().getSpanId());
                                both.complete();
                                return socket.emit("two", 2);
                            }));
        });
        TestClient one = clients.open();
        TestClient other = clients.open();

        one.emit("first", 1);
        one.settle();
        other.emit("second", 1);
        one.next("one");
        other.next("two");

        SpanData first = log.await1("handle first");
        SpanData second = log.await1("handle second");
        assertThat(current)
                .containsOnly(Map.entry("first", first.getSpanId()), Map.entry("second", second.getSpanId()));
        assertThat(log.await1("emit one").getParentSpanId()).isEqualTo(first.getSpanId());
        assertThat(log.await1("emit two").getParentSpanId()).isEqualTo(second.getSpanId());
        assertThat(first.getTraceId()).isNotEqualTo(second.getTraceId());
    }

    @Test
    @Tag("cluster")
    void event_thatIsKept_isInItsTrace_too() {
        trace(TestServer.start("{\"/\": {\"auth\": \"none\", \"resume\": {}}}"));
        handleSaid(server);
        List<TestClient> all =
                IntStream.range(0, server.nodes()).mapToObj(n -> clients.open()).toList();

        emit(all.get(0), "say", PARENT);
        all.forEach(client -> assertThat(client.data("said")).isEqualTo(SECRET));

        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(log.named("deliver said").map(SpanData::getTraceId))
                        .hasSize(server.nodes())
                        .containsOnly(TRACE));
    }

    /** Tells the client of each event that it lets pass. */
    public static final class Guard extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.packet((socket, packet, next) -> {
                socket.emit("passes", packet.event());
                return next.run();
            });
        }
    }

    @Test
    void middleware_isInTheTraceOfWhatItLetsPass() {
        JsonObject namespaces = new JsonObject("""
                {"/": {"auth": "none", "packetMiddleware": ["%s"]}}""".formatted(Guard.class.getName()));
        trace(TestServer.start(new JsonObject().put("namespaces", namespaces)));
        handleSaid(server);
        TestClient client = clients.open();

        emit(client, "say", PARENT);

        client.next("said");
        SpanData received = log.await1("receive say");
        // On the way in, at the handler, and on the way back.
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(log.named("handle say").map(SpanData::getParentSpanId))
                        .hasSize(3)
                        .containsOnly(received.getSpanId()));
        SpanData told = log.await1("emit passes");
        assertThat(log.named("handle say").map(SpanData::getSpanId)).contains(told.getParentSpanId());
    }

    @Test
    void burst_ofEvents_endsEachSpan() {
        trace(TestServer.open());
        handleSaid(server);
        TestClient client = clients.open();
        int events = 100;

        client.send(IntStream.range(0, events)
                .mapToObj(n -> TestClient.message("say", n).encode())
                .toList());
        IntStream.range(0, events).forEach(n -> assertThat(client.data("said")).isEqualTo(n));

        await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
            assertThat(log.named("receive say")).hasSize(events);
            assertThat(log.named("handle say")).hasSize(events);
            // Also those that leave together.
            assertThat(log.named("deliver said")).hasSize(events);
        });
    }

    @Test
    void nothing_isTraced_unlessTheConfigurationSaysSo() {
        try (SpanLog log = SpanLog.alone()) {
            GlobalOpenTelemetry.resetForTest();
            GlobalOpenTelemetry.set(log.sdk());
            emitOnce(new JsonObject());
            assertThat(log.all()).isEmpty();

            emitOnce(new JsonObject().put("tracing", new JsonObject().put("enabled", true)));
            assertThat(log.await1("deliver said").getTraceId()).isEqualTo(TRACE);
            int before = log.all().size();

            emitOnce(new JsonObject());
            assertThat(log.all()).hasSize(before);
        } finally {
            GlobalOpenTelemetry.resetForTest();
        }
    }

    private static void emitOnce(JsonObject config) {
        JsonObject open = new JsonObject("{\"/\": {\"auth\": \"none\"}}");
        try (TestServer server = TestServer.start(config.put("namespaces", open));
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            handleSaid(server);
            TestClient client = clients.open();
            emit(client, "say", PARENT);
            assertThat(client.data("said")).isEqualTo(SECRET);
            client.settle();
        }
    }

    @Test
    void javaClient_saysWhichTraceItsEventsBelongTo() {
        trace(TestServer.open());
        server.handle(on -> on.event("say", (socket, data) -> data));
        Map<String, String> current = new ConcurrentHashMap<>(Map.of("traceparent", PARENT, "tracestate", "a=b"));
        SwitchboardClient client = SwitchboardClient.create(
                server.vertx(),
                new SwitchboardClientOptions("http://127.0.0.1:" + server.port())
                        .trace(headers -> headers.putAll(current)));
        TestServer.await(client.connect());

        TestServer.await(client.ask("say", 1));
        current.clear();
        TestServer.await(client.ask("say", 2));

        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(log.named("receive say")).hasSize(2));
        List<SpanData> received = log.named("receive say").toList();
        assertThat(received.get(0).getParentSpanContext().getSpanId()).isEqualTo(SPAN);
        assertThat(received.get(0).getSpanContext().getTraceState().get("a")).isEqualTo("b");
        assertThat(received.get(1).getTraceId()).isNotEqualTo(TRACE);
        TestServer.await(client.close());
    }

    @Test
    void emit_thatNoClientCaused_beginsATrace() {
        trace(TestServer.open(), Sampler.alwaysOn());
        TestClient client = clients.open();

        Future<Void> emitted = server.namespace("/").all().emit("news", 1);

        TestServer.await(emitted);
        client.next("news");
        SpanData span = log.await1("emit news");
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(log.await1("deliver news").getTraceId()).isEqualTo(span.getTraceId());
    }
}
