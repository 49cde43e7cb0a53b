package dev.switchboard.bus;

/** How an event is sent, where it is not sent as usual. */
public enum EmitFlag {
    /**
     * A receiver that takes nothing just now, because its client reads too slowly, goes without, and is never closed for
     * it; a node that is silent goes without as a whole. For what the next event replaces: positions, progress.
     */
    VOLATILE,

    /** Only the sockets of this node. */
    LOCAL,

    /**
     * The event is worth compressing. It changes nothing: where the configuration has compression, all events that are
     * large enough are compressed for the WebSockets that agreed on it, and others never are.
     */
    COMPRESS
}
