package dev.switchboard.resume;

import dev.switchboard.bus.Outcome;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Answers as they stand in a record. */
final class Outcomes {
    private static final String ERROR = "error";
    private static final String JSON = "json";
    private static final String BYTES = "bytes";

    private Outcomes() {}

    static JsonObject json(Outcome outcome) {
        Failure failure = outcome.failure();
        JsonObject json = new JsonObject();
        if (failure != null) {
            return json.put(ERROR, failure.json().encode());
        }
        Payload data = outcome.data();
        if (data.isAbsent()) {
            return json;
        }
        return data.isBinary()
                ? json.put(BYTES, data.bytes())
                : json.put(JSON, new String(data.bytes(), StandardCharsets.UTF_8));
    }

    static Outcome of(JsonObject json) {
        if (json.containsKey(ERROR)) {
            return Outcome.failed(Failure.parse(json.getString(ERROR)));
        }
        if (json.containsKey(BYTES)) {
            return Outcome.of(Payload.ofBinary(json.getBinary(BYTES)));
        }
        return json.containsKey(JSON)
                ? Outcome.of(Payload.ofJson(json.getString(JSON).getBytes(StandardCharsets.UTF_8)))
                : Outcome.DONE;
    }
}
