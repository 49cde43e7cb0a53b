package dev.switchboard.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.journal.RecordStep;
import dev.switchboard.journal.SocketRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Takes a step of a record. Runs at its owner, which signs the answer, then at the backup. */
final class RecordProcessor
        implements EntryProcessor<String, StoredRecord, byte[]>, DataSerializable, HazelcastInstanceAware {
    /** The answer when the cluster has too few nodes for anything to be written. */
    static final byte[] TOO_FEW = {};

    /** How long one that has ended stays, so that who ended it may ask again. */
    private static final long ENDED_SECONDS = 60;

    private RecordStep step = new RecordStep.Look();

    private int nodes = 1;
    private boolean taken;
    private transient int members = Integer.MAX_VALUE;
    private transient UUID self = Tally.UNSIGNED;

    RecordProcessor() {}

    /** @param nodes how many the cluster must have */
    RecordProcessor(RecordStep step, int nodes) {
        this.step = step;
        this.nodes = nodes;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        members = hazelcast.getCluster().getMembers().size();
        self = hazelcast.getCluster().getLocalMember().getUuid();
    }

    static RecordStep.Answer answer(byte[] answer) {
        return JournalCodec.read(answer, in -> {
            JournalCodec.member(in);
            boolean done = in.flag();
            return new RecordStep.Answer(done, in.flag() ? Optional.of(JournalCodec.record(in)) : Optional.empty());
        });
    }

    @Override
    public byte[] process(Map.Entry<String, StoredRecord> place) {
        boolean begins = !(step instanceof RecordStep.Look || step instanceof RecordStep.Answered);
        if (!taken && begins && members < nodes) {
            return TOO_FEW;
        }
        taken = true;
        StoredRecord stored = place.getValue();
        RecordStep.Result result = step.apply(stored == null ? null : stored.record());
        SocketRecord record = result.record();
        if (result.done() && record != null && !(step instanceof RecordStep.Look)) {
            StoredRecord changed = new StoredRecord(record);
            if (result.kept()) {
                place.setValue(changed);
            } else {
                ((ExtendedMapEntry<String, StoredRecord>) place).setValue(changed, ENDED_SECONDS, TimeUnit.SECONDS);
            }
        }
        boolean tells = step.tells() && result.done() && record != null;
        return JournalCodec.bytes(out -> {
            JournalCodec.write(out, self);
            out.flag(result.done()).flag(tells);
            if (tells && record != null) {
                JournalCodec.write(out, record);
            }
        });
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(JournalCodec.bytes(written -> JournalCodec.write(written, step)));
        out.writeInt(nodes);
        out.writeBoolean(taken);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        step = JournalCodec.read(in.readByteArray(), JournalCodec::step);
        nodes = in.readInt();
        taken = in.readBoolean();
    }
}
