package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.journal.Entry;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.journal.Position;
import dev.switchboard.journal.RecordStep;
import dev.switchboard.journal.RoomLog;
import dev.switchboard.journal.SocketRecord;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JournalCodecTest {
    private static final JsonObject STATE =
            new JsonObject().put("key", "k").put("attributes", new JsonObject().put("ü", 1));

    @Test
    void log_writtenAndRead_isTheSame() {
        RoomLog log = new RoomLog(Long.MAX_VALUE, new LogBounds(3, 1 << 20, 60_000, 2));
        log.append(
                List.of(
                        new Entry(1, 2, 3, "said", Payload.of("ü"), Set.of(), Set.of("s1")),
                        new Entry(4, 5, 6, "said", Payload.absent(), Set.of("a", "b"), Set.of()),
                        new Entry(7, 8, 9, "said", Payload.ofBinary(new byte[] {1}), Set.of(), Set.of())),
                Position.NONE,
                77);
        RoomLog read = JournalCodec.read(JournalCodec.bytes(out -> JournalCodec.write(out, log)), JournalCodec::log);
        assertThat(read.items()).isEqualTo(log.items());
        assertThat(read.base()).isEqualTo(log.base());
        assertThat(read.bounds()).isEqualTo(log.bounds());
        assertThat(read.after(new Position(Long.MAX_VALUE, 1, 1)))
                .isEqualTo(log.after(new Position(Long.MAX_VALUE, 1, 1)));
    }

    @Test
    void record_writtenAndRead_isTheSame() {
        Map<Long, SocketRecord.Asked> asked = new LinkedHashMap<>();
        asked.put(1L, new SocketRecord.Asked("a", Optional.of(new JsonObject().put("json", "1"))));
        asked.put(2L, new SocketRecord.Asked("b", Optional.empty()));
        SocketRecord record = SocketRecord.restored(
                new SocketRecord("ann", 60_000, 3, "a", "key", STATE), "former", 1_795_907_592_704L, 5, asked);
        SocketRecord read =
                JournalCodec.read(JournalCodec.bytes(out -> JournalCodec.write(out, record)), JournalCodec::record);
        assertThat(read)
                .usingRecursiveComparison()
                .withEqualsForType(JsonObject::equals, JsonObject.class)
                .isEqualTo(record);
        assertThat(read.asked().keySet()).containsExactly(1L, 2L);
    }

    static Stream<RecordStep> steps() {
        return Stream.of(
                new RecordStep.Create("ann", 60_000, "a", "key", STATE),
                new RecordStep.Write(2, STATE),
                new RecordStep.Take("", "key", "next", "b", 77),
                new RecordStep.Confirm(2),
                new RecordStep.Leave(2, 77),
                new RecordStep.Begin(2, List.of(1L, 1L << 52)),
                new RecordStep.Answered(7, new JsonObject().put("json", "1")),
                new RecordStep.Answered(7, null),
                new RecordStep.End(0, 77, 5),
                new RecordStep.Look());
    }

    @ParameterizedTest
    @MethodSource("steps")
    void step_writtenAndRead_isTheSame(RecordStep step) {
        assertThat(JournalCodec.read(JournalCodec.bytes(out -> JournalCodec.write(out, step)), JournalCodec::step))
                .isEqualTo(step);
    }
}
