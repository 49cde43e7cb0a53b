package dev.switchboard.token;

import static dev.switchboard.token.Mint.ANN;
import static dev.switchboard.token.Mint.SECOND;
import static dev.switchboard.token.Mint.START;
import static dev.switchboard.token.Mint.minimal;
import static dev.switchboard.token.Mint.minted;
import static dev.switchboard.token.Mint.payload;
import static dev.switchboard.token.Mint.reason;
import static dev.switchboard.token.Mint.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {
    private final Mint mint = new Mint();

    @AfterEach
    void close() {
        mint.close();
    }

    @Test
    void issue_user_isVerifiedAsTheSame() {
        PageToken token = mint.tokens.issue(ANN, new JsonObject().put("role", "admin"));

        assertThat(mint.verified(token.raw())).isEqualTo(token);
        assertThat(token.user()).isEqualTo(ANN);
        assertThat(token.claims()).isEqualTo(new JsonObject().put("role", "admin"));
        assertThat(token.authenticated()).isEqualTo(token.issued()).isEqualTo(Instant.ofEpochSecond(SECOND));
        assertThat(token.expires()).isEqualTo(Instant.ofEpochSecond(SECOND + 61));
    }

    @Test
    void issue_user_writesTheClaimsOfTheWire() {
        PageToken token = mint.tokens.issue(ANN, new JsonObject());

        assertThat(payload(token.raw()))
                .isEqualTo(new JsonObject()
                        .put("sub", "u1")
                        .put("name", ANN.name())
                        .put("iat", SECOND)
                        .put("exp", SECOND + 61)
                        .put("jti", token.id())
                        .put("auth_time", SECOND)
                        .put("sid", token.family())
                        .put("aud", "switchboard"));
    }

    @Test
    void issue_twice_hasOtherIdAndFamily() {
        PageToken one = mint.tokens.issue(ANN, new JsonObject());
        PageToken other = mint.tokens.issue(ANN, new JsonObject());

        assertThat(one.id()).isNotEqualTo(other.id()).hasSize(22);
        assertThat(one.family()).isNotEqualTo(other.family()).hasSize(22);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "name", "iat", "exp", "nbf", "jti", "auth_time", "sid", "aud"})
    void issue_claimOfTheToken_isRefused(String name) {
        assertThatThrownBy(() -> mint.tokens.issue(ANN, new JsonObject().put(name, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void issue_anonymousUserOrHugeClaims_isRefused() {
        assertThatThrownBy(() -> mint.tokens.issue(User.anonymous(), new JsonObject()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mint.tokens.issue(ANN, new JsonObject().put("x", "x".repeat(8000))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8192");
    }

    @Test
    void toString_anyToken_neverShowsIt() {
        PageToken token = mint.tokens.issue(ANN, new JsonObject());

        assertThat(token.toString()).contains("u1").doesNotContain(token.raw());
    }

    @Test
    void claims_changedOutside_stayTheSame() {
        JsonObject claims = new JsonObject().put("a", 1);
        PageToken token = mint.tokens.issue(ANN, claims);
        claims.put("a", 2);
        token.claims().put("a", 3);

        assertThat(token.claims()).isEqualTo(new JsonObject().put("a", 1));
    }

    @Test
    void revoke_token_refusesItsWholeFamilyAndNoOther() {
        PageToken first = mint.tokens.issue(ANN, new JsonObject());
        PageToken second = value(mint.tokens.refresh(first));
        PageToken stranger = mint.tokens.issue(ANN, new JsonObject());
        mint.revoke(first);

        assertThat(mint.refusal(first.raw())).isEqualTo(Reason.REVOKED);
        assertThat(mint.refusal(second.raw())).isEqualTo(Reason.REVOKED);
        assertThat(reason(mint.tokens.refresh(second))).isEqualTo(Reason.REVOKED);
        assertThat(mint.verified(stranger.raw())).isEqualTo(stranger);
    }

    @Test
    void revoke_tokenOfLongLife_lastsUntilItsEnd() {
        PageToken token = mint.verified(minted(minimal().put("exp", SECOND + 1_000_000)));
        mint.revoke(token);

        mint.now = token.expires().minusSeconds(1);
        assertThat(mint.refusal(token.raw())).isEqualTo(Reason.REVOKED);
        assertThat(mint.revocations.entries()).hasSize(1);
        mint.now = token.expires();
        assertThat(mint.revocations.entries()).isEmpty();
        assertThat(mint.refusal(token.raw())).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void refresh_validToken_keepsAllButTheTime() {
        PageToken first = mint.tokens.issue(ANN, new JsonObject().put("role", "admin"));
        mint.now = START.plusSeconds(30);
        PageToken second = value(mint.tokens.refresh(first));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.family()).isEqualTo(first.family());
        assertThat(second.user()).isEqualTo(ANN);
        assertThat(second.claims()).isEqualTo(first.claims());
        assertThat(second.authenticated()).isEqualTo(first.authenticated());
        assertThat(second.issued()).isEqualTo(Instant.ofEpochSecond(SECOND + 30));
        assertThat(second.expires()).isEqualTo(Instant.ofEpochSecond(SECOND + 91));
        assertThat(mint.verified(second.raw())).isEqualTo(second);
    }

    @Test
    void refresh_nearTheEndOfTheLogIn_neverGoesBeyond() {
        PageToken token = mint.tokens.issue(ANN, new JsonObject());
        Instant end = token.authenticated().plus(Duration.ofMinutes(3));
        for (int minute = 0; minute < 3; minute++) {
            mint.now = token.expires().minusMillis(1);
            token = value(mint.tokens.refresh(token));
        }

        assertThat(token.expires()).isEqualTo(end);
        mint.now = end;
        assertThat(reason(mint.tokens.refresh(token))).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void refresh_tokenOfAnOldLogIn_isExpired() {
        PageToken token = mint.verified(minted(minimal().put("auth_time", SECOND - 180)));

        assertThat(reason(mint.tokens.refresh(token))).isEqualTo(Reason.EXPIRED);
        assertThat(reason(mint.tokens.refresh(mint.verified(minted(minimal())))))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void refusal_anyReason_hasNoStackTraceAndAText() {
        Throwable refusal = mint.tokens.verify("").cause();

        assertThat(refusal).hasMessage("The token is not valid").hasNoCause();
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    @Test
    void randomKey_twice_isAnother() {
        assertThat(PageTokens.randomKey()).isNotEqualTo(PageTokens.randomKey());
        assertThat(PageTokens.randomKey().bytes()).hasSize(32);
    }
}
