package eggchat;

import dev.switchboard.ConnectionMiddleware;
import dev.switchboard.Next;
import dev.switchboard.Socket;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts everybody into one room, and tells the room, the newcomer included. */
public final class Welcome implements ConnectionMiddleware {
    static final String ROOM = "default_room";

    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

    @Override
    public Future<?> handle(Socket socket, Next<CloseReason> next) {
        JsonObject welcome = new JsonObject().put("msg", "welcome").put("id", socket.id());
        return socket.join(ROOM)
                .compose(v -> socket.toRoom(ROOM).emit("online", welcome))
                .compose(v -> next.run())
                .onSuccess(reason -> LOG.debug("disconnection! {} {}", socket.id(), reason.text()));
    }
}
