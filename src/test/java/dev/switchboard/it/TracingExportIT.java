package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.launch.Program;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node that is told by the variables of OpenTelemetry where its spans go. */
@Timeout(120)
class TracingExportIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String SECRET = "a secret of hers";

    /** Asks another server, and logs what it does. */
    public static final class Asking extends EventVerticle {
        private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

        @Override
        protected void events(Events on) {
            HttpClient http = vertx.createHttpClient();
            on.event(
                    "ask",
                    (socket, url) -> http.request(
                                    HttpMethod.GET, url.number("port").intValue(), "127.0.0.1", "/")
                            .compose(request -> request.send())
                            .compose(HttpClientResponse::body)
                            .onSuccess(body -> LOG.info("the other server says {}", body))
                            .map(body -> body.toString()));
            on.action(
                    "price",
                    (socket, data) -> GlobalOpenTelemetry.getTracer("shop")
                            .spanBuilder("look it up")
                            .startSpan()
                            .end());
            on.event("fail", (socket, data) -> {
                throw new IllegalStateException("on purpose");
            });
        }
    }

    @TempDir
    private Path folder;

    private final String token = Tokens.of("ann");

    /** What was exported. */
    private final List<byte[]> exported = new CopyOnWriteArrayList<>();

    /** What the handler's own requests said of their trace. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            exported.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("hi".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private Program start(boolean traced, Map<String, String> variables) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SWITCHBOARD_LOG_FORMAT",
                "json",
                "SWITCHBOARD_TRACING_ENABLED",
                String.valueOf(traced),
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + port()));
        environment.putAll(variables);
        return LoggedNode.start(folder, Asking.class, List.of("ask", "fail", "price"), environment);
    }

    private TestClient open(Clients clients) {
        return clients.open("/", Clients.query("token", token));
    }

    private static void send(TestClient client, String event, Object data, int id) {
        client.send(TestClient.message(event, data)
                .put("id", id)
                .put("traceparent", PARENT)
                .encode());
    }

    /** Names and values stand in a message of protobuf as they are. */
    private boolean isExported(byte[] bytes) {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        return exported.stream().anyMatch(body -> new String(body, StandardCharsets.ISO_8859_1).contains(wanted));
    }

    private boolean isExported(String text) {
        return isExported(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void spans_areExported_andLinesAndRequestsOfHandlersAreInTheTrace() throws Exception {
        try (Program program = start(true, Map.of("OTEL_BSP_SCHEDULE_DELAY", "50"));
                Clients clients = new Clients(ForkedNode.serving(program), Transport.JDK_WEBSOCKET)) {
            TestClient ann = open(clients);

            send(ann, "ask", new JsonObject().put("port", port()).put("more", SECRET), 1);
            assertThat(ann.ack(1).getString("data")).isEqualTo("hi");
            send(ann, "price", SECRET, 3);
            send(ann, "fail", SECRET, 2);
            ann.ack(2);

            await().atMost(Inbox.DEADLINE)
                    .until(() -> isExported("receive ask")
                            && isExported("handle ask")
                            && isExported("handle fail")
                            && isExported("look it up"));
            assertThat(isExported(HexFormat.of().parseHex(TRACE))).isTrue();
            assertThat(isExported("service.name")).isTrue();
            assertThat(isExported(SECRET)).isFalse();
            assertThat(isExported(token.split("\\.", 0)[1])).isFalse();
            assertThat(asked).singleElement().asString().startsWith("00-" + TRACE + "-");

            JsonObject said = LoggedNode.line(
                    program, one -> one.getString("formattedMessage").equals("the other server says hi"));
            assertThat(said.getJsonObject("mdc").getString("trace_id")).isEqualTo(TRACE);
            assertThat(said.getJsonObject("mdc").getString("span_id")).hasSize(16);
            JsonObject failed = LoggedNode.line(program, one -> "ERROR".equals(one.getString("level")));
            assertThat(failed.getJsonObject("mdc").getMap())
                    .containsEntry("trace_id", TRACE)
                    .containsEntry("socket", ann.id())
                    .containsEntry("user", "ann")
                    .containsEntry("event", "fail")
                    .containsKey("span_id");
        }
    }

    @Test
    void spans_thatAreNotExportedYet_areWhenTheNodeEnds() throws Exception {
        try (Program program =
                        start(true, Map.of("OTEL_BSP_SCHEDULE_DELAY", "600000", "OTEL_SERVICE_NAME", "the shop"));
                Clients clients = new Clients(ForkedNode.serving(program), Transport.JDK_WEBSOCKET)) {
            TestClient ann = open(clients);
            send(ann, "ask", new JsonObject().put("port", port()), 1);
            ann.ack(1);
            assertThat(exported).isEmpty();

            program.terminate();

            assertThat(program.awaitExit()).isZero();
            assertThat(isExported("receive ask")).isTrue();
            assertThat(isExported("the shop")).isTrue();
        }
    }

    @Test
    void nothing_isExported_unlessTracingIsEnabled() throws Exception {
        try (Program program = start(false, Map.of("OTEL_BSP_SCHEDULE_DELAY", "50"));
                Clients clients = new Clients(ForkedNode.serving(program), Transport.JDK_WEBSOCKET)) {
            TestClient ann = open(clients);
            send(ann, "ask", new JsonObject().put("port", port()), 1);
            ann.ack(1);

            program.terminate();

            assertThat(program.awaitExit()).isZero();
            assertThat(exported).isEmpty();
            assertThat(asked).containsExactly("null");
            assertThat(program.out()).doesNotContain("trace_id");
        }
    }

    @Test
    void variables_thatCannotBe_stopTheStart() throws Exception {
        try (Program program = start(true, Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "pigeons"))) {
            assertThat(program.awaitExit()).isNotZero();
            assertThat(program.out() + program.err())
                    .contains("tracing cannot begin")
                    .contains("pigeons");
        }
    }
}
