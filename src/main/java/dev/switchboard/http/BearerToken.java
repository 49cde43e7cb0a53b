package dev.switchboard.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token that a request brings in its {@code Authorization} (RFC 6750 section 2.1). */
final class BearerToken {
    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private BearerToken() {}

    /** Something that no token is when the request brings something else. */
    static Optional<String> of(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)).map(header -> {
            Matcher bearer = BEARER.matcher(header);
            return bearer.matches() ? bearer.group(1) : "";
        });
    }
}
