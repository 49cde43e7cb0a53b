package dev.switchboard.launch;

import org.jspecify.annotations.Nullable;

/** A fault of the command line or of what it names; its message is one line for the person at the terminal. */
final class LaunchException extends RuntimeException {
    LaunchException(String message) {
        this(message, null);
    }

    LaunchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
