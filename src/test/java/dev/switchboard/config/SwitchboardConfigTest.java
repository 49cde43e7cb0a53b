package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.HandlerConfig.Threading;
import dev.switchboard.config.NamespaceConfig.Auth;
import dev.switchboard.config.NamespaceConfig.Dialect;
import dev.switchboard.config.NamespaceConfig.Presence;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchboardConfigTest {
    private static final SessionConfig SESSION = new SessionConfig("switchboard-session", Duration.ofMinutes(30));
    private static final HttpLimits HTTP_LIMITS = new HttpLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(75), 4096, 8192);

    private static final List<Network> LOOPBACK = List.of(
            Network.parse("127.0.0.0/8").orElseThrow(), Network.parse("::1").orElseThrow());

    @Test
    void read_emptyObject_isAllDefaults() {
        SwitchboardConfig config = read("{}");

        assertThat(config.http())
                .isEqualTo(new HttpConfig(
                        "127.0.0.1",
                        8080,
                        List.of(),
                        "webroot",
                        0,
                        NoOrigin.ACCEPT,
                        List.of(),
                        SESSION,
                        LOOPBACK,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        HTTP_LIMITS,
                        new CompressionConfig(false, 1024),
                        new DrainConfig(List.of(), Duration.ofSeconds(2), Duration.ofSeconds(20), Optional.empty())));
        assertThat(config.token())
                .isEqualTo(new TokenConfig(
                        Duration.ofHours(1),
                        Duration.ofHours(24),
                        Optional.empty(),
                        "dev.switchboard.http.GuestAuthenticator"));
        assertThat(config.limits())
                .isEqualTo(new Limits(
                        1 << 20,
                        1 << 20,
                        4096,
                        64,
                        8 << 20,
                        65536,
                        0,
                        256,
                        1000,
                        100,
                        16,
                        1 << 16,
                        new Rate(1, Duration.ofSeconds(1), 20),
                        new Rate(1000, Duration.ofMinutes(1), 1000),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(10)));
        assertThat(config.nodeLimits())
                .isEqualTo(new NodeLimits(
                        100_000,
                        10_000,
                        10_000,
                        new Rate(10_000, Duration.ofSeconds(1), 10_000),
                        201_000,
                        100_000,
                        Runtime.getRuntime().maxMemory() / 4,
                        64 << 20));
        assertThat(config.cluster()).isEqualTo(new ClusterConfig(false, Optional.empty()));
        assertThat(config.namespaces())
                .containsExactly(Map.entry(
                        "/",
                        new NamespaceConfig(
                                "/",
                                Optional.empty(),
                                Auth.REQUIRED,
                                Map.of(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                Map.of(),
                                Optional.of("/sockjs"),
                                Optional.of("/ws"),
                                Dialect.EVENTS,
                                1,
                                Duration.ofSeconds(30),
                                Presence.NONE,
                                Access.usual(config.http()),
                                Optional.empty(),
                                Overflows.usual(),
                                Optional.empty())));
        assertThat(config.handlers()).isEmpty();
    }

    @Test
    void read_everyKeyGiven_isTaken() {
        SwitchboardConfig config = read("""
                {"http": {"host": "0.0.0.0", "port": 0, "allowedOrigins": ["https://example.org:444", "*"],
                          "webroot": "pages", "instances": 2, "noOrigin": "refuse", "routes": ["Shop"],
                          "session": {"cookie": "sid", "timeout": "1h"}, "metrics": ["10.1.0.7"],
                          "trustedProxies": ["10.0.0.0/8"], "contentSecurityPolicy": "default-src 'self'",
                          "compression": true, "compressionThreshold": "2KiB"},
                 "token": {"ttl": "2s", "maxAge": "1d", "authenticator": "js:who.js"},
                 "limits": {"message": "64KiB", "queue": 1, "window": 3, "outbox": "1MiB", "outboxMessages": 4,
                            "sendBuffer": "32KiB", "asks": 5, "rooms": 6, "badFrames": 7, "handshake": "500ms",
                            "ping": "5m", "pong": 2, "queueMessages": 8, "early": 9, "earlyBytes": "10B",
                            "auths": "11/m", "refusals": "12/h", "connections": 13, "connectionsPerAddress": 14,
                            "connectionsPerUser": 15, "connectionRate": "16/s burst 17", "tcpConnections": 18,
                            "rateEntries": 19, "outboundTotal": "3GiB", "outboundPerNode": "5GiB"},
                 "cluster": {"trustedNetwork": true},
                 "namespaces": {"/chat": {"auth": "none", "events": {"open": "A", "new message": "js:b.js"},
                                "sockjs": false, "ws": "/koa", "dialect": "text", "inFlight": 8,
                                "handlerTimeout": 0.5, "presence": "rooms", "allowedOrigins": "https://a.example",
                                "session": true, "cookies": true, "socketIds": "my.Ids", "overflow": "drop-oldest",
                                "overflows": {"place": {"policy": "latest", "key": "/car/0"}, "tick": {"policy": "drop-newest"}},
                                "rates": {"*": {"address": "1/m"}, "say": {"socket": "2/s", "user": "3/h burst 4"}}}},
                 "handlers": {"A": {"instances": 2, "threading": "event-loop", "config": {"x": [1]}}}}
                """);

        assertThat(config.http())
                .isEqualTo(new HttpConfig(
                        "0.0.0.0",
                        0,
                        List.of("https://example.org:444", "*"),
                        "pages",
                        2,
                        NoOrigin.REFUSE,
                        List.of(new RoutesConfig("Shop", new JsonObject())),
                        new SessionConfig("sid", Duration.ofHours(1)),
                        List.of(Network.parse("10.1.0.7").orElseThrow()),
                        List.of(Network.parse("10.0.0.0/8").orElseThrow()),
                        Optional.empty(),
                        Optional.of("default-src 'self'"),
                        HTTP_LIMITS,
                        new CompressionConfig(true, 2048),
                        new DrainConfig(List.of(), Duration.ofSeconds(2), Duration.ofSeconds(20), Optional.empty())));
        assertThat(config.token())
                .isEqualTo(new TokenConfig(Duration.ofSeconds(2), Duration.ofDays(1), Optional.empty(), "js:who.js"));
        assertThat(config.limits())
                .isEqualTo(new Limits(
                        1 << 16,
                        1,
                        8,
                        3,
                        1 << 20,
                        4,
                        32768,
                        5,
                        6,
                        7,
                        9,
                        10,
                        new Rate(11, Duration.ofMinutes(1), 11),
                        new Rate(12, Duration.ofHours(1), 12),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(2)));
        assertThat(config.nodeLimits())
                .isEqualTo(new NodeLimits(
                        13, 14, 15, new Rate(16, Duration.ofSeconds(1), 17), 18, 19, 3L << 30, 5L << 30));
        assertThat(config.cluster()).isEqualTo(new ClusterConfig(true, Optional.empty()));
        assertThat(config.namespaces().get("/chat"))
                .isEqualTo(new NamespaceConfig(
                        "/chat",
                        Optional.empty(),
                        Auth.NONE,
                        Map.of("open", "A", "new message", "js:b.js"),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(
                                "*",
                                new EventRates(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(new Rate(1, Duration.ofMinutes(1), 1))),
                                "say",
                                new EventRates(
                                        Optional.of(new Rate(2, Duration.ofSeconds(1), 2)),
                                        Optional.of(new Rate(3, Duration.ofHours(1), 4)),
                                        Optional.empty())),
                        Optional.empty(),
                        Optional.of("/koa"),
                        Dialect.TEXT,
                        8,
                        Duration.ofMillis(500),
                        Presence.ROOMS,
                        new Access(List.of("https://a.example"), NoOrigin.REFUSE, true, true, "sid"),
                        Optional.of("my.Ids"),
                        new Overflows(
                                Overflow.Policy.DROP_OLDEST,
                                Map.of(
                                        "place",
                                        new Overflow(Overflow.Policy.LATEST, Optional.of(JsonPointer.from("/car/0"))),
                                        "tick",
                                        Overflow.of(Overflow.Policy.DROP_NEWEST))),
                        Optional.empty()));
        assertThat(config.handlers())
                .containsExactly(
                        Map.entry(
                                "A",
                                new HandlerConfig(
                                        2, Threading.EVENT_LOOP, new JsonObject().put("x", new JsonArray().add(1)))),
                        Map.entry("js:b.js", new HandlerConfig(1, Threading.WORKER, new JsonObject())),
                        Map.entry("my.Ids", new HandlerConfig(1, Threading.WORKER, new JsonObject())));
    }

    @Test
    void read_severalFaults_reportsAllTogether() {
        ConfigurationException refusal = refusal("""
                {"http": {"port": "abc"}, "namespaces": {"/chat": {"events": {"new message": "Missing"}}}, "htpp": 1}
                """);

        assertThat(refusal).hasMessage("""
                The configuration has 3 faults:
                  http.port: must be a number from 0 to 65535, not "abc"
                  namespaces./chat.events.new message: there is no verticle "Missing"
                  htpp: is not a known key, did you mean "http"?""");
        assertThat(refusal.faults())
                .extracting(Fault::path)
                .containsExactly("http.port", "namespaces./chat.events.new message", "htpp");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"http": 5}                                   | http | must be an object, not 5
            {"http": null}                                | http | must be an object, not null
            {"http": []}                                  | http | must be an object, not a list
            {"http": {"host": ""}}                        | http.host | must be a text, not ""
            {"http": {"host": {}}}                        | http.host | must be a text, not an object
            {"http": {"port": "8080"}}                    | http.port | must be a number from 0 to 65535, not "8080"
            {"http": {"port": 65536}}                     | http.port | must be a number from 0 to 65535, not 65536
            {"http": {"port": -1}}                        | http.port | must be a number from 0 to 65535, not -1
            {"http": {"port": 1.5}}                       | http.port | must be a number from 0 to 65535, not 1.5
            {"http": {"port": true}}                      | http.port | must be a number from 0 to 65535, not true
            {"http": {"noOrigin": false}}                 | http.noOrigin | must be "accept" or "refuse", not false
            {"http": {"session": {"timeuot": "1h"}}}      | http.session.timeuot | is not a known key, did you mean "timeout"?
            {"http": {"prot": 1}}                         | http.prot | is not a known key, did you mean "port"?
            {"http": {"maxHeader": 1}}                    | http.maxHeader | is not a known key
            {"token": {"authenticator": "Missing"}}       | token.authenticator | there is no verticle "Missing"
            {"limits": {"outboxMesages": 1}}              | limits.outboxMesages | is not a known key, did you mean "outboxMessages"?
            {"cluster": {"trustedNetwork": "true"}}       | cluster.trustedNetwork | must be true or false, not "true"
            {"cluster": {"trustedNetwork": 1}}            | cluster.trustedNetwork | must be true or false, not 1
            {"cluster": {"trusted": true}}                | cluster.trusted | is not a known key
            {"namespaces": {"/": {"evnets": {}}}}         | namespaces./.evnets | is not a known key, did you mean "events"?
            {"namespaces": {"/": {"auth": "REQUIRED"}}}   | namespaces./.auth | must be "required" or "none", not "REQUIRED"
            {"namespaces": {"/": {"auth": 1}}}            | namespaces./.auth | must be "required" or "none", not 1
            {"namespaces": {"/": {"dialect": "xml"}}}     | namespaces./.dialect | must be "events" or "text", not "xml"
            {"namespaces": {"/": {"inFlight": 0}}}        | namespaces./.inFlight | must be a number from 1 to 10000, not 0
            {"namespaces": {"/": {"events": {"": "A"}}}}  | namespaces./.events. | an event name has 1 to 128 characters
            {"namespaces": {"/": {"events": {"a": 1}}}}   | namespaces./.events.a | must be a text, not 1
            {"namespaces": {"/": {"packetMiddleware": "A"}}} | namespaces./.packetMiddleware | must be a list, not "A"
            {"namespaces": {"/": {"connectionMiddleware": ["Missing"]}}} | namespaces./.connectionMiddleware | there is no middleware "Missing"
            {"namespaces": {"/": 1}}                      | namespaces./ | must be an object, not 1
            {"handlers": {"Missing": {}}}                 | handlers.Missing | there is no verticle of this name
            {"handlers": {"A": {"instances": 0}}}         | handlers.A.instances | must be a number from 1 to 1024, not 0
            {"handlers": {"A": {"threading": "pool"}}}    | handlers.A.threading | must be "worker" or "virtual" or "event-loop", not "pool"
            {"handlers": {"A": {"config": []}}}           | handlers.A.config | must be an object, not a list
            {"handlers": {"A": {"insatnces": 1}}}         | handlers.A.insatnces | is not a known key, did you mean "instances"?
            """)
    void read_wrongValue_isTheOneFault(String json, String path, String message) {
        assertThat(refusal(json).faults()).containsExactly(new Fault(path, message));
    }

    @Test
    void read_longValue_isShownCut() {
        String message = refusal("{\"http\": {\"port\": \"" + "x".repeat(1000) + "\"}}")
                .faults()
                .get(0)
                .message();

        assertThat(message).endsWith("xxx…\"").hasSizeLessThan(120);
    }
}
