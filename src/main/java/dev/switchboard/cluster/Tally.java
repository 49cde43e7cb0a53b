package dev.switchboard.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.bus.Presence.Change;
import dev.switchboard.token.User;
import java.io.IOException;
import java.util.List;

/** What the owner of a place answers: how many are there, and what else was asked. */
final class Tally implements DataSerializable {
    private boolean changed;
    private int count;
    private List<User> users = List.of();

    Tally() {}

    Tally(boolean changed, int count, List<User> users) {
        this.changed = changed;
        this.count = count;
        this.users = users;
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
        out.writeBoolean(changed);
        out.writeInt(count);
        Wire.writeUsers(out, users);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        changed = in.readBoolean();
        count = in.readInt();
        users = Wire.readUsers(in);
    }
}
