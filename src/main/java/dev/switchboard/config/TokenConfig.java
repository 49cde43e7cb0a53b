package dev.switchboard.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How page tokens are made.
 *
 * @param key as RFC 7518 section 3.2 wants it; empty: the node makes its own, and its tokens end with it
 * @param issuer whose tokens are accepted beside those of this server
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
        Duration ttl = token.key("ttl", "how long a page token is valid")
                .duration(Duration.ofHours(1), SECOND, Duration.ofDays(365));
        Duration maxAge = token.key("maxAge", "how long after the log-in its tokens can be refreshed; none outlives it")
                .duration(Duration.ofHours(24), SECOND, Duration.ofDays(3650));
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
        String authenticator = token.key(
                        "authenticator",
                        "the verticle that decides who may have a token; see [the bus contract](bus.md)")
                .string("dev.switchboard.http.GuestAuthenticator");
        if (token.given("authenticator").isPresent() && !verticleExists.test(authenticator)) {
            token.fault("authenticator", "there is no verticle " + Given.quoted(authenticator));
        }
        return new TokenConfig(ttl, maxAge, key, accepted, issuer, authenticator);
    }
}
