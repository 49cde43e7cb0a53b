package eggp2p;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Hands a message to one client, and to nobody else. Where there is no such client, nothing happens. */
public final class ExchangeHandler extends EventVerticle {
    private static final String TARGET = "target";

    @Override
    protected String namespaceName() {
        return "/ptop";
    }

    @Override
    protected void events(Events on) {
        on.event("exchange", ExchangeHandler::exchange);
    }

    private static @Nullable Future<Void> exchange(Socket socket, Payload data) {
        String target = data.has(TARGET) ? data.string(TARGET) : "";
        if (!EventNames.isName(target) || EventNames.isReserved(target)) {
            return null;
        }
        JsonObject meta = new JsonObject().put("client", socket.id()).put(TARGET, target);
        JsonObject message = Messages.parseMsg("exchange", data.object().getValue("payload"), meta);
        return socket.toSocket(target)
                .emit(target, message)
                .recover(cause -> isNobody(cause) ? Future.succeededFuture() : Future.failedFuture(cause));
    }

    private static boolean isNobody(Throwable cause) {
        return cause instanceof EventException known && known.code().equals(ErrorCode.NO_SOCKET.name());
    }
}
