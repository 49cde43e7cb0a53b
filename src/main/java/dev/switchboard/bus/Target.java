package dev.switchboard.bus;

import java.util.HashSet;
import java.util.Set;

/**
 * Whom something is for, within one namespace.
 *
 * @param name the room, user id or socket id; empty for everybody
 * @param except ids of sockets that are left out
 */
public record Target(String namespace, Kind kind, String name, Set<String> except) {
    public enum Kind {
        ALL,
        ROOM,
        USER,
        SOCKET
    }

    public static Target all(String namespace) {
        return new Target(namespace, Kind.ALL, "", Set.of());
    }

    public static Target room(String namespace, String room) {
        return new Target(namespace, Kind.ROOM, room, Set.of());
    }

    public static Target user(String namespace, String user) {
        return new Target(namespace, Kind.USER, user, Set.of());
    }

    public static Target socket(String namespace, String id) {
        return new Target(namespace, Kind.SOCKET, id, Set.of());
    }

    /** The same, and nobody is left out. */
    public Target whole() {
        return except.isEmpty() ? this : new Target(namespace, kind, name, Set.of());
    }

    /** The same without these sockets, and without those left out before. */
    public Target without(Set<String> sockets) {
        if (except.isEmpty()) {
            return new Target(namespace, kind, name, Set.copyOf(sockets));
        }
        Set<String> all = new HashSet<>(except);
        all.addAll(sockets);
        return new Target(namespace, kind, name, Set.copyOf(all));
    }
}
