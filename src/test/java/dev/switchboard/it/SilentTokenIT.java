package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Nothing that is logged at whatever level, and no answer to a fault, shows a token or the key. */
@EveryTransport
class SilentTokenIT {
    private static final List<String> LOGGERS = List.of("dev.switchboard", "io.vertx");

    private final TestServer server;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<String> answers = new ArrayList<>();

    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            lines.add(event.getMDCPropertyMap() + " " + event.getKeyValuePairs());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                lines.add(String.valueOf(cause.getMessage()));
            }
        }
    };

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    SilentTokenIT(Transport transport) {
        this.transport = transport;
        appender.start();
        for (String name : LOGGERS) {
            logger(name).setLevel(Level.TRACE);
            logger(name).setAdditive(false);
            logger(name).addAppender(appender);
        }
        server = TestServer.start("{\"/\": {}}");
        clients = new Clients(server, transport);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @BeforeEach
    void handle() {
        server.handle(
                "/",
                1,
                ThreadingModel.WORKER,
                on -> on.event("fail", (socket, data) -> {
                    throw new IllegalStateException("on purpose");
                }));
    }

    @AfterEach
    void restore() {
        server.close();
        for (String name : LOGGERS) {
            logger(name).detachAppender(appender);
            logger(name).setAdditive(true);
            logger(name).setLevel(null);
        }
    }

    private void refused(String query) {
        TestClient client = clients.dial(transport, "/", query);
        client.awaitClosed();
        answers.add(client.inbox().all().toString());
    }

    private void request(String method, String path, String... headers) {
        answers.add(HttpClients.request(method, server.url(path), "", headers).body());
    }

    @Test
    void tokens_goodAndBadInEveryWay_areNeverShown() {
        String good = Tokens.of("ann");
        String bad = Tokens.sign(Tokens.claims("eve"), "another key, of more than thirty-two bytes");
        String expired = Tokens.until("eve", Instant.now().minusSeconds(5));
        String unsigned = Tokens.unsigned("eve");
        String malformed = "AAAAmalformedAAAA.BBBB.CCCC";
        String huge = "hhhh".repeat(2000) + good;

        TestClient client = clients.open("/", Clients.query("token", good));
        client.refusal("fail", 1);
        client.refusal("auth", new JsonObject().put("token", bad));
        client.refusal("auth", new JsonObject().put("token", malformed));
        answers.add(client.inbox().all().toString());
        for (String token : List.of(bad, expired, unsigned, malformed)) {
            refused(Clients.query("token", token));
        }
        byRawPeer("GET " + transport.path("/") + "?token=" + good + "%zz HTTP/1.1\r\nHost: a\r\n\r\n");
        byRawPeer("GET " + transport.path("/") + "?token=" + good + " HTTP/9.9\r\nHost: a\r\n\r\n");
        byRawPeer("GET " + transport.path("/") + "?token=" + huge + " HTTP/1.1\r\nHost: a\r\n\r\n");
        byRawPeer("POST /token HTTP/1.1\r\nAuthorization: Bearer " + good + "\u0001\r\nHost: a\r\n\r\n");
        for (String token : List.of(good, bad, expired, malformed, huge)) {
            request("GET", "/nothing?token=" + token.substring(0, Math.min(3000, token.length())));
            request(
                    "DELETE",
                    "/token",
                    "Authorization",
                    "Bearer " + token.substring(0, Math.min(6000, token.length())));
            request("PUT", "/token", "Authorization", "Bearer " + token.substring(0, Math.min(6000, token.length())));
        }
        client.awaitClosed(); // revoked
        refused(Clients.query("token", good));

        assertThat(lines).isNotEmpty();
        for (String secret : List.of(good, bad, expired, malformed, unsigned)) {
            for (String part : secret.split("\\.", 0)) {
                assertSilent(part);
            }
        }
        assertSilent("hhhhhhhh");
        assertSilent(Tokens.KEY);
    }

    /** The header of tokens is the same for all, and no secret. */
    private void assertSilent(String secret) {
        if (secret.length() > 8 && !secret.startsWith("eyJhbGciOi")) {
            assertThat(lines).filteredOn(line -> line.contains(secret)).isEmpty();
            assertThat(answers).filteredOn(answer -> answer.contains(secret)).isEmpty();
        }
    }

    private void byRawPeer(String text) {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            answers.add(String.valueOf(peer.request(text)));
        } catch (java.io.UncheckedIOException closed) {
            answers.add("closed");
        }
    }
}
