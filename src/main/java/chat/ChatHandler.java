package chat;

import dev.switchboard.Audience;
import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.token.User;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Rooms and private messages. A person may have several sockets (tabs, devices): all of them see what the person writes.
 *
 * <p>It keeps nothing itself, so it runs in any number of instances and on any number of nodes. Who comes and who goes
 * the namespace tells by itself: it has {@code presence}.
 */
public final class ChatHandler extends EventVerticle {
    private static final int LONGEST_ROOM = 40;
    private static final int LONGEST_TEXT = 2_000;

    @Override
    protected void events(Events on) {
        on.event("join", (socket, data) -> join(socket, room(data.string())));
        on.event("leave", (socket, data) -> leave(socket, room(data.string())));
        on.event("message", ChatHandler::message);
        on.event("whisper", ChatHandler::whisper);
        on.event("typing", ChatHandler::typing);
        on.event("online", (socket, data) -> users(audience(socket, data)));
        on.event("rooms", (socket, data) -> socket.namespace().rooms().map(ChatHandler::listed));
    }

    private static Future<JsonObject> join(Socket socket, String room) {
        return socket.join(room).compose(v -> users(socket.toRoom(room))).map(users -> users.put("room", room));
    }

    private static Future<JsonObject> leave(Socket socket, String room) {
        return socket.leave(room).map(new JsonObject().put("room", room));
    }

    private static Future<JsonObject> message(Socket socket, Payload data) {
        String room = room(data.string("room"));
        JsonObject message = said(socket, data).put("room", room);
        return member(socket, room).compose(all -> all.emit("message", message)).map(answer(message));
    }

    private static Future<JsonObject> whisper(Socket socket, Payload data) {
        JsonObject message = said(socket, data);
        String me = socket.user().id();
        String to = data.string("to");
        return socket.toUser(to).users().compose(found -> {
            if (found.isEmpty()) {
                throw new EventException("NOT_ONLINE", "This person is not here");
            }
            message.put("to", json(found.get(0)));
            Future<Void> sent = socket.toUser(to).emit("whisper", message);
            Future<Void> copied = to.equals(me) ? sent : socket.toUser(me).emit("whisper", message);
            return Future.all(sent, copied).map(answer(message));
        });
    }

    private static Future<Void> typing(Socket socket, Payload data) {
        JsonObject typing = new JsonObject().put("from", json(socket.user())).put("typing", data.bool("typing"));
        if (!data.has("room")) {
            return socket.toUser(data.string("to")).emit("typing", typing);
        }
        String room = room(data.string("room"));
        return member(socket, room).compose(all -> all.except(socket.id()).emit("typing", typing.put("room", room)));
    }

    /** The members of a room, one of whom the socket must be. */
    private static Future<Audience> member(Socket socket, String room) {
        return socket.rooms().map(rooms -> {
            if (!rooms.contains(room)) {
                throw new EventException("NOT_IN_ROOM", "You are not in this room");
            }
            return socket.toRoom(room);
        });
    }

    /** Those in a room, or all. */
    private static Audience audience(Socket socket, Payload data) {
        return data.has("room") ? socket.toRoom(room(data.string("room"))) : socket.toAll();
    }

    private static Future<JsonObject> users(Audience audience) {
        return audience.users()
                .map(users -> new JsonObject()
                        .put(
                                "users",
                                new JsonArray(
                                        users.stream().map(ChatHandler::json).toList())));
    }

    private static JsonObject listed(Collection<String> rooms) {
        return new JsonObject().put("rooms", new JsonArray(List.copyOf(new TreeSet<>(rooms))));
    }

    private static JsonObject said(Socket socket, Payload data) {
        String text = data.string("text");
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw invalid("A message has 1 to " + LONGEST_TEXT + " characters");
        }
        return new JsonObject()
                .put("from", json(socket.user()))
                .put("text", text)
                .put("at", System.currentTimeMillis());
    }

    private static JsonObject answer(JsonObject message) {
        return new JsonObject().put("at", message.getLong("at"));
    }

    private static String room(String given) {
        String room = given.strip();
        if (room.isEmpty() || room.length() > LONGEST_ROOM || room.chars().anyMatch(Character::isISOControl)) {
            throw invalid("A room's name has 1 to " + LONGEST_ROOM + " characters, on one line");
        }
        return room;
    }

    private static JsonObject json(User user) {
        return new JsonObject().put("id", user.id()).put("name", user.name());
    }

    private static EventException invalid(String message) {
        return new EventException("INVALID_DATA", message);
    }
}
