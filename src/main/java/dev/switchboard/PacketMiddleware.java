package dev.switchboard;

import dev.switchboard.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the events of a client and their handlers. A class that implements it and has a public constructor
 * without parameters, or a verticle that names one in its {@link Events}, goes by its name into the {@code
 * packetMiddleware} of a namespace; they run in the order given, around each other.
 *
 * <pre>{@code
 * on.packet((socket, packet, next) -> {
 *     if (packet.event().startsWith("admin ") && !socket.claims().getBoolean("admin", false)) {
 *         throw new EventException("FORBIDDEN", "For administrators only");
 *     }
 *     long start = System.nanoTime();
 *     return next.run().onComplete(done -> LOG.debug("{} took {} ns", packet.event(), System.nanoTime() - start));
 * });
 * }</pre>
 *
 * <p>It may change the packet before {@code next}. Whoever ends without {@code next} has dropped it: no handler runs, and
 * the client is told {@code REFUSED}, or the code of the {@link dev.switchboard.wire.EventException} that was thrown.
 * What handlers answer goes to the client when the outermost middleware is over; a middleware that fails after {@code
 * next} replaces the answer by its failure. An event that nothing handles comes back, too, with its failure. Events of
 * the socket's own life ({@code open}, {@code close}, …) pass no packet middleware.
 *
 * <p>A namespace with packet middleware handles a socket's next event when the former has passed all of it on the way
 * back ({@code inFlight} at once). On the context of its verticle: a worker, unless {@code handlers} says otherwise.
 */
@FunctionalInterface
public interface PacketMiddleware {
    /**
     * Passes a packet on, or not.
     *
     * @param next passes it on; the Future has what the handler answers, or fails with its {@link
     *     dev.switchboard.wire.EventException}
     * @return null, or a Future or CompletionStage: what is done when it completes is over; its value is of no account
     * @throws Exception any but an EventException is logged, and the client learns only {@code HANDLER_FAILED}
     */
    @Nullable
    Object handle(Socket socket, Packet packet, Next<Payload> next) throws Exception;
}
