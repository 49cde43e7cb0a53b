package dev.switchboard.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.switchboard.token.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** How Hazelcast carries what is in a roll. */
final class Wire {
    private Wire() {}

    static void writeUser(ObjectDataOutput out, User user) throws IOException {
        out.writeString(user.id());
        out.writeString(user.name());
    }

    static User readUser(ObjectDataInput in) throws IOException {
        return new User(in.readString(), in.readString());
    }

    static void writeUsers(ObjectDataOutput out, List<User> users) throws IOException {
        out.writeInt(users.size());
        for (User user : users) {
            writeUser(out, user);
        }
    }

    static List<User> readUsers(ObjectDataInput in) throws IOException {
        List<User> users = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            users.add(readUser(in));
        }
        return users;
    }

    static void writeNodes(ObjectDataOutput out, Collection<String> nodes) throws IOException {
        out.writeInt(nodes.size());
        for (String node : nodes) {
            out.writeString(node);
        }
    }

    static Set<String> readNodes(ObjectDataInput in) throws IOException {
        String[] nodes = new String[in.readInt()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = readNode(in);
        }
        return Set.of(nodes);
    }

    /** The few ids of nodes stand in every roll very often. */
    static String readNode(ObjectDataInput in) throws IOException {
        return in.readString().intern();
    }
}
