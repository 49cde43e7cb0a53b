package dev.switchboard.cluster;

/** What came from another node cannot be read: cut off, of another version, or not ours. */
final class BrokenParcelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenParcelException(String message) {
        super(message);
    }

    BrokenParcelException(String message, Throwable cause) {
        super(message, cause);
    }
}
