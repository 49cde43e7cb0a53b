package eggchat;

import dev.switchboard.Next;
import dev.switchboard.Packet;
import dev.switchboard.PacketMiddleware;
import dev.switchboard.Socket;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the client and the log of every packet; the document's {@code packet}. */
public final class PacketLog implements PacketMiddleware {
    private static final Logger LOG = LoggerFactory.getLogger(PacketLog.class);
    private static final String NOTICE = "packet!packet服务端发送的消息";

    @Override
    public Future<?> handle(Socket socket, Packet packet, Next<Payload> next) {
        LOG.debug("{} {}", packet.event(), packet.data());
        return socket.emit("res", NOTICE).compose(v -> next.run()).onComplete(done -> LOG.debug("packet response!"));
    }
}
