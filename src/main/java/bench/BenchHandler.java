package bench;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;

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
        on.event(ROOM, (socket, data) -> socket.toRoom(data.string(ROOM)).emit(ROOM, data.payload(DATA)));
        on.event("private", (socket, data) -> socket.toSocket(data.string("to")).emit("private", data.payload(DATA)));
        on.event("user", (socket, data) -> socket.toUser(data.string("to")).emit("user", data.payload(DATA)));
    }
}
