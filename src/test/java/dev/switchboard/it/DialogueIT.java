package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dialogue.DialogueHandler;
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
    /** Long enough for a client to be gone before the reply to its last message. */
    private static final int PAUSE_MILLIS = 200;

    private static final String QUESTION = "你的名字是什么";
    private static final List<String> FIVE =
            List.of("Hello!", "Hello, I'm Mr No.1!", "Hello, I'm Mr No.2!", "Hello, I'm Mr No.3!", "Goodbye!");

    private static final Inbox<String> LOG = new Inbox<>();

    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        Logger logger = (Logger) LoggerFactory.getLogger(DialogueHandler.class);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                LOG.add(event.getFormattedMessage());
            }
        };
        appender.start();
        logger.addAppender(appender);
        server = ExampleServer.startDialogue(PAUSE_MILLIS);
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

        client.send(FIVE.get(0));
        for (String answer : FIVE.subList(1, 5)) {
            assertThat(client.inbox().next()).isEqualTo(QUESTION);
            client.send(answer);
        }
        client.hangUp();

        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
        for (String said : FIVE) {
            LOG.next(said, ("Heard: \"" + said + '"')::equals);
        }
        LOG.next("the reply that nobody hears", said -> said.endsWith("There is no such socket"));
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
                        "node", "--experimental-websocket", "webroot/ws-dialogue/client.mjs", url, "10")
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
