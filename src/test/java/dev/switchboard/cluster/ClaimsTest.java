package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import dev.switchboard.bus.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who of several nodes has an id; each node is a member of its own, all in this JVM. */
final class ClaimsTest {
    private static final Target ANN = Target.socket("/", "ann");

    private final Vertx vertx = Vertx.vertx();
    private final List<PresenceNode> nodes = new ArrayList<>();

    @AfterEach
    void end() {
        nodes.forEach(PresenceNode::crash);
        get(vertx.close());
    }

    private Claims node() {
        PresenceNode node =
                nodes.isEmpty() ? PresenceNode.first(vertx) : nodes.get(0).another(vertx);
        nodes.add(node);
        return new Claims(node.hazelcast(), node.id(), new Members(node.hazelcast()), vertx);
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private IMap<String, String> map() {
        return nodes.get(0).hazelcast().getMap("__switchboard.ids");
    }

    @Test
    void claim_byTwoNodesAtTheSameMoment_isOnes() {
        Claims a = node();
        Claims b = node();
        List<Target> ids = IntStream.range(0, 200)
                .mapToObj(n -> Target.socket("/", "id " + n))
                .toList();

        List<Future<Boolean>> ofA = new ArrayList<>();
        List<Future<Boolean>> ofB = new ArrayList<>();
        for (Target id : ids) {
            ofA.add(a.claim(id));
            ofB.add(b.claim(id));
        }

        for (int n = 0; n < ids.size(); n++) {
            assertThat(get(ofA.get(n))).isNotEqualTo(get(ofB.get(n)));
        }
    }

    @Test
    void claim_afterARelease_isFreeAndThatOfANamespaceIsItsOwn() {
        Claims a = node();
        Claims b = node();
        assertThat(get(a.claim(ANN))).isTrue();
        assertThat(get(b.claim(ANN))).isFalse();
        assertThat(get(b.claim(Target.socket("/chat", "ann")))).isTrue();

        get(b.release(ANN));
        assertThat(get(b.claim(ANN))).isFalse();
        get(a.release(ANN));

        assertThat(get(b.claim(ANN))).isTrue();
    }

    @Test
    void claim_ofWhatALostNodeHad_isFreeAndForgotten() {
        Claims a = node();
        Claims b = node();
        Claims c = node();
        assertThat(get(b.claim(ANN))).isTrue();
        assertThat(get(b.claim(Target.socket("/", "bob")))).isTrue();
        assertThat(get(c.claim(Target.socket("/", "mia")))).isTrue();

        nodes.get(1).crash();
        await().until(() -> nodes.get(0).members() == 2);

        assertThat(get(a.claim(ANN))).isTrue();
        assertThat(get(c.claim(ANN))).isFalse();
        get(a.forgetLost());
        assertThat(map().keySet()).containsOnly("/\nann", "/\nmia");
    }

    @Test
    void reassert_afterThePartitionsOfTheMapWereLost_keepsWhatIsHere() {
        Claims a = node();
        Claims b = node();
        assertThat(get(a.claim(ANN))).isTrue();

        map().clear();
        a.reassert();

        await().atMost(Duration.ofSeconds(10)).until(() -> map().containsKey("/\nann"));
        assertThat(get(b.claim(ANN))).isFalse();
    }
}
