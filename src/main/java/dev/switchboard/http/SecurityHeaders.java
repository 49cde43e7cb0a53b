package dev.switchboard.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Headers that tell a browser what it may not do with an answer. Who answers may replace each. Not for SockJS, whose frames
 * are there to be held by other pages.
 */
final class SecurityHeaders implements Handler<RoutingContext> {
    static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    /** What a page does not ask for by itself, the frames in it do not get either. */
    private static final String PERMISSIONS =
            "camera=(self), display-capture=(self), geolocation=(self), microphone=(self)";

    private static final String YEAR = "max-age=31536000";

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                // Others learn the origin, by which they may know the page, and not the rest of a URL, which may hold a
                // token.
                .putHeader("Referrer-Policy", "strict-origin-when-cross-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Permissions-Policy", PERMISSIONS)
                .putHeader(CONTENT_SECURITY_POLICY, "frame-ancestors 'self'");
        if (context.request().isSSL()) {
            response.putHeader("Strict-Transport-Security", YEAR);
        }
        context.next();
    }
}
