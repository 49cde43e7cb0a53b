package eggchat;

import dev.switchboard.ConnectionMiddleware;
import dev.switchboard.Next;
import dev.switchboard.Socket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who has a page token, or a session with a user; the document's {@code auth}. */
public final class AuthCheck implements ConnectionMiddleware {
    /** The attribute with the name of who was let in. */
    static final String NAME = "name";

    /** What a session has of who logged in. */
    static final String USER = "user";

    private static final Logger LOG = LoggerFactory.getLogger(AuthCheck.class);
    private static final String GREETING = "auth!auth服务端发送的消息";

    @Override
    public Future<?> handle(Socket socket, Next<CloseReason> next) {
        return name(socket)
                .compose(name -> {
                    socket.attribute(NAME, name);
                    return socket.emit("res", GREETING);
                })
                .compose(v -> next.run())
                .onSuccess(reason -> LOG.debug("disconnect! {} {}", socket.id(), reason.text()));
    }

    private static Future<String> name(Socket socket) {
        if (!socket.user().isAnonymous()) {
            return Future.succeededFuture(socket.user().name());
        }
        return socket.session()
                .get(USER)
                .recover(cause -> isNoSession(cause) ? Future.succeededFuture() : Future.failedFuture(cause))
                .compose(user -> user instanceof String name
                        ? Future.succeededFuture(name)
                        : Future.failedFuture(new EventException("AUTH_FAILED", "auth failed!")));
    }

    private static boolean isNoSession(Throwable cause) {
        return cause instanceof EventException known && known.code().equals(ErrorCode.NO_SESSION.name());
    }
}
