package dev.switchboard.transport.socketio;

import dev.switchboard.resume.Former;
import dev.switchboard.wire.SocketIoPid;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client of a namespace may come back as the socket that it is, and what it says when it does.
 *
 * @param mayBe whether it is told by what it comes back
 * @param former the socket that it had; null when it names none
 * @param places what it has of that
 */
record Return(boolean mayBe, @Nullable Former former, List<String> places) {
    private static final String PID = "pid";
    private static final String OFFSET = "offset";

    /** The namespace keeps nothing, or the client could not say what it has. */
    static final Return NEVER = new Return(false, null, List.of());

    /**
     * What a client says when it connects, in a namespace that keeps what it misses. An offset that is none may be a text of
     * somebody else's, and tells nothing: so it begins anew.
     */
    static Return of(JsonObject said) {
        Optional<SocketIoPid> pid =
                said.getValue(PID) instanceof String text ? SocketIoPid.parse(text) : Optional.empty();
        Object offset = said.getValue(OFFSET);
        Optional<List<String>> places = offset == null
                ? Optional.of(List.of())
                : Optional.of(offset).map(Object::toString).flatMap(Progress::parse);
        return pid.isPresent() && places.isPresent()
                ? new Return(true, Former.lasting(pid.get().id(), pid.get().key(), places.get()), places.get())
                : new Return(true, null, List.of());
    }

    /** What a client says for handlers. */
    JsonObject without(JsonObject said) {
        JsonObject rest = said.copy();
        if (mayBe) {
            rest.remove(PID);
            rest.remove(OFFSET);
        }
        return rest;
    }
}
