package thinkjs3;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * What the controller of the document does. It broadcasts to all, who sent it included, and so do these handlers, by
 * {@link Socket#toAll}.
 */
public final class WebsocketHandler extends EventVerticle {
    private static final String USER = "user";

    @Override
    protected void events(Events on) {
        on.open(WebsocketHandler::opened);
        on.event("addUser", WebsocketHandler::addUser);
        on.close((socket, reason) -> closed(socket));
    }

    private static Future<Void> opened(Socket socket) {
        return Future.all(
                        socket.emit("opend", "This client opened successfully!"),
                        socket.toAll().emit("joined", "There is a new client joined successfully!"))
                .mapEmpty();
    }

    /** Whoever asks gets the data back. */
    private static Payload addUser(Socket socket, Payload data) {
        socket.attribute(USER, data.value());
        return data;
    }

    private static @Nullable Future<Void> closed(Socket socket) {
        Object user = socket.attribute(USER);
        return user == null ? null : socket.toAll().emit("left", user);
    }
}
