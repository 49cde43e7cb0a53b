package dev.switchboard.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.journal.Entry;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.journal.Placed;
import dev.switchboard.journal.Position;
import dev.switchboard.journal.RoomLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Appends to a log, or opens it. Runs at its owner, then at the backup. Answers three numbers that say where, and the two of
 * who says so; {@link #TOO_FEW} when the cluster has too few nodes for anything to be written.
 */
final class LogStep implements EntryProcessor<String, StoredLog, long[]>, DataSerializable, HazelcastInstanceAware {
    static final long[] TOO_FEW = {};

    /** Bytes besides the entries, about. */
    private static final int HEAD = 64;

    /** The log outlives by this much what is in it. */
    private static final int LIVES = 2;

    private List<Entry> entries = List.of();
    private Position since = Position.NONE;
    private long id;
    private LogBounds bounds = new LogBounds(1, 1, 1, 1);
    private long now;
    private transient int members = Integer.MAX_VALUE;
    private transient UUID self = Tally.UNSIGNED;

    LogStep() {}

    /** Appends. */
    LogStep(List<Entry> entries, Position since, LogBounds bounds) {
        this.entries = entries;
        this.since = since;
        this.bounds = bounds;
    }

    /** Opens, with this number if it is to be made. */
    LogStep(long id, LogBounds bounds) {
        this.id = id;
        this.bounds = bounds;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        members = hazelcast.getCluster().getMembers().size();
        self = hazelcast.getCluster().getLocalMember().getUuid();
    }

    /** The member that has answered. */
    static UUID signature(long[] answer) {
        return new UUID(answer[3], answer[4]);
    }

    @Override
    public long[] process(Map.Entry<String, StoredLog> place) {
        boolean atOwner = now == 0;
        if (atOwner && members < bounds.nodes()) {
            return TOO_FEW;
        }
        now = atOwner ? System.currentTimeMillis() : now;
        StoredLog stored = place.getValue();
        if (stored == null && !entries.isEmpty()) {
            return numbers(Placed.NOWHERE);
        }
        StoredLog log = stored == null ? new StoredLog(new RoomLog(id, bounds)) : stored;
        long[] where = act(log.log());
        long millis = LIVES * log.log().bounds().windowMillis();
        ((ExtendedMapEntry<String, StoredLog>) place).setValue(log, millis, TimeUnit.MILLISECONDS);
        return where;
    }

    private long[] act(RoomLog log) {
        if (!entries.isEmpty()) {
            return numbers(log.append(entries, since, now));
        }
        log.trim(now);
        Position head = log.head();
        return numbers(head.log(), head.offset(), head.entry());
    }

    private long[] numbers(Placed placed) {
        return numbers(placed.log(), placed.first(), placed.before());
    }

    private long[] numbers(long log, long offset, long entry) {
        return new long[] {log, offset, entry, self.getMostSignificantBits(), self.getLeastSignificantBits()};
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        int size = HEAD + entries.stream().mapToInt(Entry::cost).sum();
        out.writeByteArray(JournalCodec.bytes(size, written -> {
            JournalCodec.write(written.each(entries, JournalCodec::write), since);
            JournalCodec.write(written.number(id), bounds);
            written.number(now);
        }));
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        JournalCodec.read(in.readByteArray(), read -> {
            entries = read.list(JournalCodec::entry);
            since = JournalCodec.position(read);
            id = read.number();
            bounds = JournalCodec.bounds(read);
            now = read.number();
            return this;
        });
    }
}
