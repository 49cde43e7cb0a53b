package dev.switchboard.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import com.hazelcast.query.Predicate;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sockets whose node is lost: from now on their time runs. Finds them, and runs at their owners, then at the backups. */
final class Orphans
        implements EntryProcessor<String, StoredRecord, @Nullable Boolean>,
                Predicate<String, StoredRecord>,
                DataSerializable {
    private Set<String> there = Set.of();
    private long now;

    Orphans() {}

    /** @param there the nodes that are not lost */
    Orphans(Set<String> there, long now) {
        this.there = there;
        this.now = now;
    }

    @Override
    public boolean apply(Map.Entry<String, StoredRecord> place) {
        return place.getValue().record().deadline() == 0
                && place.getValue().record().claimer() == 0
                && !there.contains(place.getValue().record().node());
    }

    @Override
    public @Nullable Boolean process(Map.Entry<String, StoredRecord> place) {
        StoredRecord stored = place.getValue();
        if (stored != null && !there.contains(stored.record().node())) {
            stored.record().orphaned(now);
            place.setValue(stored);
        }
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeNodes(out, there);
        out.writeLong(now);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        there = Wire.readNodes(in);
        now = in.readLong();
    }
}
