package koaroom;

import dev.switchboard.ConnectionMiddleware;
import dev.switchboard.Next;
import dev.switchboard.Socket;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Notes who somebody is, and lets nobody in who is nobody. */
public final class Doorkeeper implements ConnectionMiddleware {
    /** The attribute with the user, as JSON text. */
    static final String USER = "user";

    @Override
    public Future<?> handle(Socket socket, Next<CloseReason> next) {
        Optional<JsonObject> visitor = Visitor.of(socket);
        if (visitor.isEmpty()) {
            return socket.disconnect(CloseReason.INVALID_USER);
        }
        socket.attribute(USER, visitor.get().encode());
        return next.run();
    }
}
