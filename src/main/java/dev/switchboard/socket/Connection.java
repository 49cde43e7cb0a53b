package dev.switchboard.socket;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;

/**
 * The bytes below a socket: what a transport implements. All methods are called on the event loop of the socket's hub,
 * and the transport calls the socket there, too. None of them throws once the connection is gone; they do nothing then.
 */
public interface Connection {
    /** The dialect spoken. */
    Codec codec();

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

    /** Ends the connection after what was written, saying why as far as the transport can. */
    void close(CloseReason reason);

    /** Ends the connection at once. */
    void abort();
}
