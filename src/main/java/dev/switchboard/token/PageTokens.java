package dev.switchboard.token;

import dev.switchboard.config.Secret;
import dev.switchboard.config.TokenConfig;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * Issues, refreshes, verifies and revokes page tokens: JSON Web Tokens (RFC 7519). Its own are signed with HS256, and whoever
 * holds the key can make one elsewhere, too; where the configuration names another issuer, those that one signed with RS256
 * or ES256 are accepted as well. Thread-safe, and never blocks.
 *
 * <pre>{@code
 * PageToken token = tokens.issue(new User(id, "ann"), new JsonObject());
 * tokens.verify(token.raw()).onSuccess(verified -> greet(verified.user()));
 * tokens.revoke(tokens.revocation(token, Revocation.Kind.LOGIN));    // it and all refreshed from the same log-in
 * }</pre>
 */
public final class PageTokens {
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 16;

    /** What a client sends as a header must fit into one, whose usual limit this is. */
    private static final int LONGEST = 8 * 1024;

    private final OwnKeys own;
    private final Optional<ForeignKeys> foreign;
    private final TokenConfig config;
    private final Revocations revocations;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private PageTokens(
            OwnKeys own,
            Optional<ForeignKeys> foreign,
            TokenConfig config,
            Revocations revocations,
            InstantSource clock) {
        this.own = own;
        this.foreign = foreign;
        this.config = config;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Tokens signed with a key; nodes that share it accept each other's.
     *
     * @param revocations what this node refuses
     */
    public static PageTokens create(Vertx vertx, TokenConfig config, Secret key, Revocations revocations) {
        Optional<ForeignKeys> foreign = config.issuer().map(issuer -> new ForeignKeys(vertx, issuer, System::nanoTime));
        foreign.ifPresent(ForeignKeys::load);
        return create(vertx, config, key, foreign, revocations, NodeClock.of(vertx));
    }

    static PageTokens create(
            Vertx vertx,
            TokenConfig config,
            Secret key,
            Optional<ForeignKeys> foreign,
            Revocations revocations,
            InstantSource clock) {
        return new PageTokens(new OwnKeys(vertx, key, config.acceptedKeys()), foreign, config, revocations, clock);
    }

    /** A fresh key for a node that was given none. */
    public static Secret randomKey() {
        return new Secret(bytes(new SecureRandom(), KEY_BYTES));
    }

    /**
     * The first token of a log-in.
     *
     * @param claims what the application wants to find in {@link PageToken#claims()} again
     * @throws IllegalArgumentException when the user is anonymous, a claim has a name that the token itself uses, or
     *     the token becomes longer than 8 KiB
     */
    public PageToken issue(User user, JsonObject claims) {
        if (user.isAnonymous()) {
            throw new IllegalArgumentException("an anonymous user gets no token");
        }
        Instant now = clock.instant();
        return sign(user, randomId(), revocations.nextLogin(user.id(), now), now, claims);
    }

    /**
     * A fresh token for the same user and log-in, with the same claims. It never outlives the log-in's {@code maxAge}.
     * Fails with {@link TokenRefusedException} when that is over, when the token has expired or was revoked, and when it is
     * another issuer's.
     */
    public Future<PageToken> refresh(PageToken token) {
        if (!token.own()) {
            return refused(Reason.FOREIGN);
        }
        Instant now = clock.instant();
        return current(token, now)
                .compose(valid -> end(valid.authenticated()).isAfter(now)
                        ? Future.succeededFuture(
                                sign(valid.user(), valid.family(), valid.authenticated(), now, valid.claims()))
                        : refused(Reason.EXPIRED));
    }

    /** The token that a client brought, or a {@link TokenRefusedException}, whatever the text is. On the caller's context. */
    public Future<PageToken> verify(String raw) {
        if (raw.length() > LONGEST) {
            return refused(Reason.INVALID);
        }
        return parse(raw).recover(fault -> refused(Reason.INVALID)).compose(token -> current(token, clock.instant()));
    }

    private Future<PageToken> parse(String raw) {
        try {
            JoseHeader header = JoseHeader.of(raw);
            boolean isOwn = header.algorithm().equals(OwnKeys.ALGORITHM);
            if (!isOwn && foreign.isEmpty()) {
                return refused(Reason.INVALID);
            }
            Future<JsonObject> payload =
                    isOwn ? own.payload(raw) : foreign.get().payload(raw, header);
            return payload.map(claims -> Claims.read(raw, claims, isOwn, clock.instant()));
        } catch (RuntimeException malformed) {
            return refused(Reason.INVALID);
        }
    }

    private Future<PageToken> current(PageToken token, Instant now) {
        if (revocations.isRevoked(token)) {
            return refused(Reason.REVOKED);
        }
        return token.expires().isAfter(now) ? Future.succeededFuture(token) : refused(Reason.EXPIRED);
    }

    /** What {@link #revoke} takes to refuse this token, and with it all of its log-in or all of its user. */
    public Revocation revocation(PageToken token, Revocation.Kind kind) {
        return switch (kind) {
            case TOKEN -> Revocation.token(token);
            case LOGIN -> Revocation.login(token, end(token));
            case USER -> {
                Revocation all = revocation(token.user().id());
                // Another back end's may live longer than those of this server.
                yield token.expires().isAfter(all.until())
                        ? Revocation.user(all.name(), all.upTo(), token.expires())
                        : all;
            }
        };
    }

    /**
     * What {@link #revoke} takes to refuse all that a user has: the tokens of every log-in until now, and what is refreshed
     * from them. A log-in after that is a new one. Tokens that were made elsewhere, and live longer than {@code maxAge},
     * are accepted again after that time.
     */
    public Revocation revocation(String user) {
        Instant now = clock.instant();
        Instant upTo = revocations.nextLogin(user, now);
        return Revocation.user(user, upTo, upTo.plus(config.maxAge()).plusSeconds(1));
    }

    /** When the token and all that were, or will be, refreshed from the same log-in have expired. */
    private Instant end(PageToken token) {
        Instant end = end(token.authenticated());
        return end.isAfter(token.expires()) ? end : token.expires();
    }

    /** From now on this node refuses these tokens. */
    public void revoke(Revocation revocation) {
        revocations.revoke(revocation);
    }

    private PageToken sign(User user, String family, Instant authenticated, Instant now, JsonObject claims) {
        for (String name : claims.fieldNames()) {
            if (Claims.isOwn(name)) {
                throw new IllegalArgumentException("the claim " + name + " belongs to the token itself");
            }
        }
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        PageToken unsigned = new PageToken(
                "", user, randomId(), family, issued, authenticated, expiry(authenticated, now), true, claims);
        String raw = own.sign(Claims.write(unsigned));
        if (raw.length() > LONGEST) {
            throw new IllegalArgumentException("a token must not be longer than " + LONGEST + " characters");
        }
        return unsigned.signed(raw);
    }

    /** A token counts whole seconds: rounded up, so that it lives as long as was promised, but not beyond the end. */
    private Instant expiry(Instant authenticated, Instant now) {
        Instant due = now.plus(config.ttl()).plusSeconds(1).minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
        Instant end = end(authenticated);
        return due.isBefore(end) ? due : end;
    }

    private Instant end(Instant authenticated) {
        return authenticated.plus(config.maxAge()).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Future<PageToken> refused(Reason reason) {
        return Future.failedFuture(new TokenRefusedException(reason));
    }

    private String randomId() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, ID_BYTES));
    }

    private static byte[] bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
