package dev.switchboard.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.ClusteredSessionStore;
import io.vertx.ext.web.sstore.SessionStore;
import java.util.function.Supplier;

/**
 * The sessions of a cluster. Vert.x's store reads, compares and writes in three steps: here those who write to one session
 * take turns, so that nothing that was written is lost.
 */
final class SharedStore implements SessionStore {
    /** A request may come before the session that the answer before it made has reached the store. */
    private static final long RETRY_MILLIS = 200;

    private final SessionStore store;
    private final Turns turns;

    SharedStore(Vertx vertx) {
        this.store = ClusteredSessionStore.create(vertx, HttpSessions.MAP, RETRY_MILLIS);
        this.turns = new Turns(vertx);
    }

    /** Does something to a session while nobody else writes to it. */
    <T> Future<T> inTurn(String id, Supplier<Future<T>> action) {
        return turns.take(id).compose(turn -> {
            Future<T> done;
            try {
                done = action.get();
            } catch (RuntimeException e) {
                done = Future.failedFuture(e);
            }
            return done.eventually(() -> turns.end(id, turn));
        });
    }

    /** Writes a session whose turn it is. */
    Future<Void> store(Session session) {
        return store.put(session);
    }

    @Override
    public SessionStore init(Vertx vertx, JsonObject options) {
        return this;
    }

    @Override
    public long retryTimeout() {
        return store.retryTimeout();
    }

    @Override
    public Session createSession(long timeout) {
        return store.createSession(timeout);
    }

    @Override
    public Session createSession(long timeout, int length) {
        return store.createSession(timeout, length);
    }

    @Override
    public Future<Session> get(String id) {
        return store.get(id);
    }

    @Override
    public Future<Void> delete(String id) {
        return inTurn(id, () -> store.delete(id));
    }

    @Override
    public Future<Void> put(Session session) {
        return inTurn(session.id(), () -> store.put(session));
    }

    @Override
    public Future<Void> clear() {
        return store.clear();
    }

    @Override
    public Future<Integer> size() {
        return store.size();
    }

    @Override
    public void close() {
        store.close();
    }
}
