package dialogue;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the name, a while after every message. Its configuration may say how long a while is: {@code pauseMillis}.
 */
public final class DialogueHandler extends EventVerticle {
    private static final Logger LOG = LoggerFactory.getLogger(DialogueHandler.class);
    private static final String QUESTION = "你的名字是什么";
    private static final long PAUSE_MILLIS = 1_000;

    @Override
    protected void events(Events on) {
        on.action("message", this::heard);
    }

    /** The event is over at once, so that the next one does not wait for this reply. */
    private void heard(Socket socket, Payload data) {
        LOG.debug("Heard: {}", data);
        vertx.timer(config().getLong("pauseMillis", PAUSE_MILLIS), TimeUnit.MILLISECONDS)
                .compose(t -> reply(socket))
                .onFailure(cause -> LOG.info("No reply to {}: {}", socket.id(), cause.getMessage()));
    }

    /** An emit does not wait for the client, so whoever wants to know whether it is still there asks first. */
    private static Future<Void> reply(Socket socket) {
        return socket.toSocket(socket.id()).sockets().compose(there -> socket.emit("message", QUESTION));
    }
}
