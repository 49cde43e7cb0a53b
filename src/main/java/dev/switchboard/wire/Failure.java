package dev.switchboard.wire;

import io.vertx.core.json.DecodeException;
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

    /** What code in another language fails with, {@code {"code","message","retry"}}; of any other text, only that it failed. */
    public static Failure parse(String text) {
        try {
            JsonObject json = new JsonObject(text);
            return new Failure(
                    json.getString("code", ErrorCode.HANDLER_FAILED.name()),
                    json.getString("message", ""),
                    json.getBoolean("retry", false));
        } catch (DecodeException | ClassCastException e) {
            return ErrorCode.HANDLER_FAILED.failure();
        }
    }

    /** As others read it: {@code {"code","message","retry"}}. */
    public JsonObject json() {
        return new JsonObject().put("code", code).put("message", message).put("retry", retry);
    }
}
