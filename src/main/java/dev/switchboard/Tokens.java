package dev.switchboard;

import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.User;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * Page tokens, for the application's own routes: whom a log-in has recognised gets one, and prints it into the page or
 * answers it. For any thread.
 *
 * <pre>{@code
 * String token = tokens.issue(new User("u-1", "Ann"), new JsonObject()).raw();
 * }</pre>
 */
public final class Tokens {
    private final PageTokens tokens;
    private final Function<Revocation, Future<Void>> revoke;

    Tokens(PageTokens tokens, Function<Revocation, Future<Void>> revoke) {
        this.tokens = tokens;
        this.revoke = revoke;
    }

    /**
     * The first token of a log-in.
     *
     * @param claims what handlers find in {@link Socket#claims} again
     * @throws IllegalArgumentException for an anonymous user, a claim that the token itself uses, or more than 8 KiB
     */
    public PageToken issue(User user, JsonObject claims) {
        return tokens.issue(user, claims);
    }

    /** The token that somebody brought; fails with a {@link dev.switchboard.token.TokenRefusedException}. */
    public Future<PageToken> verify(String raw) {
        return tokens.verify(raw);
    }

    /** Lets no node accept any token of this log-in any more, and closes their sockets with 4001. */
    public Future<Void> revoke(PageToken token) {
        return revoke(token, Revocation.Kind.LOGIN);
    }

    /** The same with this token alone, with all of its log-in, or with all that its user has. */
    public Future<Void> revoke(PageToken token, Revocation.Kind kind) {
        return revoke.apply(tokens.revocation(token, kind));
    }

    /**
     * Logs a user out everywhere: no node accepts any token of his log-ins until now, and their sockets are closed with 4001.
     * He may log in again. See {@link Users#logOut}.
     */
    public Future<Void> revokeAll(String user) {
        return revoke.apply(tokens.revocation(user));
    }
}
