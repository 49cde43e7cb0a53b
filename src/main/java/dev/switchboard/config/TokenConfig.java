package dev.switchboard.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How page tokens are made.
 *
 * @param ttl how long a token is valid
 * @param maxAge how long after the log-in its tokens can be refreshed; no token outlives it
 * @param key what signs the tokens, at least 32 bytes (RFC 7518 section 3.2); empty: the node makes its own, and its
 *     tokens end with it
 * @param acceptedKeys further keys whose tokens are accepted: the one before, or the one to come
 * @param issuer whose tokens are accepted beside those of this server
 * @param authenticator name of the verticle that decides who a client is
 */
public record TokenConfig(
        Duration ttl,
        Duration maxAge,
        Optional<Secret> key,
        List<Secret> acceptedKeys,
        Optional<IssuerConfig> issuer,
        String authenticator) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** No key but the one that signs, and no other issuer. */
    public TokenConfig(Duration ttl, Duration maxAge, Optional<Secret> key, String authenticator) {
        this(ttl, maxAge, key, List.of(), Optional.empty(), authenticator);
    }

    static TokenConfig read(Section token, Predicate<String> verticleExists) {
        Duration ttl = token.duration("ttl", Duration.ofHours(1), SECOND, Duration.ofDays(365));
        Duration maxAge = token.duration("maxAge", Duration.ofHours(24), SECOND, Duration.ofDays(3650));
        if (maxAge.compareTo(ttl) < 0) {
            token.fault(
                    "maxAge",
                    "is " + Quantity.print(maxAge) + ", but must not be shorter than " + token.path("ttl")
                            + ", which is " + Quantity.print(ttl));
        }
        KeySource keys = new KeySource(token);
        Optional<Secret> key = keys.read();
        List<Secret> accepted = keys.accepted();
        Optional<IssuerConfig> issuer = IssuerConfig.read(token);
        Optional<String> authenticator = token.string("authenticator");
        authenticator
                .filter(verticleExists.negate())
                .ifPresent(name -> token.fault("authenticator", "there is no verticle " + Given.quoted(name)));
        return new TokenConfig(
                ttl, maxAge, key, accepted, issuer, authenticator.orElse("dev.switchboard.http.GuestAuthenticator"));
    }
}
