package dev.switchboard.deployment;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something could not be deployed or undeployed, and nothing has changed; the message is one line. */
public final class DeploymentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeploymentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** @param known what is wrong, if that is known better than the cause tells */
    static DeploymentException of(String name, @Nullable String known, Throwable cause) {
        if (cause instanceof ClassNotFoundException) {
            return new DeploymentException("there is no verticle " + name, cause);
        }
        String told = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String reason = known == null ? told : known;
        String line = reason.lines().map(String::strip).collect(Collectors.joining(" "));
        return new DeploymentException("cannot start " + name + ": " + line, cause);
    }
}
