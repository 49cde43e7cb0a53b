package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Levels of loggers that an admin changes for a time. */
class LogLevelIT {
    private static final String ADMIN = AdminIT.token("admin", Tokens.KEY);
    private static final JsonObject CONFIG = new JsonObject("{\"admin\": {\"role\": \"admin\"}}");

    private static TestServer server;

    private final Inbox<String> log = new Inbox<>();
    private final Logger ours = logger("dev.switchboard");
    private @Nullable Level usual;

    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage());
        }
    };

    @BeforeAll
    static void start() {
        server = TestServer.start(CONFIG);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void listen() {
        usual = ours.getLevel();
        ours.setLevel(Level.INFO);
        appender.start();
        ours.addAppender(appender);
    }

    @AfterEach
    void restore() {
        ours.detachAppender(appender);
        ours.setLevel(usual);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private static HttpResponse<String> request(String url, String path, JsonObject body) {
        return HttpClients.request("POST", url + "/admin" + path, body.encode(), "Authorization", "Bearer " + ADMIN);
    }

    private static int act(JsonObject order) {
        return request(server.url(""), "/act", order).statusCode();
    }

    private static JsonObject change(String logger, String level, long seconds) {
        return new JsonObject()
                .put("do", "log-level")
                .put("logger", logger)
                .put("level", level)
                .put("seconds", seconds);
    }

    private static JsonArray levels(String url, int node) {
        String body = HttpClients.request("GET", url + "/admin/state", "", "Authorization", "Bearer " + ADMIN)
                .body();
        return new JsonObject(body).getJsonArray("nodes").getJsonObject(node).getJsonArray("levels");
    }

    @Test
    void level_isThatForATime_andThenWhatItWas() {
        Logger own = logger("dev.switchboard.hub.Hub");
        own.setLevel(Level.WARN);
        Logger inherited = logger("dev.switchboard.never.heard.of");

        assertThat(act(change(own.getName(), "debug", 600))).isEqualTo(200);
        assertThat(own.getLevel()).isEqualTo(Level.DEBUG);
        assertThat(act(change(own.getName(), "TRACE", 1))).isEqualTo(200);
        assertThat(act(change(inherited.getName(), "ERROR", 1))).isEqualTo(200);
        assertThat(inherited.getLevel()).isEqualTo(Level.ERROR);

        await().atMost(Inbox.DEADLINE).until(() -> own.getLevel() == Level.WARN);
        await().atMost(Inbox.DEADLINE).until(() -> inherited.getLevel() == null);
        own.setLevel(null);
        log.next("who changed it", line -> line.contains("{\"user\":\"root\"} orders {\"do\":\"log-level\""));
        log.next("what was changed", line -> line.matches(".*Hub has the level DEBUG now, until .*, as .*root.*"));
        log.next("the end", line -> line.contains("Hub has the level again"));
    }

    @Test
    void level_isBackWhenAnAdminSaysSo_andWhenTheNodeEnds() {
        Logger root = logger("ROOT");
        Level before = root.getLevel();
        assertThat(act(change("root", "WARN", 0))).isEqualTo(200);
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(
                                levels(server.url(""), 0).getJsonObject(0).getMap())
                        .contains(
                                Map.entry("logger", "ROOT"),
                                Map.entry("level", "WARN"),
                                Map.entry("before", before.toString()),
                                Map.entry("until", 0),
                                Map.entry("by", "root")));
        assertThat(act(new JsonObject().put("do", "log-level-back").put("logger", "ROOT")))
                .isEqualTo(200);
        assertThat(root.getLevel()).isEqualTo(before);

        try (TestServer other = TestServer.start(1, CONFIG)) {
            request(other.url(""), "/act", change("io.vertx.ext", "TRACE", 0));
            assertThat(logger("io.vertx.ext").getLevel()).isEqualTo(Level.TRACE);
        }
        assertThat(logger("io.vertx.ext").getLevel()).isNull();
    }

    @Test
    void who_isNotedAlsoWhenEverythingIsSilenced() {
        assertThat(act(change("dev.switchboard", "OFF", 600))).isEqualTo(200);
        assertThat(act(new JsonObject().put("do", "log-level-back").put("logger", "dev.switchboard")))
                .isEqualTo(200);

        log.next("who silenced it", line -> line.contains("\"level\":\"OFF\""));
        log.next("who ended that", line -> line.contains("log-level-back"));
        assertThat(logger("dev.switchboard.admin.Audit").getLevel()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "org.example.Nothing, DEBUG, 1",
        "dev.switchboardx, DEBUG, 1",
        "dev.switchboard..x, DEBUG, 1",
        "dev.switchboard.admin.Audit, OFF, 1",
        "dev.switchboard, LOUD, 1",
        "dev.switchboard, DEBUG, -1",
        "dev.switchboard, DEBUG, 86401",
    })
    void change_thatCannotBe_isRefused(String logger, String level, long seconds) {
        Level before = ours.getLevel();

        assertThat(act(change(logger, level, seconds))).isEqualTo(409);
        assertThat(ours.getLevel()).isEqualTo(before);
    }

    @Test
    void names_ofLoggers_areFound() {
        HttpResponse<String> found = request(
                server.url(""), "/find", new JsonObject().put("what", "loggers").put("name", "switchboard.hub.H"));

        assertThat(new JsonObject(found.body()).getJsonArray("loggers")).contains("dev.switchboard.hub.Hub");
    }

    @Test
    void level_onOneNode_isNoOthers(@TempDir Path folder) throws Exception {
        try (ForkedCluster cluster = new ForkedCluster(folder, Map.of("SWITCHBOARD_TOKEN_KEY", Tokens.KEY))) {
            String first = "http://127.0.0.1:" + cluster.serve(CONFIG).port();
            ForkedNode second = cluster.serve(CONFIG);
            String url = "http://127.0.0.1:" + second.port();
            String self = new JsonObject(
                            HttpClients.request("GET", url + "/admin/state", "", "Authorization", "Bearer " + ADMIN)
                                    .body())
                    .getString("self");

            assertThat(request(first, "/act", change("io.vertx", "DEBUG", 600).put("node", self))
                            .statusCode())
                    .isEqualTo(200);
            second.program().awaitOut("io.vertx has the level DEBUG now", 1);
            assertThat(request(url, "/act", change("com.hazelcast", "INFO", 600))
                            .statusCode())
                    .isEqualTo(200);
            await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
                String levels = levels(first, 0).encode() + levels(first, 1).encode();
                assertThat(levels.split("\"com.hazelcast\"", -1)).hasSize(3);
                assertThat(levels.split("\"io.vertx\"", -1)).hasSize(2);
            });
        }
    }
}
