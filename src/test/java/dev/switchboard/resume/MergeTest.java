package dev.switchboard.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.Entry;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.Position;
import dev.switchboard.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class MergeTest {
    /** Senders send to logs in an order of their own; the logs see some interleaving of the senders. */
    @Property(tries = 200)
    void of_logsOfSeveralSenders_keepsTheOrderOfEachLogAndEachSender(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int count, @ForAll @IntRange(max = 200) int events) {
        Random random = new Random(seed);
        List<List<Kept>> logs = new ArrayList<>();
        for (int log = 0; log < count; log++) {
            logs.add(new ArrayList<>());
        }
        long[] numbers = new long[4];
        for (int n = 0; n < events; n++) {
            int sender = random.nextInt(numbers.length);
            List<Kept> log = logs.get(random.nextInt(count));
            Entry entry = new Entry(n + 1, sender, ++numbers[sender], "e", Payload.absent(), Set.of(), Set.of());
            log.add(new Kept(new Position(1, log.size() + 1, n + 1), 0, entry));
        }
        List<Kept> merged = Merge.of(logs, (log, kept) -> kept);
        assertThat(merged).hasSize(events);
        logs.forEach(log ->
                assertThat(merged.stream().filter(log::contains).toList()).isEqualTo(log));
        for (long sender = 0; sender < numbers.length; sender++) {
            long who = sender;
            assertThat(merged.stream()
                            .map(Kept::entry)
                            .filter(entry -> entry.sender() == who)
                            .map(Entry::number)
                            .toList())
                    .isSorted();
        }
    }
}
