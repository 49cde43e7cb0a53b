package dev.switchboard.wire;

import io.vertx.core.json.JsonObject;

/**
 * Why an event failed, as the asker is told.
 *
 * @param code one of {@link ErrorCode}, or an application's own
 * @param message a sentence for people
 * @param retry true only where the event surely did not run
 */
public record Failure(String code, String message, boolean retry) {
    /** The failure as something that can be thrown. */
    public EventException exception() {
        return new EventException(code, message, retry);
    }

    JsonObject json() {
        return new JsonObject().put("code", code).put("message", message).put("retry", retry);
    }
}
