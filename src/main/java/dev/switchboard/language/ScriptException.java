package dev.switchboard.language;

import org.jspecify.annotations.Nullable;

/** A script cannot be used; the message is one line and says where: {@code typing.js, line 3: …}. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ScriptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
