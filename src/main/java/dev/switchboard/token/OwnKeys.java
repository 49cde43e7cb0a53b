package dev.switchboard.token;

import dev.switchboard.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The key that signs page tokens with HS256 (RFC 7518 section 3.2), and the few others whose tokens are accepted, too. A
 * token is tried against all of them, the signing one first, whatever key it names: another back end may have a name of
 * its own for a key. Thread-safe, and never blocks.
 */
final class OwnKeys {
    static final String ALGORITHM = "HS256";
    private static final int ID_BYTES = 8;

    private final JWTAuth signer;
    private final JWTAuth verifier;

    OwnKeys(Vertx vertx, Secret signing, List<Secret> accepted) {
        // Expiry is judged elsewhere, against the clock of the tokens.
        JWTOptions checks = new JWTOptions()
                .setAlgorithm(ALGORITHM)
                .addAudience(Claims.AUDIENCE)
                .setIgnoreExpiration(true);
        JWTAuthOptions verifying = new JWTAuthOptions().setJWTOptions(checks);
        Set<Secret> all = new LinkedHashSet<>(List.of(signing));
        all.addAll(accepted);
        all.forEach(key -> verifying.addPubSecKey(hs256(key)));
        verifier = JWTAuth.create(vertx, verifying);
        signer = JWTAuth.create(
                vertx, new JWTAuthOptions().addPubSecKey(hs256(signing).setId(id(signing))));
    }

    /** By which others can tell keys apart: the beginning of a hash, which tells nothing of the key itself. */
    private static String id(Secret key) {
        byte[] hash = Digest.sha256(key.bytes());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
    }

    private static PubSecKeyOptions hs256(Secret key) {
        return new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(Buffer.buffer(key.bytes()));
    }

    /** A token with this payload; its header names the key. */
    String sign(JsonObject payload) {
        return signer.generateToken(payload, new JWTOptions().setAlgorithm(ALGORITHM));
    }

    /** The payload of a token that one of the keys has signed. */
    Future<JsonObject> payload(String raw) {
        return payload(verifier, raw);
    }

    static Future<JsonObject> payload(JWTAuth verifier, String raw) {
        try {
            return verifier.authenticate(new TokenCredentials(raw))
                    .map(user -> user.attributes().getJsonObject("accessToken"));
        } catch (RuntimeException malformed) {
            // It throws, where it might fail its Future, for claims of an unexpected type.
            return Future.failedFuture(malformed);
        }
    }

    /** The result of a Future that has one already. */
    static JsonObject now(Future<JsonObject> payload) {
        if (payload.failed()) {
            throw new TokenRefusedException(TokenRefusedException.Reason.INVALID);
        }
        return payload.result();
    }
}
