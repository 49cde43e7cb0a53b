package dev.switchboard.bench.peer;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a server without a protocol of its own does with events: one JSON object per message.
 *
 * @param <S> its sockets
 */
final class PlainEvents<S> {
    /** How a server writes. */
    interface Writer<S> {
        void write(S socket, String text);

        void writeAll(Collection<S> sockets, String text);
    }

    private final Writer<S> writer;
    private final Guard guard = new Guard();
    private final Map<S, String> ids = new HashMap<>();
    private final Map<S, String> users = new HashMap<>();
    private final Map<String, S> byId = new HashMap<>();
    private final Map<String, Set<S>> byUser = new HashMap<>();
    private final Map<String, Set<S>> rooms = new HashMap<>();
    private final Map<S, Set<String>> joined = new HashMap<>();

    PlainEvents(Writer<S> writer) {
        this.writer = writer;
    }

    /** Takes a socket in; false when its token is none. */
    boolean open(S socket, String token) {
        String user = guard.user(token);
        if (user.isEmpty()) {
            return false;
        }
        String id = UUID.randomUUID().toString();
        ids.put(socket, id);
        users.put(socket, user);
        byId.put(id, socket);
        byUser.computeIfAbsent(user, name -> new LinkedHashSet<>()).add(socket);
        writer.write(socket, event("open", new JsonObject().put("id", id)));
        return true;
    }

    void close(S socket) {
        String id = ids.remove(socket);
        if (id != null) {
            byId.remove(id);
            leave(byUser, users.remove(socket), socket);
            joined.getOrDefault(socket, Set.of()).forEach(room -> leave(rooms, room, socket));
            joined.remove(socket);
        }
    }

    private static <S> void leave(Map<String, Set<S>> groups, String name, S socket) {
        Set<S> group = groups.get(name);
        group.remove(socket);
        if (group.isEmpty()) {
            groups.remove(name);
        }
    }

    void message(S socket, String text) {
        JsonObject message = new JsonObject(text);
        String event = message.getString("event");
        Object data = message.getValue("data");
        switch (event) {
            case "echo" -> writer.write(socket, event(event, data));
            case "broadcast" -> writer.writeAll(ids.keySet(), event(event, data));
            case "join" -> {
                rooms.computeIfAbsent((String) data, name -> new LinkedHashSet<>())
                        .add(socket);
                joined.computeIfAbsent(socket, key -> new LinkedHashSet<>()).add((String) data);
                writer.write(
                        socket,
                        new JsonObject().put("ack", message.getValue("id")).encode());
            }
            case "room" -> {
                JsonObject inner = (JsonObject) data;
                send(rooms.get(inner.getString("room")), event, inner);
            }
            case "private" -> {
                JsonObject inner = (JsonObject) data;
                S to = byId.get(inner.getString("to"));
                send(to == null ? null : List.of(to), event, inner);
            }
            case "user" -> {
                JsonObject inner = (JsonObject) data;
                send(byUser.get(inner.getString("to")), event, inner);
            }
            default -> {}
        }
    }

    private void send(Collection<S> sockets, String event, JsonObject inner) {
        if (sockets != null) {
            writer.writeAll(sockets, event(event, inner.getValue("data")));
        }
    }

    private static String event(String name, Object data) {
        return new JsonObject().put("event", name).put("data", data).encode();
    }
}
