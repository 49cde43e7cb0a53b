package dev.switchboard.wire;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * Why an event failed, as the asker is told.
 *
 * @param code one of {@link ErrorCode}, or an application's own
 * @param message a sentence for people
 * @param retry true only where the event surely did not run
 * @param data what else there is to say, for programs; absent as a rule
 */
public record Failure(String code, String message, boolean retry, Payload data) {
    public Failure(String code, String message, boolean retry) {
        this(code, message, retry, Payload.absent());
    }

    /** The same, with something to say for programs. */
    public Failure with(Payload more) {
        return new Failure(code, message, retry, more);
    }

    /** The failure as something that can be thrown. */
    public EventException exception() {
        return new EventException(code, message, retry).with(data);
    }

    /** What code in another language fails with, as {@link #json} says it; of any other text, only that it failed. */
    public static Failure parse(String text) {
        try {
            JsonObject json = new JsonObject(text);
            Failure failure = new Failure(
                    Objects.requireNonNullElse(json.getString("code"), ErrorCode.HANDLER_FAILED.name()),
                    Objects.requireNonNullElse(json.getString("message"), ""),
                    Boolean.TRUE.equals(json.getBoolean("retry")));
            return json.containsKey("data") ? failure.with(Payload.of(json.getValue("data"))) : failure;
        } catch (DecodeException | ClassCastException e) {
            return ErrorCode.HANDLER_FAILED.failure();
        }
    }

    /** As others read it: {@code {"code","message","retry"}}, and {@code "data"} if there is some. */
    public JsonObject json() {
        JsonObject json =
                new JsonObject().put("code", code).put("message", message).put("retry", retry);
        return data.isAbsent() ? json : json.put("data", data.value());
    }
}
