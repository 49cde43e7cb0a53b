package eggchat;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;

/** What somebody says in {@code /} the others in the room hear, as {@code socket.to(room)} has it. */
public final class RoomHandler extends EventVerticle {
    @Override
    protected void events(Events on) {
        on.event("say", (socket, data) -> socket.toOthersIn(Welcome.ROOM).emit("said", data));
    }
}
