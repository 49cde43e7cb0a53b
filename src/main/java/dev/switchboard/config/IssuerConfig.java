package dev.switchboard.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another issuer, such as an identity provider, whose tokens are accepted.
 *
 * @param jwks where its public keys are, a key set as in RFC 7517 section 5: {@code https:}, {@code http:} on this machine, or
 *     {@code file:}
 * @param issuer what its tokens must have as {@code iss}; empty: whatever
 * @param audience what its tokens must have as, or among, {@code aud}
 * @param refresh how often the keys are read at most because a token names one that is not there
 * @param maxAge when the keys are read again although none is missing
 */
public record IssuerConfig(URI jwks, Optional<String> issuer, String audience, Duration refresh, Duration maxAge) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration FILE_REFRESH = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    static Optional<IssuerConfig> read(Section token) {
        Optional<URI> jwks = token.string("jwks").flatMap(place -> place(token, place));
        Optional<String> issuer = token.string("issuer");
        Optional<String> audience = token.string("audience");
        boolean isFile = jwks.map(place -> "file".equals(place.getScheme())).orElse(false);
        Duration refresh = token.duration("jwksRefresh", isFile ? FILE_REFRESH : REFRESH, Duration.ofSeconds(1), DAY);
        Duration maxAge = token.duration("jwksMaxAge", isFile ? FILE_REFRESH : MAX_AGE, Duration.ofSeconds(1), DAY);
        if (token.given("jwks").isEmpty()) {
            issuer.ifPresent(name -> token.fault("issuer", without(token)));
            audience.ifPresent(name -> token.fault("audience", without(token)));
        }
        return jwks.map(place -> new IssuerConfig(place, issuer, audience.orElse("switchboard"), refresh, maxAge));
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
