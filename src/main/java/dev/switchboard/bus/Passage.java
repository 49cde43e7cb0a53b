package dev.switchboard.bus;

import dev.switchboard.wire.Failure;
import org.jspecify.annotations.Nullable;

/**
 * That an event is no event for a handler, but on its way through a middleware.
 *
 * @param visit counts what the socket's middleware was told, from 1; the same on the way in and on the way back
 * @param failure on the way back: how it failed further inside; null when it did not
 */
public record Passage(Point point, long visit, @Nullable Failure failure) {
    /** What passes, and in which direction. */
    public enum Point {
        /** A socket wants to come in. */
        CONNECTION,
        /** A client sent an event. */
        PACKET,
        /** The same on its way back: the socket ended, the event was handled. */
        BACK
    }
}
