package dev.switchboard.token;

import static dev.switchboard.token.Mint.KEY;
import static dev.switchboard.token.Mint.minimal;
import static dev.switchboard.token.Mint.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.IssuerConfig;
import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of another issuer, and those who pretend to be one. */
class ForeignKeysTest {
    private static final String AUDIENCE = "my-app";
    private static final String ISSUER = "https://id.example.com";
    private static final Issuer RSA = Issuer.rsa("r1");
    private static final Issuer EC = Issuer.ec("e1", "secp256r1");

    private final Mint mint = new Mint();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        mint.close();
    }

    private static JsonObject claims() {
        return minimal().put("aud", AUDIENCE).put("iss", ISSUER);
    }

    private PageTokens tokens(URI jwks) {
        IssuerConfig config =
                new IssuerConfig(jwks, Optional.of(ISSUER), AUDIENCE, Duration.ofSeconds(30), Duration.ofMinutes(10));
        ForeignKeys keys = new ForeignKeys(mint.vertx, config, nanos::get);
        await(keys.load());
        return mint.tokens(KEY, Optional.of(keys));
    }

    private URI file(Issuer... issuers) throws IOException {
        return Files.writeString(
                        directory.resolve("jwks.json"), Issuer.keySet(issuers).encode())
                .toUri();
    }

    private static <T> Future<T> await(Future<T> future) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(future::isComplete);
        return future;
    }

    private static Reason refusal(PageTokens tokens, String raw) {
        return reason(await(tokens.verify(raw)));
    }

    private URI serve(Consumer<HttpServerRequest> answer) {
        HttpServer server = await(mint.vertx
                        .createHttpServer()
                        .requestHandler(request -> {
                            reads.incrementAndGet();
                            answer.accept(request);
                        })
                        .listen(0, "127.0.0.1"))
                .result();
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/keys");
    }

    @Test
    void verify_tokensOfTheIssuer_areTaken() throws IOException {
        PageTokens tokens = tokens(file(RSA, EC));

        for (Issuer issuer : new Issuer[] {RSA, EC}) {
            PageToken token = Mint.value(await(tokens.verify(
                    issuer.token(claims().put("preferred_username", "ann").put("role", "admin")))));
            assertThat(token.user()).isEqualTo(new User("u1", "ann"));
            assertThat(token.own()).isFalse();
            assertThat(token.claims().getString("role")).isEqualTo("admin");
            assertThat(reason(tokens.refresh(token))).isEqualTo(Reason.FOREIGN);
        }
    }

    @Test
    void verify_ownTokens_areTakenAsBefore() throws IOException {
        PageToken own = mint.tokens.issue(Mint.ANN, new JsonObject());

        assertThat(Mint.value(tokens(file(RSA)).verify(own.raw()))).isEqualTo(own);
    }

    @Test
    void verify_foreignToken_canBeRevokedByIdAndByUser() throws IOException {
        PageTokens tokens = tokens(file(RSA));
        String raw = RSA.token(claims().put("jti", "t1").put("iat", Mint.SECOND - 5));
        String other = RSA.token(claims().put("jti", "t2").put("iat", Mint.SECOND - 5));

        tokens.revoke(tokens.revocation(Mint.value(await(tokens.verify(raw))), Revocation.Kind.TOKEN));
        assertThat(refusal(tokens, raw)).isEqualTo(Reason.REVOKED);
        assertThat(await(tokens.verify(other)).succeeded()).isTrue();
        tokens.revoke(tokens.revocation("u1"));
        assertThat(refusal(tokens, other)).isEqualTo(Reason.REVOKED);
    }

    @Test
    void verify_wrongOrMissingClaims_isInvalid() throws IOException {
        PageTokens tokens = tokens(file(RSA));

        for (String name : new String[] {"sub", "exp", "aud", "iss"}) {
            JsonObject without = claims();
            without.remove(name);
            assertThat(refusal(tokens, RSA.token(without))).as(name).isEqualTo(Reason.INVALID);
        }
        assertThat(refusal(tokens, RSA.token(claims().put("aud", "switchboard"))))
                .isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, RSA.token(claims().put("iss", "https://other.example.com"))))
                .isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, RSA.token(claims().put("iss", 5)))).isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, RSA.token(claims().put("exp", Mint.SECOND)))).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void verify_signedWithAPublicKeyAsSecret_isInvalid() throws Exception {
        PageTokens tokens = tokens(file(RSA, EC));

        for (Issuer issuer : new Issuer[] {RSA, EC}) {
            for (byte[] secret : issuer.publicForms()) {
                for (String kid : new String[] {issuer.id(), "none"}) {
                    String signed = Mint.base64(
                                    new JsonObject().put("alg", "HS256").put("kid", kid)) + "." + Mint.base64(claims());
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                    String raw = signed + "." + Issuer.base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
                    assertThat(refusal(tokens, raw)).isEqualTo(Reason.INVALID);
                }
            }
        }
    }

    @Test
    void verify_otherAlgorithmThanTheKeyIsFor_isInvalid() throws IOException {
        PageTokens tokens = tokens(file(RSA, EC));
        String good = RSA.token(claims());

        for (String algorithm :
                new String[] {"none", "None", "", "HS256", "RS512", "PS256", "ES256", "ES384", "EdDSA"}) {
            JsonObject header = new JsonObject().put("alg", algorithm).put("kid", "r1");
            String head = Mint.base64(header);
            String rest = good.substring(good.indexOf('.'));
            assertThat(refusal(tokens, head + rest)).as(algorithm).isEqualTo(Reason.INVALID);
            assertThat(refusal(tokens, head + "." + Mint.base64(claims()))).isEqualTo(Reason.INVALID);
            assertThat(refusal(tokens, head + "." + Mint.base64(claims()) + "."))
                    .isEqualTo(Reason.INVALID);
        }
        assertThat(refusal(tokens, RSA.token(claims(), "RS512", "SHA512withRSA")))
                .isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, EC.token(claims(), "RS256", "SHA256withECDSAinP1363Format")))
                .isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, RSA.token(claims(), "ES256", "SHA256withRSA")))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void verify_keyThatTheTokenBringsItself_isInvalid() throws IOException {
        PageTokens tokens = tokens(file(RSA));
        Issuer mallory = Issuer.rsa("r1");
        JsonObject header = new JsonObject()
                .put("alg", "RS256")
                .put("kid", "r1")
                .put("jwk", mallory.jwk())
                .put("jku", "http://127.0.0.1:1/keys");

        assertThat(refusal(tokens, mallory.token(claims()))).isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, mallory.signed(header, claims(), "SHA256withRSA")))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void verify_keysThatAreNotForIt_areNotTaken() throws IOException {
        Issuer curve = Issuer.ec("e2", "secp384r1");
        Issuer weak = Issuer.rsa("weak", 1024);
        JsonObject secret = new JsonObject()
                .put("kty", "oct")
                .put("alg", "HS256")
                .put("kid", "o1")
                .put("k", Issuer.base64(KEY.getBytes(StandardCharsets.UTF_8)));
        JsonObject set = Issuer.keySet(RSA, curve, weak);
        set.getJsonArray("keys")
                .add(secret)
                .add(EC.jwk().put("use", "enc"))
                .add(EC.jwk().put("kid", "e3").put("alg", "ES384"))
                .add("no key")
                .addNull();
        PageTokens tokens =
                tokens(Files.writeString(directory.resolve("odd"), set.encode()).toUri());

        assertThat(await(tokens.verify(RSA.token(claims()))).succeeded()).isTrue();
        assertThat(refusal(tokens, curve.token(claims()))).isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, curve.token(claims(), "ES256", "SHA256withECDSAinP1363Format")))
                .isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, weak.token(claims()))).isEqualTo(Reason.INVALID);
        assertThat(refusal(tokens, EC.token(claims()))).isEqualTo(Reason.INVALID);
        // Signed with the server's own key, but with the claims of the other issuer.
        assertThat(refusal(tokens, Mint.minted(claims()))).isEqualTo(Reason.INVALID);
    }

    @Test
    void keys_unreachableAtFirst_comeLater() throws IOException {
        Path later = directory.resolve("later.json");
        PageTokens tokens = tokens(later.toUri());
        String raw = RSA.token(claims());

        assertThat(refusal(tokens, raw)).isEqualTo(Reason.INVALID);
        Files.writeString(later, Issuer.keySet(RSA).encode());
        assertThat(refusal(tokens, raw)).isEqualTo(Reason.INVALID);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(await(tokens.verify(raw)).succeeded()).isTrue();
    }

    @Test
    void keys_ofAUrl_areReadAgainForANewKeyButNotTooOften() {
        Issuer next = Issuer.rsa("r2");
        Issuer[] known = {RSA};
        PageTokens tokens = tokens(
                serve(request -> request.response().end(Issuer.keySet(known).encode())));

        for (int time = 0; time < 5; time++) {
            assertThat(await(tokens.verify(RSA.token(claims()))).succeeded()).isTrue();
            assertThat(refusal(tokens, next.token(claims()))).isEqualTo(Reason.INVALID);
        }
        assertThat(reads).hasValue(1);
        known[0] = next;
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(await(tokens.verify(next.token(claims()))).succeeded()).isTrue();
        assertThat(refusal(tokens, RSA.token(claims()))).isEqualTo(Reason.INVALID);
        assertThat(reads).hasValue(2);
    }

    @Test
    void keys_ofAUrl_areReadAgainWhenTheyAreOldAndStayWhileTheServerFails() {
        int[] status = {200};
        PageTokens tokens = tokens(serve(request -> request.response()
                .setStatusCode(status[0])
                .end(Issuer.keySet(RSA).encode())));
        status[0] = 503;
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());

        assertThat(await(tokens.verify(RSA.token(claims()))).succeeded()).isTrue();
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(reads).hasValue(2));
        assertThat(await(tokens.verify(RSA.token(claims()))).succeeded()).isTrue();
    }

    @Test
    void keys_thatAreNone_areRefused() {
        for (String body : new String[] {
            "", "[]", "{}", "{\"keys\":5}", "{\"keys\":[]}", "no json", " ".repeat(300_000), "{\"keys\":[{}]}"
        }) {
            PageTokens tokens = tokens(serve(request -> request.response().end(body)));
            assertThat(refusal(tokens, RSA.token(claims()))).isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void keys_behindARedirection_areNotRead() {
        URI good = serve(request -> request.response().end(Issuer.keySet(RSA).encode()));
        PageTokens tokens = tokens(serve(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", good.toString())
                .end()));

        assertThat(refusal(tokens, RSA.token(claims()))).isEqualTo(Reason.INVALID);
        assertThat(reads).hasValue(1);
    }
}
