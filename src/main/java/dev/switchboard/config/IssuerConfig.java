package dev.switchboard.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Another issuer, such as an identity provider, whose tokens are accepted.
 *
 * @param jwks a key set as in RFC 7517 section 5, at {@code https:}, {@code http:} or {@code file:}
 */
public record IssuerConfig(URI jwks, Optional<String> issuer, String audience, Duration refresh, Duration maxAge) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration FILE_REFRESH = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    static Optional<IssuerConfig> read(Section token) {
        Optional<URI> jwks = token.key(
                        "jwks",
                        "public keys of another issuer, whose tokens are accepted, too: a file, an `https:` address, or an"
                                + " `http:` one on this machine; see [tokens of another"
                                + " issuer](limits.md#tokens-of-another-issuer)")
                .string()
                .flatMap(place -> place(token, place));
        Optional<String> issuer = token.key(
                        "issuer", "what such a token must have as `iss`; without it, whatever. Set it")
                .string();
        String audience = token.key("audience", "what such a token must have as `aud`, or among it")
                .string("switchboard");
        boolean isFile = jwks.map(place -> "file".equals(place.getScheme())).orElse(false);
        Duration refresh = token.key(
                        "jwksRefresh",
                        "how often, at most, the keys are read because a token names one that is not there")
                .otherwise(orFile(REFRESH))
                .duration(isFile ? FILE_REFRESH : REFRESH, Duration.ofSeconds(1), DAY);
        Duration maxAge = token.key("jwksMaxAge", "when they are read again although none is missing")
                .otherwise(orFile(MAX_AGE))
                .duration(isFile ? FILE_REFRESH : MAX_AGE, Duration.ofSeconds(1), DAY);
        if (token.given("jwks").isEmpty()) {
            Stream.of("issuer", "audience")
                    .filter(key -> token.given(key).isPresent())
                    .forEach(key -> token.fault(key, without(token)));
        }
        return jwks.map(place -> new IssuerConfig(place, issuer, audience, refresh, maxAge));
    }

    private static String orFile(Duration usual) {
        return "`" + Quantity.print(usual) + "`, a file `" + Quantity.print(FILE_REFRESH) + "`";
    }

    private static String without(Section token) {
        return "is for tokens of another issuer, whose keys " + token.path("jwks") + " must name";
    }

    private static Optional<URI> place(Section token, String place) {
        if (place.matches("(?i)https?:.*")) {
            return url(token, place);
        }
        try {
            Path file = Path.of(place);
            if (Files.isReadable(file) && Files.isRegularFile(file)) {
                return Optional.of(file.toAbsolutePath().toUri());
            }
        } catch (InvalidPathException | SecurityException unreadable) {
            // Told below.
        }
        token.fault("jwks", "names a file that cannot be read: " + Given.quoted(place));
        return Optional.empty();
    }

    /** A key set that anybody on the way could replace would let anybody in. */
    private static Optional<URI> url(Section token, String place) {
        try {
            URI url = new URI(place);
            @Nullable String host = url.getHost();
            if (host == null || url.getUserInfo() != null || url.getFragment() != null) {
                token.fault("jwks", "must be an address with a host, and without a user or a fragment");
            } else if (!"https".equalsIgnoreCase(url.getScheme()) && !LOOPBACK.contains(host)) {
                token.fault("jwks", "must begin with https: unless it is on this machine");
            } else {
                return Optional.of(url);
            }
        } catch (URISyntaxException malformed) {
            token.fault("jwks", "is no address");
        }
        return Optional.empty();
    }
}
