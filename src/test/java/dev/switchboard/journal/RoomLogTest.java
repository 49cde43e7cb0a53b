package dev.switchboard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RoomLogTest {
    private static final long DAY = 86_400_000;

    private static RoomLog log(int entries, int bytes, long window) {
        return new RoomLog(7, new LogBounds(entries, bytes, window, 1));
    }

    private static Entry entry(long id) {
        return new Entry(id, 1, id, "said", Payload.of(id), Set.of(), Set.of());
    }

    private static List<Entry> entries(long from, long to) {
        return LongStream.range(from, to).mapToObj(RoomLogTest::entry).toList();
    }

    private static List<Long> ids(List<Kept> kept) {
        return kept.stream().map(one -> one.entry().id()).toList();
    }

    @Test
    void append_severalTimes_numbersWithoutAGapAndLinksEachToTheOneBefore() {
        RoomLog log = log(100, 1 << 20, DAY);
        assertThat(log.append(entries(1, 4), Position.NONE, 0)).isEqualTo(new Placed(7, 1, 0));
        assertThat(log.append(entries(4, 6), Position.NONE, 0)).isEqualTo(new Placed(7, 4, 3));
        assertThat(log.head()).isEqualTo(new Position(7, 5, 5));
        assertThat(log.after(new Position(7, 3, 3)).orElseThrow())
                .containsExactly(
                        new Kept(new Position(7, 4, 4), 3, entry(4)), new Kept(new Position(7, 5, 5), 4, entry(5)));
    }

    @Test
    void append_ofTheSameAgain_isWhereItWas() {
        RoomLog log = log(100, 1 << 20, DAY);
        log.append(entries(1, 3), Position.NONE, 0);
        Placed first = log.append(entries(3, 5), new Position(7, 2, 2), 0);
        log.append(entries(5, 6), Position.NONE, 0);
        assertThat(log.append(entries(3, 5), new Position(7, 2, 2), 0)).isEqualTo(first);
        assertThat(log.head()).isEqualTo(new Position(7, 5, 5));
    }

    @Test
    void append_ofTheSameAgain_toALogThatLostItsLastEntries_isWhereItWas() {
        RoomLog log = log(100, 1 << 20, DAY);
        log.append(entries(1, 3), Position.NONE, 0);
        Position lost = new Position(7, 4, 99);
        Placed first = log.append(entries(3, 5), lost, 0);
        log.append(entries(5, 6), Position.NONE, 0);

        assertThat(log.append(entries(3, 5), lost, 0)).isEqualTo(first);
        assertThat(log.head()).isEqualTo(new Position(7, 5, 5));
    }

    @Test
    void after_aPositionOfAnotherHistory_isUnknown() {
        RoomLog log = log(100, 1 << 20, DAY);
        log.append(entries(1, 6), Position.NONE, 0);
        assertThat(log.after(new Position(8, 3, 3))).isEmpty();
        assertThat(log.after(new Position(7, 3, 99))).isEmpty();
        assertThat(log.after(new Position(7, 6, 6))).isEmpty();
        assertThat(log.after(new Position(7, 0, 0)).orElseThrow()).hasSize(5);
        assertThat(log.after(new Position(7, 5, 5)).orElseThrow()).isEmpty();
    }

    @Test
    void after_whatWasForgotten_isUnknownButForTheLastOfIt() {
        RoomLog log = log(3, 1 << 20, DAY);
        log.append(entries(1, 8), Position.NONE, 0);
        assertThat(ids(log.after(new Position(7, 4, 4)).orElseThrow())).containsExactly(5L, 6L, 7L);
        assertThat(log.after(new Position(7, 3, 3))).isEmpty();
        assertThat(log.after(new Position(7, 4, 5))).isEmpty();
    }

    @Test
    void trim_byBytesAndAge_keepsTheNewest() {
        RoomLog small = log(100, 300, DAY);
        small.append(entries(1, 20), Position.NONE, 0);
        assertThat(small.items()).hasSizeBetween(1, 3);
        RoomLog brief = log(100, 1 << 20, 1_000);
        brief.append(entries(1, 3), Position.NONE, 0);
        brief.append(entries(3, 5), Position.NONE, 900);
        brief.trim(1_500);
        assertThat(ids(brief.after(new Position(7, 2, 2)).orElseThrow())).containsExactly(3L, 4L);
        brief.trim(5_000);
        assertThat(brief.head()).isEqualTo(new Position(7, 4, 4));
        assertThat(brief.after(new Position(7, 4, 4)).orElseThrow()).isEmpty();
        assertThat(brief.after(new Position(7, 3, 3))).isEmpty();
    }

    @Test
    void clock_thatJumps_forgetsEarlyOrKeepsLonger_andNeverTellsOfLess() {
        RoomLog log = log(100, 1 << 20, 60_000);
        log.append(entries(1, 3), Position.NONE, DAY);
        log.append(entries(3, 4), Position.NONE, DAY - 3_600_000);
        assertThat(ids(log.after(new Position(7, 1, 1)).orElseThrow()))
                .as("an hour back")
                .containsExactly(2L, 3L);
        log.append(entries(4, 5), Position.NONE, DAY + 3_600_000);
        assertThat(log.after(new Position(7, 1, 1)))
                .as("an hour on: whoever lacks more is told")
                .isEmpty();
        assertThat(ids(log.after(new Position(7, 3, 3)).orElseThrow())).containsExactly(4L);
    }

    /** Whoever reads from any position that is told as known gets exactly what came after it. */
    @Property(tries = 300)
    void after_anyPosition_isExactOrUnknown(
            @ForAll List<@IntRange(min = 1, max = 9) Integer> batches,
            @ForAll @IntRange(min = 1, max = 20) int most,
            @ForAll @IntRange(max = 60) int from) {
        RoomLog log = log(most, 1 << 20, DAY);
        List<Long> all = new ArrayList<>();
        for (int size : batches) {
            List<Entry> batch = entries(all.size() + 1, all.size() + 1 + size);
            log.append(batch, new Position(7, all.size(), all.size()), 0);
            batch.forEach(one -> all.add(one.id()));
        }
        boolean known = from <= all.size() && from >= all.size() - most;
        assertThat(log.after(new Position(7, from, from)).map(RoomLogTest::ids))
                .isEqualTo(known ? java.util.Optional.of(all.subList(from, all.size())) : java.util.Optional.empty());
    }

    @Test
    void position_asText_isReadBack() {
        Position position = new Position(Long.MAX_VALUE, 123_456, 42);
        assertThat(Position.parse(position.text())).contains(position);
        assertThat(Position.parse("")).isEmpty();
        assertThat(Position.parse("a:b")).isEmpty();
        assertThat(Position.parse("a:b:ü")).isEmpty();
        assertThat(Position.parse("zzzzzzzzzzzzzzzzzzzz:1:1")).isEmpty();
    }
}
