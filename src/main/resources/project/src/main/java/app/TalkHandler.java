package app;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Tells everybody what somebody says, and who leaves. */
public final class TalkHandler extends EventVerticle {
    private static final int LONGEST = 500;

    @Override
    protected void events(Events on) {
        on.event("say", TalkHandler::said);
        on.close((socket, reason) -> socket.toAll().emit("left", socket.user().name()));
    }

    private static Future<?> said(Socket socket, Payload data) {
        String text = data.string().strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new EventException("BAD_TEXT", "Say something of up to " + LONGEST + " characters");
        }
        return socket.toAll()
                .emit("said", new JsonObject().put("who", socket.user().name()).put("text", text));
    }
}
