package dev.switchboard.wire;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server's own error codes: the connection lives, and the code travels in an ack or an {@code error} event. A retry
 * is offered only where the event surely did not run.
 */
public enum ErrorCode {
    BAD_FRAME("The message is not understood", false),
    UNKNOWN_EVENT("Nothing here handles this event", false),
    FORBIDDEN_EVENT("This event name is the server's own", false),
    REFUSED("The event was refused", false),
    INVALID_DATA("The data does not fit the event", false),
    TOO_MANY_PENDING("Too many events are waiting", true),
    RATE_LIMITED("Too many of these events", true),
    INVALID_TOKEN("The token is not valid", false),
    NO_HANDLER("The handler is not running just now", true),
    HANDLER_TIMEOUT("The handler did not answer in time", false),
    HANDLER_LOST("The handler went away, the outcome is unknown", false),
    HANDLER_FAILED("The handler failed", false),
    /** In development: what the server would send is not what was declared of it. */
    NOT_AS_DECLARED("What the handler sends is not as declared", false),
    /** The nodes could not note it: nothing was done, or nobody knows. */
    NOT_KEPT("It could not be kept", false),
    NO_SESSION("There is no session, or no longer", false),
    /** Told to handlers only: there is no such socket, or no longer. */
    NO_SOCKET("There is no such socket", false),
    /** Told to handlers only: a node, this one or another, did not answer in time. */
    NODE_TIMEOUT("A node did not answer in time", false),
    /** Told to handlers only: the client did not answer in time. */
    ASK_TIMEOUT("The client did not answer in time", false);

    private static final Set<String> NAMES =
            Stream.of(values()).map(ErrorCode::name).collect(Collectors.toUnmodifiableSet());

    private final String text;
    private final boolean retry;

    ErrorCode(String text, boolean retry) {
        this.text = text;
        this.retry = retry;
    }

    /** Whether a code is one of these, and not of the application's or a client's own making. */
    public static boolean isOne(String code) {
        return NAMES.contains(code);
    }

    /** The failure with the table's own text. */
    public Failure failure() {
        return new Failure(name(), text, retry);
    }

    /** The failure with a text that says more. It is shown to clients: no class, no address, no stack trace. */
    public Failure failure(String message) {
        return new Failure(name(), message, retry);
    }
}
