package dev.switchboard;

import dev.switchboard.session.HttpSessions;
import dev.switchboard.wire.SessionId;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP session of the visitor whose socket an event came from; see {@link Socket#session}. Requests to the
 * application's own routes have the same as vertx-web's session.
 *
 * <pre>{@code
 * on.event("language", (socket, data) -> socket.session().put("language", data.string()));
 * on.event("greet", (socket, data) -> socket.session().get("language").map(language -> greeting(language)));
 * }</pre>
 *
 * <p>Once a Future has succeeded, every later event and request sees what was written, on every node. Everything fails with
 * {@code NO_SESSION} when the socket came without a session, or the session has expired, was destroyed or has got another
 * id since. A write makes the session last for its time-out again, a read does not.
 */
public final class Session {
    private final HttpSessions sessions;
    private final Optional<SessionId> id;

    Session(HttpSessions sessions, Optional<SessionId> id) {
        this.sessions = sessions;
        this.id = id;
    }

    /** A value, which is null when there is none of this name. */
    public Future<@Nullable Object> get(String name) {
        return sessions.get(id, name);
    }

    /**
     * Writes a value.
     *
     * @param name 1 to 256 characters
     * @param value a String, Number, Boolean, JsonObject, JsonArray, Map or List; a session keeps a copy
     * @throws IllegalArgumentException for any other value or name
     */
    public Future<Void> put(String name, Object value) {
        return sessions.put(id, name, value);
    }

    /** Removes a value, if there is one of this name. */
    public Future<Void> remove(String name) {
        return sessions.put(id, name, null);
    }
}
