package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An admin who follows a socket, on whichever node it lives. */
@Tag("cluster")
class FollowIT {
    private static final String ADMIN = AdminIT.token("admin", Tokens.KEY);

    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = serve("{\"show\": [\"log in\", \"told\"], \"mask\": [\"Password\", \"pin\"]}");
    }

    private static TestServer serve(String follow) {
        TestServer started = TestServer.start(new JsonObject("""
                {"admin": {"role": "admin", "follow": %s},
                 "namespaces": {"/": {"rates": {"flood": {"socket": "100000/s"}}}}}""".formatted(follow)));
        started.handle(on -> on.event("log in", (socket, data) -> data)
                .event("say", (socket, data) -> socket.emit("told", data).map(done -> "a secret answer"))
                .event("flood", (socket, data) -> Future.succeededFuture())
                .event("fail", (socket, data) -> Future.failedFuture("broken")));
        return started;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** One admin's look at one socket. */
    private static final class Look {
        private final TestServer at;
        private final String token;
        private final JsonObject question;
        private final List<JsonObject> seen = new ArrayList<>();
        private JsonObject last = new JsonObject();

        Look(TestServer at, TestClient client, String token, String follower) {
            this.at = at;
            this.token = token;
            this.question = new JsonObject()
                    .put("namespace", "/")
                    .put("socket", client.id())
                    .put("follower", follower);
        }

        static Look at(TestClient client) {
            Look look = new Look(server, client, ADMIN, UUID.randomUUID().toString());
            assertThat(look.ask()).isEqualTo(200);
            assertThat(look.last.getBoolean("begun")).isTrue();
            return look;
        }

        int ask() {
            HttpResponse<String> answer = HttpClients.request(
                    "POST", at.url("/admin/follow"), question.encode(), "Authorization", "Bearer " + token);
            last = new JsonObject(answer.body());
            if (answer.statusCode() == 200) {
                last.getJsonArray("seen").forEach(one -> seen.add((JsonObject) one));
            }
            return answer.statusCode();
        }

        List<String> lines() {
            return seen.stream()
                    .map(one -> (one.getBoolean("in") ? "> " : "< ") + one.getString("kind") + " "
                            + one.getString("event") + " " + one.getInteger("size", -1) + " "
                            + one.getValue("data", one.getValue("code", "hidden")))
                    .toList();
        }

        void awaitLines(String... lines) {
            await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
                ask();
                assertThat(lines()).containsExactly(lines);
            });
        }
    }

    @Test
    void messages_areSeenBothWays_dataOnlyWhereTheRuleSaysSo() {
        TestClient ann = clients.openAs("ann");
        Look look = Look.at(ann);

        ann.ack(ann.ask("say", "a secret"));
        ann.ack(ann.ask(
                "log in",
                new JsonObject()
                        .put("name", "Ann")
                        .put("password", "hush")
                        .put("more", new JsonObject().put("PIN", 1234).put("n", null))));
        ann.refusal("fail", 1);

        String shown = "{\"name\":\"Ann\",\"password\":\"•••\",\"more\":{\"PIN\":\"•••\",\"n\":null}}";
        look.awaitLines(
                "> event say 10 hidden",
                "< event told 10 \"a secret\"",
                "< ack say 17 hidden",
                "> event log in 61 " + shown,
                "< ack log in 61 " + shown,
                "> event fail 1 hidden",
                "< failure fail -1 HANDLER_FAILED");
        assertThat(look.seen.get(0).getLong("at"))
                .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
        assertThat(look.seen.toString()).doesNotContain("hush", "1234", "secret answer");
    }

    @Test
    void token_isNeverSeen() {
        TestClient ben = clients.openAs("ben");
        Look look = Look.at(ben);
        String fresh = Tokens.of("ben");

        ben.refusal("auth", new JsonObject().put("token", "bad"));
        ben.ack(ben.ask("auth", new JsonObject().put("token", fresh)));

        await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
            look.ask();
            assertThat(look.lines()).filteredOn(line -> line.contains("> auth")).hasSize(2);
        });
        assertThat(look.seen.toString()).doesNotContain(fresh, "bad");
    }

    @Test
    void whatIsTooMuch_isCounted() {
        TestClient cat = clients.openAs("cat");
        Look look = Look.at(cat);
        int many = 3_000;
        for (int n = 1; n < many; n++) {
            cat.emit("flood", n);
        }
        cat.ack(cat.ask("flood", many));

        await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
            look.ask();
            assertThat(look.seen.size() + look.last.getInteger("dropped")).isEqualTo(many + 1);
        });
        assertThat(look.last.getInteger("dropped")).isPositive();
        assertThat(look.seen).isNotEmpty();
    }

    @Test
    void following_endsWithTheSocket() {
        TestClient dog = clients.openAs("dog");
        Look look = Look.at(dog);
        HttpClients.request(
                "POST",
                server.url("/admin/act"),
                new JsonObject()
                        .put("do", "kick")
                        .put("namespace", "/")
                        .put("socket", dog.id())
                        .encode(),
                "Authorization",
                "Bearer " + ADMIN);
        dog.awaitClosed();

        assertThat(look.ask()).isEqualTo(200);
        assertThat(look.last.getBoolean("ended")).isTrue();
        assertThat(look.lines()).containsExactly("< close  -1 4003");
        assertThat(look.ask()).isEqualTo(409);
    }

    @Test
    void following_endsAtItsLimit() {
        try (TestServer brief = serve("{\"limit\": \"1s\"}");
                Clients visitors = new Clients(brief, Transport.JDK_WEBSOCKET)) {
            Look look = new Look(brief, visitors.openAs("eve"), ADMIN, "f");
            assertThat(look.ask()).isEqualTo(200);

            await().atMost(Inbox.DEADLINE).until(() -> {
                look.ask();
                return look.last.getBoolean("over");
            });
            assertThat(look.ask()).isEqualTo(200);
            assertThat(look.last.getBoolean("begun")).isTrue();
        }
    }

    @Test
    void admin_takesNothingOfAnother_andOthersSeeNothing() {
        TestClient fox = clients.openAs("fox");
        Look first = Look.at(fox);
        String other = Tokens.sign(Tokens.claims("other").put("role", "admin"), Tokens.KEY);
        Look second = new Look(server, fox, other, first.question.getString("follower"));
        assertThat(second.ask()).isEqualTo(200);
        fox.ack(fox.ask("say", 1));

        first.awaitLines("> event say 1 hidden", "< event told 1 1", "< ack say 17 hidden");
        second.awaitLines("> event say 1 hidden", "< event told 1 1", "< ack say 17 hidden");
        Look third = new Look(server, fox, Tokens.of("fox"), "f");
        assertThat(third.ask()).isEqualTo(403);
    }

    @Test
    void who_followed_isNoted() {
        Inbox<String> log = new Inbox<>();
        Logger audit = (Logger) LoggerFactory.getLogger("dev.switchboard.admin.Audit");
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                log.add(event.getFormattedMessage() + " " + event.getMDCPropertyMap());
            }
        };
        appender.start();
        audit.setLevel(Level.INFO);
        audit.addAppender(appender);
        try {
            TestClient gnu = clients.openAs("gnu");
            Look look = Look.at(gnu);
            look.ask();

            log.next("who follows whom", line -> line.contains("root") && line.contains("follows " + gnu.id()));
            assertThat(log.all().stream().filter(line -> line.contains(gnu.id())))
                    .hasSize(1);
        } finally {
            audit.detachAppender(appender);
            audit.setLevel(null);
        }
    }
}
