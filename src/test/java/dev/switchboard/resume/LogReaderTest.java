package dev.switchboard.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.bus.HubMessage.Deliver;
import dev.switchboard.journal.Entry;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.LocalJournal;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.journal.Position;
import dev.switchboard.time.NodeClock;
import dev.switchboard.wire.Payload;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogReaderTest {
    private static final String LOG = "rroom";
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final LocalJournal journal = new LocalJournal(NodeClock.SYSTEM);
    private final List<Long> delivered = new CopyOnWriteArrayList<>();
    private final AtomicInteger together = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private LogReader reader;

    @BeforeEach
    void open() throws InterruptedException {
        journal.keep("/", new LogBounds(100, 1 << 20, 60_000, 1));
        journal.open("/", LOG);
        append(1, 4);
        reader = new LogReader(journal, context, "/", LOG, new LogReader.Owner() {
            @Override
            public void deliver(List<Deliver> events) {
                together.accumulateAndGet(events.size(), Math::max);
                events.forEach(event -> delivered.add(event.stamp().position().entry()));
            }

            @Override
            public void broken(LogReader which) {
                broken.incrementAndGet();
            }
        });
        onContext(reader::open);
        assertThat(reader.at().orElseThrow().offset()).isEqualTo(3);
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    private void onContext(Runnable action) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.runOnContext(v -> {
            action.run();
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Entry entry(long id) {
        return new Entry(id, 1, id, "said", Payload.of(id), Set.of(), Set.of());
    }

    private void append(long from, long to) {
        journal.append(
                context,
                "/",
                LOG,
                LongStream.range(from, to).mapToObj(LogReaderTest::entry).toList(),
                Position.NONE);
    }

    /** The entry of a number that is its offset, too, as it comes from another node. */
    private Deliver live(long number) {
        return live(number, number - 1);
    }

    private Deliver live(long number, long before) {
        long log = reader.at().orElseThrow().log();
        return Deliver.of("/", LOG, new Kept(new Position(log, number, number), before, entry(number)));
    }

    @Test
    void take_inOrder_deliversAtOnce() throws InterruptedException {
        append(4, 7);
        onContext(() -> LongStream.range(4, 7).forEach(n -> reader.take(List.of(live(n)))));
        assertThat(delivered).containsExactly(4L, 5L, 6L);
    }

    @Test
    void take_ofSeveral_deliversThemTogether() throws InterruptedException {
        append(4, 7);
        onContext(() -> reader.take(List.of(live(5), live(4), live(6))));
        assertThat(delivered).containsExactly(4L, 5L, 6L);
        assertThat(together).hasValue(3);
    }

    @Test
    void take_ofSeveralAndThenAnotherHistory_deliversWhatIsBeforeAndBreaks() throws InterruptedException {
        append(4, 7);
        onContext(() -> reader.take(List.of(live(4), live(5), live(6, 99))));
        assertThat(delivered).containsExactly(4L, 5L);
        assertThat(broken).hasValue(1);
    }

    @Test
    void take_outOfOrderAndTwice_deliversInOrderAndOnce() throws InterruptedException {
        append(4, 8);
        onContext(() -> List.of(6L, 4L, 4L, 7L, 6L, 5L, 5L, 3L).forEach(n -> reader.take(List.of(live(n)))));
        assertThat(delivered).containsExactly(4L, 5L, 6L, 7L);
        assertThat(broken).hasValue(0);
    }

    @Test
    void take_withAHole_fetchesWhatDidNotCome() throws InterruptedException {
        append(4, 10);
        onContext(() -> reader.take(List.of(live(9))));
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(delivered).containsExactly(4L, 5L, 6L, 7L, 8L, 9L));
    }

    @Test
    void check_afterEventsThatNeverCame_fetchesThem() throws InterruptedException {
        append(4, 6);
        onContext(reader::check);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(delivered).containsExactly(4L, 5L));
    }

    @Test
    void take_ofAnotherHistory_breaks() throws InterruptedException {
        onContext(() -> reader.take(List.of(live(4, 99))));
        assertThat(broken).hasValue(1);
        assertThat(delivered).isEmpty();
        onContext(() -> reader.take(List.of(live(4, 3))));
        assertThat(delivered).isEmpty();
    }

    @Test
    void take_ofAnotherLog_breaks() throws InterruptedException {
        Deliver other = Deliver.of("/", LOG, new Kept(new Position(5, 1, 1), 0, entry(1)));
        onContext(() -> reader.take(List.of(other)));
        assertThat(broken).hasValue(1);
    }

    @Test
    void check_ofALogThatLostItsEnd_breaks() throws InterruptedException {
        // Delivered, but the node that had kept it was lost before another one had it.
        onContext(() -> reader.take(List.of(live(4))));
        onContext(reader::check);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(broken).hasValue(1));
        assertThat(delivered).containsExactly(4L);
    }
}
