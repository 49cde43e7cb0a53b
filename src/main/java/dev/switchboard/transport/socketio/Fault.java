package dev.switchboard.transport.socketio;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Why a request is refused: codes and texts are those of the reference implementation, which clients know. */
enum Fault {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SESSION(400, 1, "Session ID unknown"),
    BAD_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNKNOWN_REVISION(400, 5, "Unsupported protocol version"),

    // These are this server's own.
    TOO_LARGE(413, 3, "Payload too large"),
    TOO_MANY(429, 4, "Rate limited"),
    FULL(503, 4, "Try again later");

    private final int status;
    private final int code;
    private final String message;

    Fault(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    void answer(HttpServerResponse response) {
        if (!response.ended()) {
            JsonObject body = new JsonObject().put("code", code).put("message", message);
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(body.toBuffer());
        }
    }
}
