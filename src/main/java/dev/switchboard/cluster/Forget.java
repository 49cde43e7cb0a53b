package dev.switchboard.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.token.User;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes lost nodes out of a place, and tells who is not there any more. Runs at the owner of the place, then at its
 * backup.
 *
 * <p>It knows beforehand who will be gone: when the owner is lost before it answered, the backup, which has taken the
 * nodes out already, can tell the same.
 */
final class Forget extends SignedProcessor implements DataSerializable {
    private Set<String> nodes = Set.of();
    private List<User> expected = List.of();

    Forget() {}

    Forget(Set<String> nodes, List<User> expected) {
        this.nodes = nodes;
        this.expected = expected;
    }

    @Override
    public Tally process(Map.Entry<String, Roll> place) {
        Roll there = place.getValue();
        Roll roll = there == null ? new Roll() : there;
        Map<String, User> gone = new LinkedHashMap<>();
        expected.forEach(user -> gone.put(user.id(), user));
        roll.users().forEach(user -> gone.put(user.id(), user));
        roll.forget(nodes);
        gone.values().removeIf(roll::has);
        place.setValue(roll.size() == 0 ? null : roll);
        return new Tally(signature(), false, roll.size(), List.copyOf(gone.values()));
    }

    @Override
    public EntryProcessor<String, Roll, Tally> getBackupProcessor() {
        return new Forget(nodes, List.of());
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeNodes(out, nodes);
        Wire.writeUsers(out, expected);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        nodes = Wire.readNodes(in);
        expected = Wire.readUsers(in);
    }
}
