package eggp2p;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Next;
import dev.switchboard.Socket;
import dev.switchboard.bus.Member;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a client into the room of its query, if there is one of this name, and tells the room who comes and goes. Its
 * configuration has the {@code rooms}.
 */
public final class RoomGuard extends EventVerticle {
    private static final JsonObject DELETED =
            new JsonObject().put("type", "deleted").put("message", "deleted, room has been deleted.");

    @Override
    protected void events(Events on) {
        JsonArray rooms = config().getJsonArray("rooms", new JsonArray());
        on.connection((socket, next) -> {
            String room = socket.handshake().query().getOrDefault("room", "");
            return rooms.contains(room) ? pass(socket, room, next) : deny(socket);
        });
    }

    private static Future<Void> deny(Socket socket) {
        return socket.emit(socket.id(), Messages.parseMsg("deny", DELETED))
                .compose(v -> socket.disconnect(CloseReason.KICKED));
    }

    private static Future<Void> pass(Socket socket, String room, Next<CloseReason> next) {
        return socket.join(room)
                .compose(v -> others(socket, room))
                .compose(clients -> {
                    List<String> all = new ArrayList<>(clients);
                    all.add(socket.id());
                    return tell(socket, room, all, "join", "joined");
                })
                .compose(v -> next.run())
                .compose(reason -> others(socket, room))
                .compose(clients -> tell(socket, room, clients, "leave", "leaved"));
    }

    private static Future<List<String>> others(Socket socket, String room) {
        return socket.toOthersIn(room)
                .sockets()
                .map(members -> members.stream().map(Member::socket).toList());
    }

    private static Future<Void> tell(Socket socket, String room, List<String> clients, String action, String verb) {
        return socket.toRoom(room)
                .emit(
                        "online",
                        new JsonObject()
                                .put("clients", new JsonArray(clients))
                                .put("action", action)
                                .put("target", "participator")
                                .put("message", "User(" + socket.id() + ") " + verb + "."));
    }
}
