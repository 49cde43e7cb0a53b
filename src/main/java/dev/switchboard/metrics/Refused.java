package dev.switchboard.metrics;

/** What a connection was refused for. */
public enum Refused {
    /** The node has all it takes. */
    NODE,
    /** They came too fast. */
    RATE,
    /** The address has all it may have. */
    ADDRESS,
    /** The user has all that a user may have. */
    USER,
    /** The node has all the TCP connections it takes. */
    TCP
}
