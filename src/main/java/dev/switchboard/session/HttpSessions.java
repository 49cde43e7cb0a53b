package dev.switchboard.session;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.SessionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.ext.web.sstore.SessionStore;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of HTTP sessions, by the session's id. What is written is there for every request and every event, on every
 * node, once the Future has succeeded; and it makes the session last longer, which reading does not. Where there is no
 * session, or no longer, everything fails with {@code NO_SESSION}.
 */
public final class HttpSessions {
    /** Where Vert.x itself keeps sessions, so that other servers in the same Vert.x share them. */
    static final String MAP = "vertx-web.sessions";

    private static final long NEVER = 0;
    private static final long LOOK_FOR_EXPIRED_MILLIS = 1000;

    private final Vertx vertx;

    /** Costs nothing. */
    public HttpSessions(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The store for a server that makes sessions; it forgets what has expired as long as the caller's context lives. */
    public static SessionStore store(Vertx vertx) {
        return vertx.isClustered()
                ? new SharedStore(vertx)
                : LocalSessionStore.create(vertx, MAP, LOOK_FOR_EXPIRED_MILLIS);
    }

    private record Store(SessionStore store) implements Shareable {}

    private SessionStore store() {
        LocalMap<String, Store> known = vertx.sharedData().getLocalMap("switchboard.sessions");
        return known.computeIfAbsent(
                        "",
                        key -> new Store(
                                vertx.isClustered()
                                        ? new SharedStore(vertx)
                                        : LocalSessionStore.create(vertx, MAP, NEVER)))
                .store;
    }

    /** A value, null when there is none of this name. */
    public Future<@Nullable Object> get(Optional<SessionId> id, String name) {
        SessionValues.check(name);
        return id.isEmpty()
                ? gone()
                : store().get(id.get().value())
                        .compose(session -> session != null && isThere(session)
                                ? Future.succeededFuture(SessionValues.read(session.get(name)))
                                : gone());
    }

    /**
     * Writes a value, or removes it (null).
     *
     * @throws IllegalArgumentException for a value that no session keeps, see {@link SessionValues#of}
     */
    public Future<Void> put(Optional<SessionId> id, String name, @Nullable Object value) {
        SessionValues.check(name);
        Object kept = value == null ? null : SessionValues.of(value);
        return id.isEmpty() ? gone() : change(id.get().value(), session -> session.put(name, kept));
    }

    private Future<Void> change(String id, Consumer<Session> change) {
        if (store() instanceof SharedStore shared) {
            return shared.inTurn(
                    id,
                    () -> shared.get(id).compose(session -> {
                        Future<Void> changed = change(session, change);
                        return changed.compose(v -> shared.store(session));
                    }));
        }
        // On one node the stored session is the very object that requests have.
        return store().get(id).compose(session -> change(session, change));
    }

    private static Future<Void> change(@Nullable Session session, Consumer<Session> change) {
        if (session == null || !isThere(session)) {
            return gone();
        }
        change.accept(session);
        session.setAccessed();
        return Future.succeededFuture();
    }

    private static boolean isThere(Session session) {
        return !session.isDestroyed() && System.currentTimeMillis() - session.lastAccessed() <= session.timeout();
    }

    private static <T> Future<T> gone() {
        return Future.failedFuture(ErrorCode.NO_SESSION.failure().exception());
    }
}
