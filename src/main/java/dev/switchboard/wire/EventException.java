package dev.switchboard.wire;

import org.jspecify.annotations.Nullable;

/**
 * An event failed with a code that its sender is told. A handler throws it, or fails its Future with it; whoever asked
 * a client gets it when the client answered with an error. Any other exception reaches the client as {@code
 * HANDLER_FAILED} without its message.
 *
 * <pre>{@code
 * throw new EventException("ROOM_FULL", "The room has no seat left");
 * }</pre>
 *
 * <p>It carries no stack trace: it is an answer, not a defect.
 */
public final class EventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final boolean retry;

    /** Serializable only in name: exceptions of this kind never leave their JVM as such. */
    private final transient Payload data;

    public EventException(String code, String message) {
        this(code, message, false);
    }

    /** @param retry whether sending the event again makes sense: only where it surely did not run */
    public EventException(String code, String message, boolean retry) {
        this(code, message, retry, Payload.absent());
    }

    private EventException(String code, @Nullable String message, boolean retry, Payload data) {
        super(message, null, false, false);
        this.code = code;
        this.retry = retry;
        this.data = data;
    }

    /** The same, with data that the sender is told, as {@link Payload#of} takes it. */
    public EventException with(@Nullable Object more) {
        return new EventException(code, getMessage(), retry, Payload.of(more));
    }

    public String code() {
        return code;
    }

    public boolean retry() {
        return retry;
    }

    /** What else it says, for programs; absent as a rule. */
    public Payload data() {
        return data;
    }

    /** What the client is told. */
    public Failure failure() {
        String message = getMessage();
        return new Failure(code, message == null ? "" : message, retry, data);
    }
}
