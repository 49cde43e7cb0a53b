package dev.switchboard.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.Position;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what follows a position of a log. Runs at its owner. Answers who says so, and then what follows, if that can be told;
 * {@link #TOO_FEW} when the cluster has too few nodes for anything to be kept: what it has may not be what the others have.
 */
final class LogLook
        implements EntryProcessor<String, StoredLog, byte[]>, ReadOnly, DataSerializable, HazelcastInstanceAware {
    static final byte[] TOO_FEW = {};

    private Position after = Position.NONE;
    private int nodes = 1;
    private transient int members = Integer.MAX_VALUE;
    private transient UUID self = Tally.UNSIGNED;

    LogLook() {}

    /** @param nodes how many the cluster must have */
    LogLook(Position after, int nodes) {
        this.after = after;
        this.nodes = nodes;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        members = hazelcast.getCluster().getMembers().size();
        self = hazelcast.getCluster().getLocalMember().getUuid();
    }

    static Optional<List<Kept>> answer(byte[] answer) {
        return JournalCodec.read(answer, in -> {
            JournalCodec.member(in);
            return in.flag() ? Optional.of(in.list(JournalCodec::kept)) : Optional.empty();
        });
    }

    @Override
    public byte[] process(Map.Entry<String, StoredLog> place) {
        if (members < nodes) {
            return TOO_FEW;
        }
        StoredLog stored = place.getValue();
        Optional<List<Kept>> following =
                stored == null ? Optional.empty() : stored.log().after(after);
        return JournalCodec.bytes(out -> {
            JournalCodec.write(out, self);
            out.flag(following.isPresent());
            following.ifPresent(all -> out.each(all, JournalCodec::write));
        });
    }

    @Override
    public @Nullable EntryProcessor<String, StoredLog, byte[]> getBackupProcessor() {
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(JournalCodec.bytes(written -> JournalCodec.write(written, after)));
        out.writeInt(nodes);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        after = JournalCodec.read(in.readByteArray(), JournalCodec::position);
        nodes = in.readInt();
    }
}
