package koaroom;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everybody hears {@code {"id","type","user","data"}} of who comes, speaks and leaves. The ids are numbers that rise by one
 * with each message, whichever node it comes from.
 */
public final class RoomHandler extends EventVerticle {
    private static final String MESSAGE = "message";

    private Future<Room> room = Future.failedFuture("not started");

    @Override
    protected Future<?> starting() {
        room = Room.of(vertx);
        return room;
    }

    @Override
    protected void events(Events on) {
        on.open(this::opened);
        on.event(MESSAGE, this::said);
        on.close((socket, reason) -> left(socket));
    }

    /** First the seat, then the number, then the list: so a list has everybody whose {@code join} has a lower number. */
    private Future<Void> opened(Socket socket) {
        JsonObject user = user(socket);
        return room.compose(shared -> shared.enter(socket.id(), user)
                .compose(v -> shared.number(2))
                .compose(
                        number -> shared.users(socket.toAll()).compose(users -> welcome(socket, user, number, users))));
    }

    private static Future<Void> welcome(Socket socket, JsonObject user, long number, List<JsonObject> users) {
        return Future.all(
                        socket.toAll().emit(MESSAGE, message(number, "join", user, name(user) + " joined.")),
                        socket.emit(MESSAGE, message(number + 1, "list", user, new JsonArray(users))))
                .mapEmpty();
    }

    private @Nullable Future<Void> said(Socket socket, Payload data) {
        String text = data.isBinary() ? "" : Texts.trimmed(data.string());
        return text.isEmpty() ? null : tell(socket, "chat", user(socket), text);
    }

    private Future<Void> left(Socket socket) {
        JsonObject user = user(socket);
        return room.compose(shared -> shared.leave(socket.id()))
                .compose(v -> tell(socket, "left", user, name(user) + " is left."));
    }

    private Future<Void> tell(Socket socket, String type, JsonObject user, String data) {
        return room.compose(shared -> shared.number(1))
                .compose(number -> socket.toAll().emit(MESSAGE, message(number, type, user, data)));
    }

    private static JsonObject message(long id, String type, JsonObject user, Object data) {
        return new JsonObject()
                .put("id", id)
                .put("type", type)
                .put("user", user)
                .put("data", data);
    }

    private static JsonObject user(Socket socket) {
        return new JsonObject(String.valueOf(socket.attribute(Doorkeeper.USER)));
    }

    private static String name(JsonObject user) {
        return user.getString("name");
    }
}
