package thinkjs2;

import dev.switchboard.Audience;
import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.EventException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One chat for everybody. A client hears the set of event names that it speaks; one that has said nothing yet hears the
 * sender's.
 *
 * <p>It keeps nothing itself: who has a name is in the room {@value #CHATTERS}, so the number is right whatever the number
 * of instances and nodes, and after one is lost.
 */
public final class ChatHandler extends EventVerticle {
    static final String CHATTERS = "chatters";

    private static final String SILENT = "silent";
    private static final String USERNAME = "username";
    private static final String NAMES = "names";

    @Override
    protected void events(Events on) {
        on.open(ChatHandler::opened);
        for (Names names : Names.values()) {
            on.event(names.addUser(), (socket, data) -> come(socket, names, data.string()));
            on.event(names.message(), (socket, data) -> {
                JsonObject message = who(socket).put("message", data.value());
                return speak(socket, names).compose(v -> tell(socket, names, Names::message, message));
            });
            on.event(names.stopTyping(), (socket, data) -> {
                JsonObject who = who(socket);
                return speak(socket, names).compose(v -> tell(socket, names, Names::stopTyping, who));
            });
        }
        on.event("typing", (socket, data) -> socket.broadcast("typing", who(socket)));
        on.close((socket, reason) -> left(socket));
    }

    /** The demo tells of every connection by a message without content; for socket.io's clients that would be a message. */
    private static Future<Void> opened(Socket socket) {
        return Future.all(socket.join(SILENT), others(socket, Names.DEMO).emit("new message", new JsonObject()))
                .mapEmpty();
    }

    private static Future<Void> come(Socket socket, Names names, String username) {
        if (socket.attribute(USERNAME) != null) {
            return speak(socket, names);
        }
        return speak(socket, names)
                .compose(v -> socket.join(CHATTERS))
                .compose(v -> count(socket))
                .compose(count -> {
                    socket.attribute(USERNAME, username);
                    return Future.all(
                                    socket.emit("login", new JsonObject().put("numUsers", count)),
                                    tell(
                                            socket,
                                            names,
                                            Names::joined,
                                            who(socket).put("numUsers", count)))
                            .mapEmpty();
                });
    }

    private static @Nullable Future<Void> left(Socket socket) {
        if (socket.attribute(USERNAME) == null) {
            return null;
        }
        return count(socket)
                .compose(count ->
                        tell(socket, spoken(socket), Names::left, who(socket).put("numUsers", count)));
    }

    /** How many have a name, on all nodes. */
    private static Future<Integer> count(Socket socket) {
        return socket.toRoom(CHATTERS).sockets().map(List::size);
    }

    private static JsonObject who(Socket socket) {
        Object username = socket.attribute(USERNAME);
        if (username == null) {
            throw new EventException("NO_NAME", "Say who you are first");
        }
        return new JsonObject().put("username", username);
    }

    // ---- the two sets

    private static Names spoken(Socket socket) {
        return Names.SOCKET_IO.name().equals(socket.attribute(NAMES)) ? Names.SOCKET_IO : Names.DEMO;
    }

    /** The client speaks this set from now on. */
    private static Future<Void> speak(Socket socket, Names names) {
        Object before = socket.attribute(NAMES);
        if (names.name().equals(before)) {
            return Future.succeededFuture();
        }
        socket.attribute(NAMES, names.name());
        return Future.all(
                        socket.join(names.room()),
                        socket.leave(before == null ? SILENT : names.other().room()))
                .mapEmpty();
    }

    /** Tells the others, each in its own words. */
    private static Future<Void> tell(Socket socket, Names names, Function<Names, String> event, JsonObject data) {
        return Future.all(
                        others(socket, names).emit(event.apply(names), data),
                        socket.toOthersIn(names.other().room()).emit(event.apply(names.other()), data))
                .mapEmpty();
    }

    /** The others that speak this set or none yet: one audience, so that a client that goes from one to the other hears once. */
    private static Audience others(Socket socket, Names names) {
        return socket.toAnyOf(SILENT, names.room()).except(socket.id());
    }
}
