package dev.switchboard.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * Whether everybody reads a request in the same way, as far as the decoder has not seen to it: one in front of the server
 * could else take a part of it for another request, or for another host's (RFC 9112 sections 3.2 and 6.1).
 */
final class Soundness {
    private Soundness() {}

    static boolean isSound(HttpServerRequest request) {
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean framed = encodings.isEmpty()
                || (encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked"));
        return framed && request.headers().getAll(HttpHeaders.HOST).size() <= 1;
    }

    /** Answers 400 and hangs up, so that nothing that follows is taken for a request. */
    static void refuse(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CONNECTION, "close")
                .setStatusCode(400)
                .end()
                .onComplete(v -> request.connection().close());
    }
}
