package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.launch.Program;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes behind nginx, with the configuration that is shipped; every client has the same address. */
@Timeout(60)
class NginxIT {
    private static final Duration HEARTBEAT = Duration.ofSeconds(25);
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    /** Of {@code conf/nginx.conf}: how long a client waits when a node is asked that does not answer. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Enough that all land on one node less than once in a million runs. */
    private static final int MANY = 20;

    private static final String CLIENT = "127.0.0.7";
    private static final Map<String, String> FORGED = Map.of(
            "X-Forwarded-For", "203.0.113.7",
            "X-Forwarded-Proto", "http",
            "X-Forwarded-Host", "evil.example",
            "X-Real-IP", "203.0.113.7",
            "Forwarded", "for=203.0.113.7;proto=http;host=evil.example");

    @TempDir
    private static Path folder;

    private static Certificate certificate;
    private static ForkedCluster cluster;
    private static List<ForkedNode> nodes;
    private static Nginx nginx;
    private static Vertx vertx;

    @BeforeAll
    static void start() throws Exception {
        Prerequisites.require(Nginx.missing());
        certificate = Certificate.make(folder);
        cluster = new ForkedCluster(folder);
        nodes = List.of(cluster.serve(configuration()), cluster.serve(configuration()));
        nginx = new Nginx(folder.resolve("nginx"), certificate, nodes);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        try {
            if (nginx != null) {
                nginx.close();
            }
            if (vertx != null) {
                TestServer.await(vertx.close());
            }
        } finally {
            if (cluster != null) {
                cluster.close();
            }
        }
    }

    private static JsonObject configuration() {
        JsonObject events = new JsonObject();
        WhereVerticle.EVENTS.forEach(event -> events.put(event, WhereVerticle.class.getName()));
        JsonObject namespace = new JsonObject().put("auth", "none").put("events", events);
        return new JsonObject()
                .put("http", new JsonObject().put("trustedProxies", new JsonArray().add("127.0.0.1")))
                .put("namespaces", new JsonObject().put("/", namespace).put("/chat", namespace));
    }

    private static JsonObject where(TestClient client) {
        return (JsonObject) client.answer("where", null);
    }

    private static long node(TestClient client) {
        return where(client).getLong("pid");
    }

    /** One client at each node, the first that happen to be there. */
    private static List<TestClient> oneAtEach(Clients clients, String namespace, List<ForkedNode> all) {
        Map<Long, TestClient> found = new HashMap<>();
        for (int n = 0; n < MANY && found.size() < all.size(); n++) {
            TestClient client = clients.open(namespace, "");
            found.putIfAbsent(node(client), client);
        }
        assertThat(found.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(ForkedNode::pid).toList());
        return all.stream().map(node -> found.get(node.pid())).toList();
    }

