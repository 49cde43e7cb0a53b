package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dialogue.DialogueHandler;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The example {@code ws-dialogue}, with shorter pauses. */
@Tag("cluster")
class DialogueIT {
    private static final int PAUSE_MILLIS = 20;
    private static final String QUESTION = "你的名字是什么";
    private static final Inbox<String> LOG = new Inbox<>();

    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        Logger logger = (Logger) LoggerFactory.getLogger(DialogueHandler.class);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                LOG.add(event.getFormattedMessage());
            }
        };
        appender.start();
        logger.addAppender(appender);
        JsonObject handlers = new JsonObject()
                .put(
                        DialogueHandler.class.getName(),
                        new JsonObject().put("config", new JsonObject().put("pauseMillis", PAUSE_MILLIS)));
        server = TestServer.start(ExampleServer.configuration("ws-dialogue").put("handlers", handlers));
    }

    @AfterAll
    static void stop() {
        server.close();
        ((Logger) LoggerFactory.getLogger(DialogueHandler.class)).detachAndStopAllAppenders();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK_WEBSOCKET", "NODE_WEBSOCKET"})
    void dialogue_ofFiveMessages_hearsFourReplies(Transport transport) {
        TestClient client = clients.connect(transport, "/", "");

        client.send("Hello!");
        for (int n = 1; n <= 3; n++) {
            assertThat(client.inbox().next()).isEqualTo(QUESTION);
            client.send("Hello, I'm Mr No." + n + "!");
        }
        assertThat(client.inbox().next()).isEqualTo(QUESTION);
        client.send("Goodbye!");
        client.hangUp();

        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
        LOG.next("the reply that nobody hears", said -> said.endsWith("it has closed the connection"));
        assertThat(client.inbox().all()).hasSize(4);
    }

    @Test
    void messagesAtOnce_areEachReplied_alsoToABinaryOne() {
        try (RawPeer peer = RawPeer.open(server.port(), "/ws")) {
            peer.text("Hello!");
            peer.text("Hello?");
            peer.frame(RawPeer.BINARY, new byte[] {1, 2});

            for (int n = 0; n < 3; n++) {
                assertThat(peer.next().text()).isEqualTo(QUESTION);
            }
        }
    }

    @Test
    void script_onATerminal_holdsTheWholeDialogue() throws Exception {
        Prerequisites.require(NodePuppet.missing());
        String url = "ws://127.0.0.1:" + server.nextPort() + "/ws";
        Process node = new ProcessBuilder(
                        "node", "--experimental-websocket", "webroot/ws-dialogue/client.mjs", url, "" + PAUSE_MILLIS)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        List<String> said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(node.waitFor(Inbox.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .containsExactly(
                        "client: Hello!",
                        "server: " + QUESTION,
                        "client: Hello, I'm Mr No.1!",
                        "server: " + QUESTION,
                        "client: Hello, I'm Mr No.2!",
                        "server: " + QUESTION,
                        "client: Hello, I'm Mr No.3!",
                        "server: " + QUESTION,
                        "client: Goodbye!",
                        "client: Closed.");
        assertThat(node.exitValue()).isZero();
    }
}
