package dev.switchboard.config;

/** What becomes of a client that names no origin: one outside of browsers, mostly. */
public enum NoOrigin {
    ACCEPT,
    REFUSE
}
