package dev.switchboard.token;

import dev.switchboard.config.IssuerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Public keys of another issuer (RFC 7517 section 5): RSA keys for RS256 and P-256 keys for ES256, and nothing else. Keys of
 * other kinds, such as shared secrets, are left out, and of the rest only what makes up the key is read: so a token can
 * choose neither the algorithm nor the curve. Immutable, for any thread.
 */
final class KeySet {
    private static final Map<String, String> ALGORITHMS = Map.of("RSA", "RS256", "EC", "ES256");
    private static final String CURVE = "P-256";

    /** RFC 7518 section 3.3. */
    private static final int LEAST_RSA_BYTES = 2048 / 8;

    private static final int LARGEST_RSA_BYTES = 8192 / 8;
    private static final int MOST_KEYS = 64;

    private final Optional<JWTAuth> verifier;
    private final Set<String> ids;

    private KeySet(Optional<JWTAuth> verifier, Set<String> ids) {
        this.verifier = verifier;
        this.ids = ids;
    }

    /** No key at all: it verifies nothing. */
    static KeySet empty() {
        return new KeySet(Optional.empty(), Set.of());
    }

    /** @throws RuntimeException when that is no key set, or none of its keys can be used */
    static KeySet of(Vertx vertx, Buffer json, IssuerConfig config) {
        List<JsonObject> keys = new ArrayList<>();
        Map<String, JsonObject> byId = new HashMap<>();
        for (Object each : keys(json)) {
            Optional<JsonObject> usable = each instanceof JsonObject key ? usable(key) : Optional.empty();
            if (usable.isPresent() && keys.size() < MOST_KEYS) {
                keys.add(usable.get());
                Optional.ofNullable(usable.get().getString("kid")).ifPresent(id -> byId.put(id, usable.get()));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key for RS256 or ES256");
        }
        JWTOptions checks = new JWTOptions().addAudience(config.audience()).setIgnoreExpiration(true);
        config.issuer().ifPresent(checks::setIssuer);
        JWTAuthOptions options = new JWTAuthOptions().setJWTOptions(checks);
        keys.forEach(options::addJwk);
        return new KeySet(Optional.of(JWTAuth.create(vertx, options)), Set.copyOf(byId.keySet()));
    }

    private static JsonArray keys(Buffer json) {
        try {
            JsonArray keys = new JsonObject(json).getJsonArray("keys");
            if (keys != null) {
                return keys;
            }
        } catch (DecodeException | ClassCastException malformed) {
            // Told below; what the parser says may be long.
        }
        throw new IllegalArgumentException("it is no key set");
    }

    private static Optional<JsonObject> usable(JsonObject key) {
        try {
            String type = key.getString("kty");
            String algorithm = ALGORITHMS.get(type);
            if (algorithm == null) {
                return Optional.empty();
            }
            boolean fits = algorithm.equals(key.getString("alg", algorithm))
                    && "sig".equals(key.getString("use", "sig"))
                    && (type.equals("RSA") ? isRsa(key) : CURVE.equals(key.getString("crv")));
            return fits ? Optional.of(plain(key, algorithm)) : Optional.empty();
        } catch (ClassCastException | NullPointerException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isRsa(JsonObject key) {
        int bytes = Base64.getUrlDecoder().decode(key.getString("n")).length;
        return bytes >= LEAST_RSA_BYTES
                && bytes <= LARGEST_RSA_BYTES + 1
                && key.getString("e").length() <= Long.BYTES;
    }

    private static JsonObject plain(JsonObject key, String algorithm) {
        JsonObject plain = new JsonObject().put("alg", algorithm);
        for (String part : List.of("kty", "kid", "n", "e", "crv", "x", "y")) {
            Optional.ofNullable(key.getString(part)).ifPresent(value -> plain.put(part, value));
        }
        return plain;
    }

    /** Whether it may hold the key that has signed a token. */
    boolean mayHave(JoseHeader header) {
        return verifier.isPresent() && header.keyId().map(ids::contains).orElse(true);
    }

    /** The payload of a token that one of the keys has signed, for this audience and by this issuer. */
    Future<JsonObject> payload(String raw) {
        return verifier.map(jwt -> OwnKeys.payload(jwt, raw))
                .orElseGet(() -> Future.failedFuture(new TokenRefusedException(TokenRefusedException.Reason.INVALID)));
    }
}
