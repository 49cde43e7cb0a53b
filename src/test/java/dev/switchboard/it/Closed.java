package dev.switchboard.it;

/**
 * How a connection ended, as its client saw it.
 *
 * @param code the transport's own; the HTTP status when an upgrade was refused
 */
record Closed(int code, String reason) {}
