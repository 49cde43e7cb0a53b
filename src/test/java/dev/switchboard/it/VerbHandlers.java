package dev.switchboard.it;

import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.bus.Member;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Handlers that do what clients say, and the words in which tests say it. */
final class VerbHandlers {
    static final String HIT = "hit";

    private VerbHandlers() {}

    static void verbs(Events on) {
        on.event("to socket", (socket, data) -> socket.toSocket(to(data)).emit(HIT, say(data)))
                .event("to user", (socket, data) -> socket.toUser(to(data)).emit(HIT, say(data)))
                .event("to room", (socket, data) -> socket.toRoom(to(data)).emit(HIT, say(data)))
                .event(
                        "to others in room",
                        (socket, data) -> socket.toOthersIn(to(data)).emit(HIT, say(data)))
                .event("to all", (socket, data) -> socket.toAll().emit(HIT, say(data)))
                .event("to others", (socket, data) -> socket.toOthers().emit(HIT, say(data)))
                .event("broadcast", (socket, data) -> socket.broadcast(HIT, say(data)))
                .event(
                        "to all except",
                        (socket, data) ->
                                socket.toAll().except(to(data), socket.id()).emit(HIT, say(data)))
                .event(
                        "to room except",
                        (socket, data) -> socket.toRoom(data.string("room"))
                                .except(to(data))
                                .emit(HIT, say(data)))
                .event("in turn", VerbHandlers::inTurn)
                .event("join", (socket, data) -> socket.join(data.string()))
                .event("leave", (socket, data) -> socket.leave(data.string()))
                .event(
                        "take along",
                        (socket, data) -> socket.toUser(socket.user().id()).join(data.string()))
                .event("empty", (socket, data) -> socket.toRoom(data.string()).leave(data.string()))
                .event("rooms", (socket, data) -> socket.rooms().map(List::copyOf))
                .event("all rooms", (socket, data) -> socket.namespace().rooms().map(List::copyOf))
                .event(
                        "in room",
                        (socket, data) -> socket.toRoom(data.string()).sockets().map(VerbHandlers::ids))
                .event(
                        "of user",
                        (socket, data) -> socket.toUser(data.string()).sockets().map(VerbHandlers::ids))
                .event("everybody", (socket, data) -> socket.toAll().sockets().map(VerbHandlers::ids))
                .event(
                        "who",
                        (socket, data) -> socket.toSocket(data.string())
                                .sockets()
                                .map(all -> all.stream()
                                        .map(one -> one.user().name())
                                        .toList()))
                .event("kick", (socket, data) -> socket.toSocket(data.string()).disconnect(CloseReason.KICKED))
                .event(
                        "empty by force",
                        (socket, data) -> socket.toOthersIn(data.string())
                                .disconnect(CloseReason.of(4555, "The room is closed", false)))
                .event(
                        "me",
                        (socket, data) -> new JsonObject()
                                .put("id", socket.id())
                                .put("user", socket.user().id())
                                .put("name", socket.user().name())
                                .put("namespace", socket.namespace().name())
                                .put(
                                        "query",
                                        socket.handshake().query().keySet().stream()
                                                .sorted()
                                                .toList())
                                .put("cookie", socket.handshake().headers().containsKey("cookie"))
                                .put("address", socket.handshake().address()))
                .event("remember", (socket, data) -> {
                    socket.attribute("kept", data.value());
                    return null;
                })
                .event("recall", (socket, data) -> socket.attribute("kept"));
    }

    private static String to(Payload data) {
        return data.string("to");
    }

    private static String say(Payload data) {
        return data.string("say");
    }

    private static List<String> ids(List<Member> members) {
        return members.stream().map(Member::socket).toList();
    }

    static int count(Socket socket) {
        int count = socket.attribute("count") instanceof Integer before ? before + 1 : 1;
        socket.attribute("count", count);
        return count;
    }

    private static Object inTurn(Socket socket, Payload data) {
        String room = data.string();
        socket.join(room);
        for (int n = 0; n < 200; n += 4) {
            socket.emit("turn", n);
            socket.toRoom(room).emit("turn", n + 1);
            socket.toUser(socket.user().id()).emit("turn", n + 2);
            socket.toAll().except("nobody").emit("turn", n + 3);
        }
        return "over";
    }

    static JsonObject say(String to, String text) {
        return new JsonObject().put("to", to).put("say", text);
    }

    static String id(TestClient client) {
        return ((JsonObject) client.answer("me", null)).getString("id");
    }

    static List<?> list(TestClient client, String event, Object data) {
        return ((JsonArray) client.answer(event, data)).getList();
    }
}
