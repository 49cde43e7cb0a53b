package dev.switchboard.token;

import static dev.switchboard.token.Mint.ANN;
import static dev.switchboard.token.Mint.KEY;
import static dev.switchboard.token.Mint.SECOND;
import static dev.switchboard.token.Mint.START;
import static dev.switchboard.token.Mint.base64;
import static dev.switchboard.token.Mint.minimal;
import static dev.switchboard.token.Mint.minted;
import static dev.switchboard.token.Mint.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensVerifyTest {
    private final Mint mint = new Mint();

    @AfterEach
    void close() {
        mint.close();
    }

    @Test
    void verify_atItsEnd_isExpired() {
        PageToken token = mint.tokens.issue(ANN, new JsonObject());

        mint.now = token.expires().minusMillis(1);
        assertThat(mint.verified(token.raw())).isEqualTo(token);
        mint.now = token.expires();
        assertThat(mint.refusal(token.raw())).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void verify_otherKey_isInvalid() {
        String foreign = mint.tokens("another key of at least 32 bytes")
                .issue(ANN, new JsonObject())
                .raw();

        assertThat(mint.refusal(foreign)).isEqualTo(Reason.INVALID);
    }

    @Test
    void verify_otherNodeWithTheSameKey_isTheSame() {
        PageToken token = mint.tokens(KEY).issue(ANN, new JsonObject());

        assertThat(mint.verified(token.raw())).isEqualTo(token);
    }

    @Test
    void verify_expiredTokenOfAnotherKey_isInvalid() {
        String foreign = mint.tokens("another key of at least 32 bytes")
                .issue(ANN, new JsonObject())
                .raw();
        mint.now = START.plus(Duration.ofDays(1));

        assertThat(mint.refusal(foreign)).isEqualTo(Reason.INVALID);
    }

    @Test
    void verify_changedPayload_isInvalid() {
        String[] parts = mint.tokens.issue(ANN, new JsonObject()).raw().split("\\.", 3);
        String forged = base64(payload(parts[0] + "." + parts[1]).put("sub", "root"));

        assertThat(mint.refusal(parts[0] + "." + forged + "." + parts[2])).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @CsvSource({"none,HmacSHA256", "HS512,HmacSHA512", "HS384,HmacSHA384", "RS256,HmacSHA256", "hs256,HmacSHA256"})
    void verify_otherAlgorithm_isInvalid(String name, String algorithm) {
        JsonObject header = new JsonObject().put("alg", name).put("typ", "JWT");

        assertThat(mint.refusal(minted(header, minimal(), algorithm))).isEqualTo(Reason.INVALID);
        assertThat(mint.refusal(base64(header) + "." + base64(minimal()) + ".")).isEqualTo(Reason.INVALID);
        assertThat(mint.refusal(base64(header) + "." + base64(minimal()))).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "...",
                "a.b.c",
                "e30.e30.e30",
                "ä.ö.ü",
                "null",
                "{}",
                "eyJhbGciOiJIUzI1NiJ9..",
                "bnVsbA.bnVsbA.bnVsbA",
                "W10.W10.W10",
                "\0"
            })
    void verify_garbage_isInvalid(String raw) {
        assertThat(mint.refusal(raw)).isEqualTo(Reason.INVALID);
    }

    @Test
    void verify_longInput_isInvalid() {
        String deep = Base64.getUrlEncoder().encodeToString("[".repeat(5000).getBytes(StandardCharsets.UTF_8));

        assertThat(mint.refusal("a".repeat(1 << 20))).isEqualTo(Reason.INVALID);
        assertThat(mint.refusal(".".repeat(8192))).isEqualTo(Reason.INVALID);
        assertThat(mint.refusal(deep + "." + deep + ".x")).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sub       | null
            sub       | ""
            sub       | 5
            exp       | null
            exp       | "tomorrow"
            aud       | null
            aud       | "other"
            aud       | []
            aud       | ["other"]
            aud       | 5
            iat       | "x"
            nbf       | "x"
            jti       | 5
            sid       | {}
            name      | []
            auth_time | "x"
            """)
    void verify_wrongClaim_isInvalid(String name, String value) {
        JsonObject claims = minimal();
        Object json = Json.decodeValue(value);
        if (json == null) {
            claims.remove(name);
        } else {
            claims.put(name, json);
        }

        assertThat(mint.refusal(minted(claims))).isEqualTo(Reason.INVALID);
    }

    @Test
    void verify_notYetValid_isInvalid() {
        assertThat(mint.refusal(minted(minimal().put("nbf", SECOND + 1)))).isEqualTo(Reason.INVALID);
        assertThat(mint.verified(minted(minimal().put("nbf", SECOND))).user().id())
                .isEqualTo("u1");
    }

    @Test
    void verify_issuedInTheFuture_isInvalidUnlessAClockIsALittleAhead() {
        assertThat(mint.refusal(minted(minimal().put("iat", SECOND + 62)))).isEqualTo(Reason.INVALID);
        assertThat(mint.verified(minted(minimal().put("iat", SECOND + 50)))
                        .user()
                        .id())
                .isEqualTo("u1");
    }

    @Test
    void verify_audienceAmongOthers_isTaken() {
        JsonArray audience = new JsonArray().add("other").add("switchboard");

        assertThat(mint.verified(minted(minimal().put("aud", audience))).user().id())
                .isEqualTo("u1");
    }

    @Test
    void verify_mintedElsewhere_fillsWhatIsMissing() {
        PageToken token = mint.verified(minted(minimal()
                .put("jti", "t1")
                .put("iat", SECOND - 10)
                .put("role", "admin")
                .put("access_token", "x")));

        assertThat(token.family()).isEqualTo("t1");
        assertThat(token.authenticated()).isEqualTo(Instant.ofEpochSecond(SECOND - 10));
        assertThat(token.user()).isEqualTo(new User("u1", "u1"));
        assertThat(token.claims())
                .isEqualTo(new JsonObject().put("role", "admin").put("access_token", "x"));
    }

    @Test
    void verify_mintedElsewhereWithoutIds_canBeRevokedAlone() {
        String one = minted(minimal());
        String other = minted(minimal().put("sub", "u2"));
        mint.revoke(mint.verified(one));

        assertThat(mint.refusal(one)).isEqualTo(Reason.REVOKED);
        assertThat(mint.verified(other).user().id()).isEqualTo("u2");
    }

    @Test
    void verify_distantDates_areTaken() {
        PageToken token = mint.verified(minted(minimal().put("exp", 1e300).put("auth_time", 1e300)));
        mint.revoke(token);

        assertThat(token.expires()).isAfter(START);
        assertThat(mint.refusal(token.raw())).isEqualTo(Reason.REVOKED);
    }

    @Test
    void verify_dateWithFraction_isTaken() {
        assertThat(mint.verified(minted(minimal().put("exp", SECOND + 5.5))).expires())
                .isEqualTo(Instant.ofEpochSecond(SECOND + 5).plusMillis(500));
    }
}
