package dev.switchboard;

import dev.switchboard.bus.Hubs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The users of all namespaces and nodes, for code that has no token at hand, on a node without a door, too.
 *
 * <pre>{@code
 * Users.of(vertx).logOut("u-1").onSuccess(v -> log.info("gone"));
 * }</pre>
 *
 * <p>Immutable, for any thread.
 */
public final class Users {
    private final Hubs hubs;

    private Users(Vertx vertx) {
        this.hubs = new Hubs(vertx);
    }

    public static Users of(Vertx vertx) {
        return new Users(vertx);
    }

    /**
     * Logs a user out everywhere: no node accepts a token of his log-ins until now, nor refreshes one, and their sockets are
     * closed with 4001. He may log in again. It is remembered for {@code token.maxAge}; a token that was made elsewhere and
     * lives longer is accepted again after that.
     *
     * @param user the id, whether or not he is there
     * @return succeeds when all nodes refuse them, or are silent; fails with {@code REFUSED} when no node takes clients
     */
    public Future<Void> logOut(String user) {
        return hubs.logOut(user);
    }
}
