package dev.switchboard.token;

import dev.switchboard.config.Secret;
import dev.switchboard.config.TokenConfig;
import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Issues, refreshes, verifies and revokes page tokens: JSON Web Tokens (RFC 7519) with HS256 (RFC 7518 section 3.2).
 * Whoever holds the key can make one elsewhere, too. Thread-safe, and never blocks.
 *
 * <pre>{@code
 * PageToken token = tokens.issue(new User(id, "ann"), new JsonObject());
 * tokens.verify(token.raw()).onSuccess(verified -> greet(verified.user()));
 * tokens.revoke(token.family(), tokens.end(token));    // it and all that were refreshed from the same log-in
 * }</pre>
 */
public final class PageTokens {
    private static final String ALGORITHM = "HS256";
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 16;

    /** What a client sends as a header must fit into one, whose usual limit this is. */
    private static final int LONGEST = 8 * 1024;

    private final JWTAuth jwt;
    private final TokenConfig config;
    private final Revocations revocations;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private PageTokens(JWTAuth jwt, TokenConfig config, Revocations revocations, InstantSource clock) {
        this.jwt = jwt;
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
        return create(vertx, config, key, revocations, InstantSource.system());
    }

    static PageTokens create(
            Vertx vertx, TokenConfig config, Secret key, Revocations revocations, InstantSource clock) {
        // Expiry is judged here, against the clock of this class.
        JWTOptions checks = new JWTOptions()
                .setAlgorithm(ALGORITHM)
                .addAudience(Claims.AUDIENCE)
                .setIgnoreExpiration(true);
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(checks)
                .addPubSecKey(new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(Buffer.buffer(key.bytes())));
        return new PageTokens(JWTAuth.create(vertx, options), config, revocations, clock);
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
        return sign(user, randomId(), now.truncatedTo(ChronoUnit.SECONDS), now, claims);
    }

    /**
     * A fresh token for the same user and log-in, with the same claims. It never outlives the log-in's {@code maxAge}.
     * Fails with {@link TokenRefusedException} when that is over, or the token has expired or was revoked.
     */
    public Future<PageToken> refresh(PageToken token) {
        Instant now = clock.instant();
        return current(token, now)
                .compose(valid -> end(valid.authenticated()).isAfter(now)
                        ? Future.succeededFuture(
                                sign(valid.user(), valid.family(), valid.authenticated(), now, valid.claims()))
                        : refused(Reason.EXPIRED));
    }

    /** The token that a client brought, or a {@link TokenRefusedException}, whatever the text is. */
    public Future<PageToken> verify(String raw) {
        if (raw.length() > LONGEST) {
            return refused(Reason.INVALID);
        }
        Instant now = clock.instant();
        return authenticate(raw)
                .map(payload -> Claims.read(raw, payload, now))
                .recover(fault -> refused(Reason.INVALID))
                .compose(token -> current(token, now));
    }

    private Future<PageToken> current(PageToken token, Instant now) {
        if (revocations.isRevoked(token.family())) {
            return refused(Reason.REVOKED);
        }
        return token.expires().isAfter(now) ? Future.succeededFuture(token) : refused(Reason.EXPIRED);
    }

    /** When the token and all that were, or will be, refreshed from the same log-in have expired. */
    public Instant end(PageToken token) {
        Instant end = end(token.authenticated());
        return end.isAfter(token.expires()) ? end : token.expires();
    }

    /**
     * From now on this node refuses all tokens of a log-in.
     *
     * @param family the log-in, see {@link PageToken#family}
     * @param until when the last of them has expired, see {@link #end}
     */
    public void revoke(String family, Instant until) {
        revocations.revoke(family, until);
    }

    private Future<JsonObject> authenticate(String raw) {
        try {
            return jwt.authenticate(new TokenCredentials(raw))
                    .map(user -> user.attributes().getJsonObject("accessToken"));
        } catch (RuntimeException malformed) {
            // It throws, where it might fail its Future, for claims of an unexpected type.
            return Future.failedFuture(malformed);
        }
    }

    private PageToken sign(User user, String family, Instant authenticated, Instant now, JsonObject claims) {
        for (String name : claims.fieldNames()) {
            if (Claims.isOwn(name)) {
                throw new IllegalArgumentException("the claim " + name + " belongs to the token itself");
            }
        }
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        PageToken unsigned =
                new PageToken("", user, randomId(), family, issued, authenticated, expiry(authenticated, now), claims);
        String raw = jwt.generateToken(Claims.write(unsigned), new JWTOptions().setAlgorithm(ALGORITHM));
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
