package dev.switchboard.cluster;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Target;
import dev.switchboard.journal.Entry;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.journal.Position;
import dev.switchboard.wire.Payload;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is written and read for events that clients may miss, of 128 bytes: 18 go into a log in one step, as under load. */
@State(Scope.Thread)
public class KeptBench {
    private static final int EVENTS = 18;

    private final Payload data = Payload.of("x".repeat(126));
    private final Position position = new Position(random(), 12_345, random());
    private final Entry entry = new Entry(random(), random(), 12_345, "room", data, Set.of(), Set.of());
    private final List<Entry> entries = Collections.nCopies(EVENTS, entry);
    private final LogBounds bounds = new LogBounds(1_000, 1 << 20, 60_000, 1);
    private final HubMessage.Deliver deliver = new HubMessage.Deliver(
            Target.room("/", "room-1"),
            new Delivery("room", data).at(position),
            false,
            new HubMessage.Stamp(position, random()),
            null);

    private static long random() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    /** To the owner of the log, and to its copy. */
    @Benchmark
    public List<Entry> step() {
        byte[] bytes = JournalCodec.bytes(
                out -> JournalCodec.write(out.each(entries, JournalCodec::write).number(0), bounds));
        return JournalCodec.read(bytes, in -> in.list(JournalCodec::entry));
    }

    /** To the other nodes whose clients hear it. */
    @Benchmark
    public Parcel parcel() {
        return Parcels.read(new In(Parcels.encode(new Parcel.Tell(deliver))));
    }
}
