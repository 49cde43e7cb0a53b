package dev.switchboard.metrics;

/** Whose messages came too fast. */
public enum Pacer {
    SOCKET,
    USER,
    ADDRESS,
    /** A socket's, with tokens. */
    AUTH
}
