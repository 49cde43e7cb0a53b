package bench;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;

/**
 * Sends each event on as it came, and answers whoever asks.
 *
 * <pre>
 *   echo       anything                         to its sender, and as the answer
 *   broadcast  anything                         to all, the sender included
 *   join       the name of a room
 *   room       {"room":…,"data":…}              data to its members, the sender included
 *   private    {"to":&lt;id of a socket&gt;,"data":…}
 *   user       {"to":&lt;id of a user&gt;,"data":…}
 * </pre>
 */
public final class BenchHandler extends EventVerticle {
    private static final String ROOM = "room";
    private static final String DATA = "data";

    @Override
    protected void events(Events on) {
        on.event("echo", (socket, data) -> socket.emit("echo", data).map(data));
        on.event("broadcast", (socket, data) -> socket.toAll().emit("broadcast", data));
        on.event("join", (socket, data) -> socket.join(data.string()));
        on.event(ROOM, BenchHandler::room);
        on.event("private", (socket, data) -> socket.toSocket(data.string("to")).emit("private", inner(data)));
        on.event("user", (socket, data) -> socket.toUser(data.string("to")).emit("user", inner(data)));
    }

    private static Future<Void> room(Socket socket, Payload data) {
        return socket.toRoom(data.string(ROOM)).emit(ROOM, inner(data));
    }

    private static Object inner(Payload data) {
        return data.object().getValue(DATA);
    }
}
