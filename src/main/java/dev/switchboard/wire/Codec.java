package dev.switchboard.wire;

import org.jspecify.annotations.Nullable;

/** A dialect: how messages look on the wire. Stateless, for any thread. */
public sealed interface Codec permits EventsCodec, SockJsCodec, TextCodec, SocketIoCodec {
    /** {@code {"event":…,"data":…}} in both directions. */
    Codec EVENTS = new EventsCodec();

    /** The same inside SockJS frames. */
    Codec SOCKJS = new SockJsCodec();

    /** Bare text and binary messages, for clients that know no envelope. */
    Codec TEXT = new TextCodec();

    /** How many dialects there are; each has a number below it. */
    int COUNT = 5;

    /** The number of this dialect: what it says is the same for all receivers of one namespace. */
    int number();

    /** Whether a client of this dialect can answer what it is asked. */
    boolean hasAcks();

    /** Whether a client of this dialect may say who it is after it has connected. */
    boolean hasAuth();

    /**
     * Reads one message. Never throws: what is not understood comes as {@link Inbound.Bad}.
     *
     * @param message valid UTF-8 unless {@code binary}; never changed afterwards by the caller
     */
    Inbound decode(byte[] message, boolean binary);

    /** Writes one message; null when this dialect has no way to say it. */
    @Nullable
    Frame encode(Outbound message);
}
