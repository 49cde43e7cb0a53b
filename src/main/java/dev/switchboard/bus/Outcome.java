package dev.switchboard.bus;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * How an event, or a question to a client, ended: with data or with a failure, never with both.
 *
 * @param data absent when it failed
 */
public record Outcome(Payload data, @Nullable Failure failure) {
    /** Done, and nothing to say. */
    public static final Outcome DONE = new Outcome(Payload.absent(), null);

    public static Outcome of(Payload data) {
        return data.isAbsent() ? DONE : new Outcome(data, null);
    }

    public static Outcome failed(Failure failure) {
        return new Outcome(Payload.absent(), failure);
    }

    public static Outcome failed(ErrorCode code) {
        return failed(code.failure());
    }

    /** What a client may know of an exception: its code and text if it is an answer, else only that it failed. */
    public static Outcome failed(Throwable cause) {
        return failed(cause instanceof EventException e ? e.failure() : ErrorCode.HANDLER_FAILED.failure());
    }

    /** The code of its failure; null without one. */
    public @Nullable String code() {
        return failure == null ? null : failure.code();
    }

    /** The same as a Future: the data, or an {@link EventException}. */
    public Future<Payload> future() {
        return failure == null ? Future.succeededFuture(data) : Future.failedFuture(failure.exception());
    }
}
