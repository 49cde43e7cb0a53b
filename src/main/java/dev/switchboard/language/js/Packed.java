package dev.switchboard.language.js;

import dev.switchboard.bus.Answer;
import dev.switchboard.bus.Answers;
import dev.switchboard.bus.Member;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way into a script or out of it: JSON as text, which scripts parse into values of their own; bytes as a
 * text with one character each.
 *
 * @param kind 0 for nothing, 1 for JSON, 2 for bytes; the prelude counts in the same way
 */
record Packed(int kind, String text) {
    private static final Packed NOTHING = new Packed(0, "");

    static Packed of(@Nullable Object value) {
        if (value == null) {
            return NOTHING;
        }
        Payload payload = value instanceof Payload given ? given : Payload.of(json(value));
        if (payload.isAbsent()) {
            return NOTHING;
        }
        return payload.isBinary()
                ? new Packed(2, new String(payload.bytes(), StandardCharsets.ISO_8859_1))
                : new Packed(1, new String(payload.json(), StandardCharsets.UTF_8));
    }

    Payload payload() {
        return switch (kind) {
            case 0 -> Payload.absent();
            case 1 -> Payload.ofJson(text.getBytes(StandardCharsets.UTF_8));
            default -> Payload.ofBinary(text.getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    /** {@code [kind, text]}: data of its own within a value. */
    private JsonArray array() {
        return new JsonArray().add(kind).add(text);
    }

    /** What futures of the API bear. */
    private static Object json(Object value) {
        if (value instanceof Collection<?> all) {
            JsonArray array = new JsonArray();
            all.forEach(one -> array.add(json(one)));
            return array;
        }
        if (value instanceof Answers answers) {
            return new JsonObject()
                    .put("answers", json(answers.answers()))
                    .put("missing", json(answers.missing()))
                    .put("complete", answers.complete());
        }
        if (value instanceof Answer answer) {
            JsonObject json = new JsonObject().put("from", answer.from());
            return answer.failure() == null
                    ? json.put("data", of(answer.data()).array())
                    : json.put("error", answer.failure().json());
        }
        if (value instanceof User user) {
            return new JsonObject().put("id", user.id()).put("name", user.name());
        }
        if (value instanceof Member member) {
            return new JsonObject()
                    .put("socket", member.socket())
                    .put("user", member.user().isAnonymous() ? null : json(member.user()));
        }
        if (value instanceof CloseReason reason) {
            return new JsonObject()
                    .put("code", reason.code())
                    .put("text", reason.text())
                    .put("reconnect", reason.reconnect());
        }
        return value;
    }
}
