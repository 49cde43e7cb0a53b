package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chat example on several nodes, each a JVM, of which some are killed while people talk. */
@Timeout(200)
class ChatClusterIT {
    /** How long a cluster waits for a member that says nothing: who waits for the dead node is held up as long. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Pattern NODE = Pattern.compile("node [0-9a-f]{8}");

    @AutoClose
    private static Chromium chromium;

    @TempDir
    private Path folder;

    private final JsonObject configuration = ChatServer.configuration();
    private final List<ForkedNode> nodes = new ArrayList<>();
    private ForkedCluster cluster;
    private People people;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @BeforeEach
    void start() throws IOException {
        cluster = new ForkedCluster(folder);
        people = new People(
                chromium,
                () -> "http://127.0.0.1:" + nodes.get(nodes.size() - 1).port() + "/");
        people.excuseAbsence();
    }

    @AfterEach
    void stop() {
        try {
            people.close();
        } finally {
            cluster.close();
        }
    }

    /** Somebody comes in at a new node. */
    private ChatPage comes(String name) throws IOException {
        nodes.add(cluster.serve(configuration));
        ChatPage page = people.comes(name);
        assertThat(page.node()).hasText(NODE);
        return page;
    }

    /** Both say something in the room, and to each other. */
    private static void talk(String words, ChatPage one, ChatPage other) {
        for (ChatPage each : List.of(one, other)) {
            each.show("lobby");
        }
        say(words, one, other);
        one.talkTo(other);
        other.talkTo(one);
        say(words + ", in private", one, other);
    }

    private static void say(String words, ChatPage one, ChatPage other) {
        String first = words + ", says " + one.name();
        String second = words + ", says " + other.name();
        one.tell(first);
        assertThat(other.author(first)).hasText(one.name());
        other.tell(second);
        assertThat(one.author(second)).hasText(other.name());
    }

    @Test
    void kill_ofANode_costsTheOthersNothingAndItsPageComesBack() throws IOException {
        ChatPage ann = comes("Ann");
        ChatPage bob = comes("Bob");
        ChatPage mia = comes("Mia");
        talk("hello", ann, bob);
        assertThat(List.of(ann, bob, mia))
                .extracting(page -> page.node().textContent())
                .doesNotHaveDuplicates();
        assertThat(mia.message("hello, says " + ann.name())).hasCount(1);
        for (ChatPage each : List.of(ann, bob, mia)) {
            assertThat(each.online()).hasText("3 online");
        }

        nodes.get(2).kill();
        long killed = System.nanoTime();
        talk("still here", ann, bob);
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(SILENCE);
        for (ChatPage each : List.of(ann, bob)) {
            assertThat(each.person(mia)).hasCount(0);
            assertThat(each.online()).hasText("2 online");
            each.show("lobby");
            assertThat(each.member(mia)).hasCount(0);
            assertThat(each.note(mia.name() + " left")).hasCount(1);
        }
        assertThat(mia.banner()).containsText("Connection lost.");

        cluster.serveAt(nodes.get(2).port(), configuration);
        mia.assertConnected();
        for (ChatPage each : List.of(ann, bob, mia)) {
            assertThat(each.online()).hasText("3 online");
        }

        String node = ann.node().textContent();
        nodes.get(0).kill();
        assertThat(ann.banner()).containsText("Connection lost.");
        assertThat(ann.node()).hasText("");
        ann.say("written meanwhile");
        assertThat(ann.drafts()).containsText("Sending…");
        assertThat(bob.member(ann)).hasCount(0);
        assertThat(bob.online()).hasText("2 online");

        cluster.serveAt(nodes.get(0).port(), configuration);
        ann.assertConnected();
        assertThat(ann.node()).hasText(NODE);
        assertThat(ann.node()).not().hasText(node);
        assertThat(bob.author("written meanwhile")).hasText(ann.name());
        assertThat(ann.drafts()).hasCount(0);
        talk("here again", bob, ann);
        for (ChatPage each : List.of(ann, bob, mia)) {
            assertThat(each.online()).hasText("3 online");
        }
    }
}
