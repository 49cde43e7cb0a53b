package dev.switchboard.journal;

import dev.switchboard.wire.Payload;
import java.util.Set;

/**
 * An event that was emitted.
 *
 * @param id a random number
 * @param sender who emitted it: a random number for each thread of each node
 * @param number counts what the sender has emitted, to whatever log
 * @param rooms whose members alone are meant; empty when all are whom the log is for
 * @param except ids of sockets that are left out
 */
public record Entry(
        long id, long sender, long number, String event, Payload data, Set<String> rooms, Set<String> except) {
    private static final int OVERHEAD = 96;

    public Entry {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** What it takes. */
    public int cost() {
        int names = 0;
        for (String room : rooms) {
            names += room.length();
        }
        for (String socket : except) {
            names += socket.length();
        }
        return OVERHEAD + event.length() + data.size() + names;
    }
}
