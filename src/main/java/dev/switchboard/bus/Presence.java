package dev.switchboard.bus;

import dev.switchboard.token.User;
import io.vertx.core.Future;
import java.util.List;

/**
 * Which users are at a place, a namespace or a room, whatever the number of their sockets and nodes: each counts once.
 * Users are told apart by their ids; the name is that of the first socket. Somebody anonymous is nobody: never passed.
 *
 * <p>For any thread; nothing here blocks. What one thread asks for one user at one place takes effect in the order
 * asked. A Future that fails says only that the cluster did not answer in time: the socket is counted all the same,
 * others learn of it later, and one that entered still has to leave.
 */
public interface Presence {
    /**
     * What became of a user's coming or going.
     *
     * @param changed whether the user was not there before, or is not there any more
     * @param count how many users are there now
     */
    record Change(boolean changed, int count) {}

    /** A socket of the user, of this node, comes to the place. */
    Future<Change> enter(Target place, User user);

    /** A socket of the user, of this node, that had entered the place leaves it. */
    Future<Change> leave(Target place, User user);

    /** The users there, in the order in which they came. */
    Future<List<User>> users(Target place);

    /** How many users are there; it costs the same whatever their number. */
    Future<Integer> count(Target place);

    /** Throws when it is nobody who could be at a place. */
    static void requireKnown(User user) {
        if (user.isAnonymous()) {
            throw new IllegalArgumentException("somebody anonymous is at no place");
        }
    }
}
