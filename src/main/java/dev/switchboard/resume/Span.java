package dev.switchboard.resume;

import dev.switchboard.journal.Position;
import io.vertx.core.json.JsonArray;

/**
 * A time in which a socket was one of those that a log is for.
 *
 * @param from what was in the log before; what follows is for the socket
 * @param until the offset of the last that is for the socket; {@link #OPEN} while it still is one of them
 * @param all how far the log of the namespace was when it began; what is for several rooms stands there
 * @param allUntil the same when it ended
 * @param ended when it ended, in milliseconds since 1970; 0 if it has not
 */
record Span(Position from, long until, long all, long allUntil, long ended) {
    static final long OPEN = -1;

    static Span begin(Position from, long all) {
        return new Span(from, OPEN, all, OPEN, 0);
    }

    Span end(long last, long lastOfAll, long now) {
        return new Span(from, last, all, lastOfAll, now);
    }

    boolean isOpen() {
        return until == OPEN;
    }

    /** Whether an entry of the log is for the socket. */
    boolean covers(long offset) {
        return offset > from.offset() && (isOpen() || offset <= until);
    }

    /** Whether an entry of the namespace's log, for rooms of which this is one, is for the socket. */
    boolean coversOfAll(long offset) {
        return offset > all && (isOpen() || offset <= allUntil);
    }

    JsonArray json() {
        return new JsonArray()
                .add(from.text())
                .add(until)
                .add(all)
                .add(allUntil)
                .add(ended);
    }

    static Span of(JsonArray json) {
        return new Span(
                Position.parse(json.getString(0)).orElseThrow(),
                json.getLong(1),
                json.getLong(2),
                json.getLong(3),
                json.getLong(4));
    }
}
