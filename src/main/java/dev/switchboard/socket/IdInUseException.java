package dev.switchboard.socket;

/** The application gave a socket an id that another socket has. */
public final class IdInUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IdInUseException() {
        super("another socket has this id", null, false, false);
    }
}
