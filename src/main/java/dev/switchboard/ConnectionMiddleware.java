package dev.switchboard;

import dev.switchboard.wire.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a namespace: runs once for each connection, after its token was verified and before it is
 * open. A class that implements it and has a public constructor without parameters, or a verticle that names one in its
 * {@link Events}, goes by its name into the {@code connectionMiddleware} of a namespace; they run in the order given.
 *
 * <pre>{@code
 * on.connection((socket, next) -> {
 *     if (!socket.handshake().query().containsKey("room")) {
 *         throw new EventException("NO_ROOM", "Which room?");
 *     }
 *     socket.attribute("since", System.currentTimeMillis());
 *     socket.emit("welcome", "Hello");
 *     return next.run().onSuccess(reason -> LOG.info("{} left: {}", socket.id(), reason.text()));
 * });
 * }</pre>
 *
 * <p>It may note attributes, join rooms, and emit: what the newcomer gets by that, it gets after its {@code open}
 * message. Whoever ends without {@code next} has refused: by an {@link dev.switchboard.wire.EventException}, whose code
 * and text the client is told before it is closed with 4403, by {@code socket.disconnect(reason)}, or by doing nothing.
 * What of it takes longer than {@code limits.handshake} has refused, too.
 *
 * <p>On the context of its verticle: a worker, unless {@code handlers} says otherwise.
 */
@FunctionalInterface
public interface ConnectionMiddleware {
    /**
     * Lets a socket in, or not.
     *
     * @param next lets it in; the Future succeeds with the reason when the socket has ended. It never fails
     * @return null, or a Future or CompletionStage: what is done when it completes is over
     * @throws Exception any but an EventException is logged, and the client learns only that it is refused
     */
    @Nullable
    Object handle(Socket socket, Next<CloseReason> next) throws Exception;
}
