package dev.switchboard.types;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * An event of a namespace, with the schemas of what is declared of it.
 *
 * @param isTaken whether clients send it
 * @param in what they send
 * @param answer what they are answered
 * @param out what they are sent under this name
 * @param description for people; may be empty
 */
public record EventDeclaration(
        String event,
        boolean isTaken,
        Optional<JsonObject> in,
        Optional<JsonObject> answer,
        Optional<JsonObject> out,
        String description) {
    /** One that the server sends by itself. */
    static EventDeclaration own(String event, String description, JsonObject out) {
        return new EventDeclaration(event, false, Optional.empty(), Optional.empty(), Optional.of(out), description);
    }

    /** Whether clients are sent it. */
    public boolean isSent() {
        return out.isPresent();
    }
}
