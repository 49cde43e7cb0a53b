package dev.switchboard.cluster;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is at a place through one of some nodes, or through any other; null when nobody. Runs at the owner of the place. */
final class Search implements EntryProcessor<String, Roll, @Nullable Roll>, ReadOnly, DataSerializable {
    private Set<String> nodes = Set.of();
    private boolean others;

    Search() {}

    private Search(Set<String> nodes, boolean others) {
        this.nodes = nodes;
        this.others = others;
    }

    static Search through(String node) {
        return new Search(Set.of(node), false);
    }

    static Search throughOthersThan(Set<String> nodes) {
        return new Search(nodes, true);
    }

    @Override
    public @Nullable Roll process(Map.Entry<String, Roll> place) {
        Roll found = place.getValue().through(node -> nodes.contains(node) != others);
        return found.size() == 0 ? null : found;
    }

    @Override
    public @Nullable EntryProcessor<String, Roll, @Nullable Roll> getBackupProcessor() {
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeNodes(out, nodes);
        out.writeBoolean(others);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        nodes = Wire.readNodes(in);
        others = in.readBoolean();
    }
}
