package dev.switchboard.transport.sockjs;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What is answered that is no frame: greeting, info, the page inside the iframe, and refusals. */
final class Answers {
    private static final String TEXT = "text/plain; charset=UTF-8";
    private static final String NEVER = "no-store, no-cache, must-revalidate, max-age=0";
    private static final long YEAR_SECONDS = 31_536_000;

    /** RFC 9110, section 5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final SecureRandom random = new SecureRandom();
    private final String iframe;
    private final String iframeTag;

    /** @param clientScript where the iframe finds the client */
    Answers(String clientScript) {
        this.iframe = """
                <!DOCTYPE html>
                <html>
                <head>
                  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                  <script>
                    document.domain = document.domain;
                    _sockjs_onload = function(){SockJS.bootstrap_iframe();};
                  </script>
                  <script src="%s"></script>
                </head>
                <body>
                  <h2>Don't panic!</h2>
                  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
                </body>
                </html>
                """.formatted(clientScript);
        this.iframeTag = '"' + Integer.toHexString(iframe.hashCode()) + '"';
    }

    /** The method is not the one of this path. */
    static void notAllowed(HttpServerResponse response, HttpMethod method) {
        response.setStatusCode(405)
                .putHeader("Allow", "OPTIONS, " + method.name())
                .end();
    }

    static void text(HttpServerResponse response, int status, String text) {
        response.setStatusCode(status).putHeader("Content-Type", TEXT).end(text);
    }

    void greet(HttpServerResponse response) {
        text(response, 200, "Welcome to SockJS!\n");
    }

    void info(HttpServerResponse response) {
        JsonObject info = new JsonObject()
                .put("websocket", true)
                .put("origins", new JsonArray().add("*:*"))
                .put("cookie_needed", false)
                .put("entropy", Integer.toUnsignedLong(random.nextInt()));
        response.putHeader("Content-Type", "application/json; charset=UTF-8").end(info.encode());
    }

    void iframe(HttpServerRequest request) {
        HttpServerResponse response = keep(request.response()).putHeader("ETag", iframeTag);
        if (iframeTag.equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("Content-Type", "text/html; charset=UTF-8").end(iframe);
        }
    }

    /** A browser asks whether a page of another origin may send. */
    static void preflight(HttpServerResponse response, HttpMethod method) {
        keep(response)
                .putHeader("Access-Control-Allow-Methods", "OPTIONS, " + method.name())
                .putHeader("Access-Control-Max-Age", Long.toString(YEAR_SECONDS))
                .setStatusCode(204)
                .end();
    }

    private static HttpServerResponse keep(HttpServerResponse response) {
        return response.putHeader("Cache-Control", "public, max-age=" + YEAR_SECONDS)
                .putHeader("Expires", DATE.format(Instant.now().plusSeconds(YEAR_SECONDS)));
    }

    /**
     * The headers that every answer of a session has, as the protocol wants them; the origin has been checked. By
     * {@code *} no browser gives away what was asked for with credentials, whatever else is said.
     */
    static void head(HttpServerRequest request) {
        HttpServerResponse response =
                request.response().putHeader("Cache-Control", NEVER).putHeader("X-Content-Type-Options", "nosniff");
        String origin = request.getHeader("Origin");
        boolean named = origin != null && !origin.equals("null");
        response.putHeader("Access-Control-Allow-Origin", named ? origin : "*")
                .putHeader("Access-Control-Allow-Credentials", "true");
        if (origin != null) {
            response.putHeader("Vary", "Origin");
        }
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null && !headers.isBlank()) {
            response.putHeader("Access-Control-Allow-Headers", headers);
        }
    }
}
