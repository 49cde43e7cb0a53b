package dev.switchboard.limit;

import dev.switchboard.wire.CloseReason;

/** There is no room for another connection. */
public final class NoPlaceException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient CloseReason reason;

    NoPlaceException(CloseReason reason) {
        super(reason.text(), null, false, false);
        this.reason = reason;
    }

    /** What its client is told. */
    public CloseReason reason() {
        return reason;
    }
}
