package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.journal.Entry;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.journal.Position;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster of two, of which one is lost. */
@Timeout(60)
final class HazelcastJournalTest {
    private static final String LOG = "room:a";

    private final Vertx vertx = Vertx.vertx();
    private PresenceNode node;
    private PresenceNode other;
    private HazelcastJournal journal;

    @BeforeEach
    void start() throws Exception {
        node = PresenceNode.first(vertx);
        other = node.another(vertx);
        await().atMost(30, TimeUnit.SECONDS).until(() -> node.members() == 2);
        journal = new HazelcastJournal(node.hazelcast(), new Members(node.hazelcast()), vertx);
        result(journal.ready());
    }

    @AfterEach
    void end() throws Exception {
        other.crash();
        node.crash();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    /** Keeps one entry of a namespace, and returns where its log began. */
    private Position keep(String namespace, int nodes) throws Exception {
        result(journal.keep(namespace, new LogBounds(100, 100_000, 60_000, nodes)));
        Position begin = result(journal.open(namespace, LOG));
        Entry entry = new Entry(7, 1, 1, "news", Payload.of("first"), Set.of(), Set.of());
        result(journal.append(vertx.getOrCreateContext(), namespace, LOG, List.of(entry), begin));
        return begin;
    }

    private void loseTheOther() {
        other.crash();
        await().atMost(30, TimeUnit.SECONDS).until(() -> node.members() == 1);
    }

    private static void assertNotKept(Future<?> asked) {
        assertThatThrownBy(() -> result(asked))
                .isInstanceOfSatisfying(
                        EventException.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.NOT_KEPT.name()));
    }

    @Test
    void read_whereTooFewAreLeft_fails_asAWriteDoes() throws Exception {
        Position begin = keep("/two", 2);
        assertThat(result(journal.after("/two", LOG, begin)).orElseThrow()).hasSize(1);

        loseTheOther();

        assertNotKept(journal.after("/two", LOG, begin));
        assertNotKept(journal.open("/two", LOG));
    }

    @Test
    void read_whereOneIsEnough_goesOn() throws Exception {
        Position begin = keep("/one", 1);

        loseTheOther();

        assertThat(result(journal.after("/one", LOG, begin)).orElseThrow())
                .singleElement()
                .satisfies(kept -> assertThat(kept.entry().id()).isEqualTo(7));
    }
}
