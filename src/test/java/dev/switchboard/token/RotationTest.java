package dev.switchboard.token;

import static dev.switchboard.token.Mint.ANN;
import static dev.switchboard.token.Mint.KEY;
import static dev.switchboard.token.Mint.minimal;
import static dev.switchboard.token.Mint.minted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One key gives way to another. */
class RotationTest {
    private static final String NEXT = "the next key, of more than 32 bytes";

    private final Mint mint = new Mint();

    @AfterEach
    void close() {
        mint.close();
    }

    private static JsonObject header(String raw) {
        byte[] json = Base64.getUrlDecoder().decode(raw.substring(0, raw.indexOf('.')));
        return new JsonObject(new String(json, StandardCharsets.UTF_8));
    }

    private static PageToken verified(PageTokens tokens, String raw) {
        return Mint.value(tokens.verify(raw));
    }

    @Test
    void issue_token_namesItsKeyAndTellsNothingOfIt() {
        String raw = mint.tokens.issue(ANN, new JsonObject()).raw();
        String again = mint.tokens(KEY).issue(ANN, new JsonObject()).raw();
        String other = mint.tokens(NEXT, KEY).issue(ANN, new JsonObject()).raw();

        assertThat(header(raw).fieldNames()).containsExactlyInAnyOrder("alg", "typ", "kid");
        assertThat(header(raw).getString("kid")).hasSize(11).isNotEqualTo(KEY.substring(0, 11));
        assertThat(header(again)).isEqualTo(header(raw));
        assertThat(header(other).getString("kid")).isNotEqualTo(header(raw).getString("kid"));
    }

    @Test
    void verify_tokenOfAnAcceptedKey_isTaken() {
        PageToken old = mint.tokens.issue(ANN, new JsonObject());
        PageToken next = mint.tokens(NEXT, KEY).issue(ANN, new JsonObject());

        assertThat(verified(mint.tokens(NEXT, KEY), old.raw())).isEqualTo(old);
        assertThat(verified(mint.tokens(KEY, NEXT), next.raw())).isEqualTo(next);
        assertThat(mint.refusal(next.raw())).isEqualTo(Reason.INVALID);
        assertThat(Mint.reason(mint.tokens(NEXT).verify(old.raw()))).isEqualTo(Reason.INVALID);
    }

    @Test
    void refresh_tokenOfTheOldKey_isSignedWithTheNewOne() {
        PageTokens rotated = mint.tokens(NEXT, KEY);
        PageToken fresh = Mint.value(rotated.refresh(
                verified(rotated, mint.tokens.issue(ANN, new JsonObject()).raw())));

        assertThat(verified(mint.tokens(NEXT), fresh.raw())).isEqualTo(fresh);
    }

    @Test
    void verify_tokenWithoutKeyIdOrWithOneOfItsOwn_isTriedAgainstAllKeys() {
        JsonObject named = new JsonObject().put("alg", "HS256").put("kid", "back-end-7");

        for (String raw : new String[] {minted(minimal()), minted(named, minimal(), "HmacSHA256")}) {
            assertThat(verified(mint.tokens(NEXT, KEY), raw).user().id()).isEqualTo("u1");
            assertThat(Mint.reason(mint.tokens(NEXT).verify(raw))).isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void verify_sameKeyGivenTwice_isOne() {
        PageToken token = mint.tokens.issue(ANN, new JsonObject());

        assertThat(verified(mint.tokens(KEY, KEY, NEXT, NEXT), token.raw())).isEqualTo(token);
    }
}
