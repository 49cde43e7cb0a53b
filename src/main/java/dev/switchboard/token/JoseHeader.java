package dev.switchboard.token;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/** What a token says of its signature (RFC 7515 section 4.1); nothing of it is proven. */
record JoseHeader(String algorithm, Optional<String> keyId) {
    /** @throws RuntimeException when there is none, or it is not understood */
    static JoseHeader of(String raw) {
        String first = raw.substring(0, raw.indexOf('.'));
        JsonObject header = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(first)));
        return new JoseHeader(header.getString("alg", ""), Optional.ofNullable(header.getString("kid")));
    }
}
