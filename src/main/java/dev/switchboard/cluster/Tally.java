package dev.switchboard.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.bus.Presence.Change;
import dev.switchboard.token.User;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** What the owner of a place answers: how many are there, and what else was asked. */
final class Tally implements DataSerializable {
    /** In the place of a signature where none is needed. */
    static final UUID UNSIGNED = new UUID(0, 0);

    private UUID signature = UNSIGNED;
    private boolean changed;
    private int count;
    private List<User> users = List.of();

    Tally() {}

    /** @param signature the member that answers */
    Tally(UUID signature, boolean changed, int count, List<User> users) {
        this.signature = signature;
        this.changed = changed;
        this.count = count;
        this.users = users;
    }

    UUID signature() {
        return signature;
    }

    Change change() {
        return new Change(changed, count);
    }

    int count() {
        return count;
    }

    List<User> users() {
        return users;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(signature.getMostSignificantBits());
        out.writeLong(signature.getLeastSignificantBits());
        out.writeBoolean(changed);
        out.writeInt(count);
        Wire.writeUsers(out, users);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        signature = new UUID(in.readLong(), in.readLong());
        changed = in.readBoolean();
        count = in.readInt();
        users = Wire.readUsers(in);
    }
}
