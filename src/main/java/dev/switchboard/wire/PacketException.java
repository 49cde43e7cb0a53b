package dev.switchboard.wire;

/** A packet is broken, which ends the connection. It carries no stack trace: the client is at fault. */
public final class PacketException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient CloseReason reason;

    /** It is none, or comes where none may. */
    public PacketException(String message) {
        this(CloseReason.PROTOCOL_ERROR, message);
    }

    PacketException(CloseReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why the connection ends. */
    public CloseReason reason() {
        return reason;
    }
}
