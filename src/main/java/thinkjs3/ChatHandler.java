package thinkjs3;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;

/** The second group: what is said in its namespace, all hear there, who said it included. */
public final class ChatHandler extends EventVerticle {
    @Override
    protected String namespaceName() {
        return "/chat";
    }

    @Override
    protected void events(Events on) {
        on.event("say", (socket, data) -> socket.toAll().emit("said", data));
    }
}
