package dev.switchboard.metrics;

/** What became of a client that came back and named the socket that it had. */
public enum ResumeOutcome {
    /** It is that socket again, and has what it missed. */
    RESUMED,
    /** It is a new socket, and is told so: it came too late, or with a wrong key. */
    UNKNOWN,
    /** It is a new socket, and is told so: of what it missed something is kept no more. */
    INCOMPLETE,
    /** What is kept could not be read, or was forgotten in that moment; its connection has ended, and it tries again. */
    FAILED
}
