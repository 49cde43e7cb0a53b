package dev.switchboard.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.token.User;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who is at one place, through which nodes. Every change may be made twice, for Hazelcast repeats one whose owner was
 * lost before it answered, and tells the same both times.
 *
 * <p>Lives where Hazelcast keeps the place, on the thread of its partition.
 */
final class Roll implements DataSerializable {
    /**
     * @param herald the node whose telling made him come; empty when it has left, or told nobody
     * @param nodes never empty
     */
    record Guest(User user, String herald, Set<String> nodes) {}

    /** User id → user, in the order in which they came. */
    private final Map<String, Guest> guests = new LinkedHashMap<>();

    int size() {
        return guests.size();
    }

    List<User> users() {
        return guests.values().stream().map(Guest::user).toList();
    }

    Iterable<Guest> guests() {
        return guests.values();
    }

    boolean has(User user) {
        return guests.containsKey(user.id());
    }

    /** True when the user was not there before. */
    boolean enter(User user, String node) {
        Guest guest = guests.get(user.id());
        if (guest == null) {
            guests.put(user.id(), new Guest(user, node, Set.of(node)));
            return true;
        }
        if (guest.nodes().contains(node)) {
            return guest.herald().equals(node);
        }
        guests.put(user.id(), new Guest(guest.user(), guest.herald(), with(guest.nodes(), node)));
        return false;
    }

    /** The user is there, and nobody is to be told: always false. */
    boolean restore(User user, String node) {
        Guest guest = guests.get(user.id());
        if (guest == null) {
            guests.put(user.id(), new Guest(user, "", Set.of(node)));
        } else if (!guest.nodes().contains(node)) {
            guests.put(user.id(), new Guest(guest.user(), guest.herald(), with(guest.nodes(), node)));
        }
        return false;
    }

    /** True when the user is not there any more. */
    boolean leave(User user, String node) {
        Guest guest = guests.get(user.id());
        if (guest != null) {
            without(guest, Set.of(node));
        }
        return !has(user);
    }

    /** Takes nodes out of the roll. */
    void forget(Set<String> nodes) {
        for (Guest guest : List.copyOf(guests.values())) {
            without(guest, nodes);
        }
    }

    /** The guests that are there through such nodes. */
    Roll through(Predicate<String> nodes) {
        Roll some = new Roll();
        guests.forEach((id, guest) -> {
            if (guest.nodes().stream().anyMatch(nodes)) {
                some.guests.put(id, guest);
            }
        });
        return some;
    }

    private static Set<String> with(Set<String> nodes, String node) {
        Set<String> more = new HashSet<>(nodes);
        more.add(node);
        return Set.copyOf(more);
    }

    private void without(Guest guest, Set<String> nodes) {
        Set<String> left = new HashSet<>(guest.nodes());
        if (!left.removeAll(nodes)) {
            return;
        }
        if (left.isEmpty()) {
            guests.remove(guest.user().id());
        } else {
            String herald = nodes.contains(guest.herald()) ? "" : guest.herald();
            guests.put(guest.user().id(), new Guest(guest.user(), herald, Set.copyOf(left)));
        }
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(guests.size());
        for (Guest guest : guests.values()) {
            Wire.writeUser(out, guest.user());
            out.writeString(guest.herald());
            Wire.writeNodes(out, guest.nodes());
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            User user = Wire.readUser(in);
            guests.put(user.id(), new Guest(user, Wire.readNode(in), Wire.readNodes(in)));
        }
    }
}
