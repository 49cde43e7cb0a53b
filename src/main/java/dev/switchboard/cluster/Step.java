package dev.switchboard.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.token.User;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A user comes to a place through a node, or goes. Runs at the owner of the place, then at its backup. */
final class Step extends SignedProcessor implements DataSerializable {
    enum Kind {
        ENTER,
        RESTORE,
        LEAVE
    }

    private Kind kind = Kind.ENTER;
    private User user = User.anonymous();
    private String node = "";

    Step() {}

    Step(Kind kind, User user, String node) {
        this.kind = kind;
        this.user = user;
        this.node = node;
    }

    @Override
    public Tally process(Map.Entry<String, Roll> place) {
        Roll there = place.getValue();
        Roll roll = there == null ? new Roll() : there;
        boolean changed = switch (kind) {
            case ENTER -> roll.enter(user, node);
            case RESTORE -> roll.restore(user, node);
            case LEAVE -> roll.leave(user, node);
        };
        place.setValue(roll.size() == 0 ? null : roll);
        return new Tally(signature(), changed, roll.size(), List.of());
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(kind.name());
        Wire.writeUser(out, user);
        out.writeString(node);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        kind = Kind.valueOf(in.readString());
        user = Wire.readUser(in);
        node = Wire.readNode(in);
    }
}
