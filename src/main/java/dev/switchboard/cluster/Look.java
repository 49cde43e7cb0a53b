package dev.switchboard.cluster;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is at a place, or only how many. Runs at the owner of the place, so that a number travels and no list. */
final class Look implements EntryProcessor<String, Roll, Tally>, ReadOnly, DataSerializable {
    private boolean listed;

    Look() {}

    Look(boolean listed) {
        this.listed = listed;
    }

    @Override
    public Tally process(Map.Entry<String, Roll> place) {
        Roll roll = place.getValue();
        return roll == null
                ? new Tally()
                : new Tally(Tally.UNSIGNED, false, roll.size(), listed ? roll.users() : List.of());
    }

    @Override
    public @Nullable EntryProcessor<String, Roll, Tally> getBackupProcessor() {
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeBoolean(listed);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        listed = in.readBoolean();
    }
}
