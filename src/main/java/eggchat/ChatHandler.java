package eggchat;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;

/** The document's controller {@code chat}. Whoever asks is answered with the name that the server knows of them. */
public final class ChatHandler extends EventVerticle {
    private static final String REPLY = "chat服务端发送的消息";

    @Override
    protected String namespaceName() {
        return "/chat";
    }

    @Override
    protected void events(Events on) {
        on.event(
                "chat",
                (socket, data) -> socket.emit("res", REPLY).map(v -> String.valueOf(socket.attribute(AuthCheck.NAME))));
    }
}
