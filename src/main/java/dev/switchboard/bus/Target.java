package dev.switchboard.bus;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom something is for, within one namespace.
 *
 * @param name the room, user id or socket id; empty for everybody and for several rooms
 * @param rooms several rooms, who is in any of them is meant; empty for all else
 * @param except ids of sockets that are left out
 */
public record Target(String namespace, Kind kind, String name, Set<String> rooms, Set<String> except) {
    /** The log of a whole namespace. */
    public static final String LOG_OF_ALL = "a";

    public enum Kind {
        ALL,
        ROOM,
        ROOMS,
        USER,
        SOCKET
    }

    /** Nobody is left out. */
    public Target(String namespace, Kind kind, String name) {
        this(namespace, kind, name, Set.of(), Set.of());
    }

    public static Target all(String namespace) {
        return new Target(namespace, Kind.ALL, "");
    }

    public static Target room(String namespace, String room) {
        return new Target(namespace, Kind.ROOM, room);
    }

    /** Who is in any of these rooms, each once. */
    public static Target rooms(String namespace, Set<String> rooms) {
        return rooms.size() == 1
                ? room(namespace, rooms.iterator().next())
                : new Target(namespace, Kind.ROOMS, "", Set.copyOf(rooms), Set.of());
    }

    public static Target user(String namespace, String user) {
        return new Target(namespace, Kind.USER, user);
    }

    public static Target socket(String namespace, String id) {
        return new Target(namespace, Kind.SOCKET, id);
    }

    /** The same, and nobody is left out. */
    public Target whole() {
        return except.isEmpty() ? this : new Target(namespace, kind, name, rooms, Set.of());
    }

    /**
     * The log of what is emitted to it, where a namespace has logs: one for each room, user and socket, and one for the
     * namespace, in which stands, too, what is for several rooms.
     */
    public String log() {
        return switch (kind) {
            case ALL, ROOMS -> LOG_OF_ALL;
            case ROOM -> "r" + name;
            case USER -> "u" + name;
            case SOCKET -> "s" + name;
        };
    }

    /**
     * Whom a log is for.
     *
     * @param rooms whose members alone are meant, empty for all
     */
    public static Target ofLog(String namespace, String log, Set<String> rooms) {
        String name = log.substring(1);
        return switch (log.charAt(0)) {
            case 'r' -> room(namespace, name);
            case 'u' -> user(namespace, name);
            case 's' -> socket(namespace, name);
            default ->
                rooms.isEmpty() ? all(namespace) : new Target(namespace, Kind.ROOMS, "", Set.copyOf(rooms), Set.of());
        };
    }

    /** What nodes say of their sockets: whole targets that together mean the same, single rooms instead of several. */
    public List<Target> parts() {
        return kind == Kind.ROOMS
                ? rooms.stream().map(room -> room(namespace, room)).toList()
                : List.of(whole());
    }

    /** The same without these sockets, and without those left out before. */
    public Target without(Set<String> sockets) {
        if (except.isEmpty()) {
            return new Target(namespace, kind, name, rooms, Set.copyOf(sockets));
        }
        Set<String> all = new HashSet<>(except);
        all.addAll(sockets);
        return new Target(namespace, kind, name, rooms, Set.copyOf(all));
    }
}
