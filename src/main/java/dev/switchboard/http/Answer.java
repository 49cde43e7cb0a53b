package dev.switchboard.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Ends responses so that {@code HEAD} gets the same headers as {@code GET}, but no body (RFC 9110 section 9.3.2). */
final class Answer {
    private Answer() {}

    /** Ends with JSON that nobody may keep. */
    static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response().setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        end(request, "application/json", body.toBuffer());
    }

    static void end(HttpServerRequest request, String type, Buffer body) {
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