    @ParameterizedTest
    @EnumSource
    void clients_ofOneAddress_areOnBothNodesAndStayThere(Transport transport) {
        try (Clients clients = new Clients(nginx, transport)) {
            List<TestClient> both = oneAtEach(clients, "/", nodes);
            for (TestClient client : both) {
                JsonObject first = where(client);
                assertThat(first.getString("address")).isEqualTo("127.0.0.1");
                assertThat(first.getBoolean("secure")).isTrue();
                // Each question and each answer is a request of its own where the transport is made of requests.
                for (int n = 0; n < 5; n++) {
                    assertThat(where(client)).isEqualTo(first);
                }
            }
            for (TestClient speaker : both) {
                String told = transport + " of " + both.indexOf(speaker);
                speaker.emit("tell all", told);
                both.forEach(hearer -> assertThat(hearer.data("told")).isEqualTo(told));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKJS_RAW_WEBSOCKET", "SOCKJS_XHR_POLLING", "SOCKETIO_POLLING", "SOCKETIO2_POLLING"})
    void clients_ofANamespaceWithAPath_areOnBothNodes(Transport transport) {
        try (Clients clients = new Clients(nginx, transport)) {
            assertThat(oneAtEach(clients, "/chat", nodes)).hasSize(2);
        }
    }

    @Test
    void message_largerThanNginxWouldTake_reachesTheNode() {
        try (Clients clients = new Clients(nginx, Transport.SOCKJS_XHR_POLLING)) {
            assertThat(clients.open().answer("length", "\"".repeat(500_000))).isEqualTo(500_000);
        }
    }

    // ---- who the client is

    @Test
    void webSocket_throughNginx_isSeenWithItsOwnAddressWhateverItSays() {
        try (FarClient client = new FarClient(vertx, CLIENT, nginx.port(), certificate)) {
            assertThat(client.whereByWebSocket(FORGED)).isEqualTo("127.0.0.7 secure");
            assertThat(client.whereByWebSocket(Map.of())).isEqualTo("127.0.0.7 secure");
        }
    }

    @Test
    void polling_throughNginx_isSeenWithItsOwnAddressWhateverItSays() {
        try (FarClient client = new FarClient(vertx, CLIENT, nginx.port(), certificate)) {
            assertThat(client.whereByPolling(FORGED)).isEqualTo("127.0.0.7 secure");
        }
    }

    @Test
    void headers_forgedAtANode_areNotBelieved() {
        Map<String, String> secure = new HashMap<>(FORGED);
        secure.put("X-Forwarded-Proto", "https");
        secure.put("Forwarded", "for=203.0.113.7;proto=https");
        try (FarClient client = new FarClient(vertx, CLIENT, nodes.get(0).port(), null)) {
            assertThat(client.whereByWebSocket(secure)).isEqualTo("127.0.0.7 plain");
            assertThat(client.whereByPolling(secure)).isEqualTo("127.0.0.7 plain");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void origin_isOwnAsTheBrowserSeesIt(boolean own) {
        int port = own ? nginx.port() : nodes.get(0).port();
        try (FarClient client = new FarClient(vertx, CLIENT, nginx.port(), certificate)) {
            assertThat(client.upgrade(Map.of("Origin", "https://127.0.0.1:" + port)))
                    .isEqualTo(own ? 101 : 403);
            assertThat(client.upgrade(Map.of("Origin", "https://evil.example", "X-Forwarded-Host", "evil.example")))
                    .isEqualTo(403);
        }
    }

    // ---- pages, times, losses

    private static HttpResponse<String> get(String url) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().sslContext(certificate.trust()).build();
        return http.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(AT_ONCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void page_overTls_isServed() throws Exception {
        assertThat(get("https://127.0.0.1:" + nginx.port() + "/").statusCode()).isEqualTo(200);
    }

    @Test
    void page_withoutTls_isRedirected() throws Exception {
        HttpResponse<String> answer = get("http://127.0.0.1:" + nginx.plainPort() + "/some?where");

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("https://127.0.0.1:" + nginx.port() + "/some?where");
    }

    @Test
    void jar_hasNothingOfNginx_forAKeyMayLieThere() throws Exception {
        try (ZipFile jar = new ZipFile(Program.JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName)).noneMatch(name -> name.startsWith("conf/nginx"));
        }
    }

    @Test
    void timeouts_areAboveEveryHeartbeat() throws Exception {
        SwitchboardConfig usual = SwitchboardConfig.read(new JsonObject(), Map.of(), verticle -> true);
        var limits = usual.limits();
        var socketIo = usual.socketIo();
        String configuration = nginx.configuration();

        for (String name : List.of("proxy_read_timeout", "proxy_send_timeout")) {
            Matcher timeout = Pattern.compile("\\s" + name + " (\\d+)m;").matcher(configuration);
            assertThat(timeout.find()).as(name).isTrue();
            assertThat(Duration.ofMinutes(Long.parseLong(timeout.group(1))))
                    .isGreaterThan(limits.ping().plus(limits.pong()))
                    .isGreaterThan(socketIo.pingInterval().plus(socketIo.pingTimeout()))
                    .isGreaterThan(HEARTBEAT);
            assertThat(timeout.find()).as("a second " + name).isFalse();
        }
    }

    @Test
    void kill_ofANode_sendsItsClientsToTheOther() throws Exception {
        ForkedNode doomed = cluster.serve(configuration());
        ForkedNode survivor = nodes.get(0);
        List<Clients> all = new ArrayList<>();
        try (Nginx balancer = new Nginx(folder.resolve("nginx-kill"), certificate, List.of(doomed, survivor))) {
            List<TestClient> lost = new ArrayList<>();
            List<TestClient> kept = new ArrayList<>();
            for (Transport transport : List.of(
                    Transport.JDK_WEBSOCKET,
                    Transport.SOCKJS_EVENTSOURCE,
                    Transport.SOCKJS_XHR_POLLING,
                    Transport.SOCKETIO_POLLING,
                    Transport.SOCKETIO_WEBSOCKET)) {
                Clients clients = new Clients(balancer, transport);
                all.add(clients);
                List<TestClient> pair = oneAtEach(clients, "/", List.of(doomed, survivor));
                lost.add(pair.get(0));
                kept.add(pair.get(1));
            }

            doomed.kill();
            lost.forEach(TestClient::awaitClosed);

            List<TestClient> again = all.stream()
                    .flatMap(clients -> IntStream.range(0, 4).mapToObj(n -> openAtOnce(clients)))
                    .toList();
            assertThat(Stream.concat(again.stream(), kept.stream()).map(NginxIT::node))
                    .containsOnly(survivor.pid());
        } finally {
            all.forEach(Clients::close);
        }
    }

    private static TestClient openAtOnce(Clients clients) {
        long begin = System.nanoTime();
        TestClient client = clients.open();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(CONNECT_TIMEOUT);
        return client;
    }
}
