package dev.switchboard.socket;

import dev.switchboard.metrics.Transport;
import dev.switchboard.resume.Former;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Outbound;
import org.jspecify.annotations.Nullable;

/**
 * The bytes below a socket: what a transport implements. All methods are called on the event loop of the socket's hub,
 * and the transport calls the socket there, too. None of them throws once the connection is gone; they do nothing then.
 */
public interface Connection {
    /** The dialect spoken. */
    Codec codec();

    /** Which socket its client had before, where that is said by connecting and not by a message; null when it is not said. */
    default @Nullable Former former() {
        return null;
    }

    /**
     * The socket opens: what is written from now on is for its client.
     *
     * @param resumed whether it is the one that its client had before
     */
    default void opened(boolean resumed) {}
    /** As what it is counted. */
    Transport transport();

    /** Whether the transport takes more just now; when it does so again it calls {@link LiveSocket#drained}. */
    boolean writable();

    /** Takes a message; it leaves at the end of this turn of the event loop at the latest. */
    void write(Frame frame);

    /** Stops reading, so that the client is pushed back; false when this transport cannot. */
    boolean pause();

    /** Goes on reading. */
    void resume();

    /** Asks the peer below the dialect whether it is there; false when this transport cannot. */
    boolean ping();

    /** Ends the connection, which gets no socket, saying why as far as the transport can. Nothing else was called before. */
    default void refuse(CloseReason reason) {
        Frame farewell = codec().encode(new Outbound.Refused(reason, null));
        if (farewell != null) {
            write(farewell);
        }
        close(reason);
    }

    /** Ends the connection after what was written, saying why as far as the transport can. */
    void close(CloseReason reason);

    /** Ends the connection at once. */
    void abort();
}
