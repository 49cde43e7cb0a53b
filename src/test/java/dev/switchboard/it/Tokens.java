package dev.switchboard.it;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Page tokens as another back end would make them: with the key, and without this project's code. */
final class Tokens {
    static final String KEY = "a key for tests only, of more than 32 bytes";

    private Tokens() {}

    /** A good token of this user, for an hour. */
    static String of(String user) {
        return sign(claims(user), KEY);
    }

    /** A token that ends at a moment, past or not. */
    static String until(String user, Instant end) {
        return sign(claims(user).put("exp", end.getEpochSecond()), KEY);
    }

    static JsonObject claims(String user) {
        return new JsonObject()
                .put("sub", user)
                .put("name", "Name of " + user)
                .put("aud", "switchboard")
                .put("iat", Instant.now().getEpochSecond())
                .put("exp", Instant.now().plusSeconds(3600).getEpochSecond());
    }

    static String sign(JsonObject claims, String key) {
        String signed = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(claims.encode());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A token that says that it needs no signature (RFC 7519 section 6). */
    static String unsigned(String user) {
        return part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "."
                + part(claims(user).encode()) + ".";
    }

    private static String part(String json) {
        return base64(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
