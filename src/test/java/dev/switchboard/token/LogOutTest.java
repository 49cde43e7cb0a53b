package dev.switchboard.token;

import static dev.switchboard.token.Mint.ANN;
import static dev.switchboard.token.Mint.SECOND;
import static dev.switchboard.token.Mint.START;
import static dev.switchboard.token.Mint.minimal;
import static dev.switchboard.token.Mint.minted;
import static dev.switchboard.token.Mint.reason;
import static dev.switchboard.token.Mint.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One token, or all of a user, and no others. */
class LogOutTest {
    private final Mint mint = new Mint();

    @AfterEach
    void close() {
        mint.close();
    }

    private PageToken logIn() {
        return mint.tokens.issue(ANN, new JsonObject());
    }

    private void revoke(PageToken token, Revocation.Kind kind) {
        mint.tokens.revoke(mint.tokens.revocation(token, kind));
    }

    @Test
    void revoke_oneToken_leavesItsSiblings() {
        PageToken first = logIn();
        PageToken second = value(mint.tokens.refresh(first));
        revoke(first, Revocation.Kind.TOKEN);

        assertThat(mint.refusal(first.raw())).isEqualTo(Reason.REVOKED);
        assertThat(reason(mint.tokens.refresh(first))).isEqualTo(Reason.REVOKED);
        assertThat(mint.verified(value(mint.tokens.refresh(mint.verified(second.raw())))
                                .raw())
                        .user())
                .isEqualTo(ANN);
        mint.now = first.expires();
        assertThat(mint.revocations.entries()).isEmpty();
    }

    @Test
    void revoke_user_endsEveryLogInUntilNow() {
        PageToken one = logIn();
        PageToken other = value(mint.tokens.refresh(logIn()));
        PageToken stranger = mint.tokens.issue(new User("u2", "bob"), new JsonObject());
        mint.now = START.plusMillis(50);
        mint.tokens.revoke(mint.tokens.revocation(ANN.id()));

        assertThat(mint.refusal(one.raw())).isEqualTo(Reason.REVOKED);
        assertThat(mint.refusal(other.raw())).isEqualTo(Reason.REVOKED);
        assertThat(mint.verified(stranger.raw())).isEqualTo(stranger);
    }

    @Test
    void revoke_user_letsHimLogInAtOnceAndRevokesThatToo() {
        for (int time = 0; time < 3; time++) {
            PageToken token = logIn();
            assertThat(mint.verified(token.raw())).isEqualTo(token);
            mint.tokens.revoke(mint.tokens.revocation(ANN.id()));
            assertThat(mint.refusal(token.raw())).isEqualTo(Reason.REVOKED);
        }
        assertThat(mint.revocations.entries()).hasSize(1);
    }

    @Test
    void revoke_user_isRememberedAsLongAsItsTokensCanBeRefreshed() {
        PageToken token = logIn();
        mint.tokens.revoke(mint.tokens.revocation(ANN.id()));

        mint.now = token.authenticated().plus(Duration.ofMinutes(3));
        assertThat(mint.revocations.entries()).hasSize(1);
        mint.now = mint.now.plusSeconds(2);
        assertThat(mint.revocations.entries()).isEmpty();
    }

    @Test
    void revoke_userOfATokenThatLivesLonger_isRememberedUntilItsEnd() {
        PageToken token = mint.verified(minted(minimal().put("exp", SECOND + 100_000)));
        revoke(token, Revocation.Kind.USER);

        mint.now = token.expires().minusSeconds(1);
        assertThat(mint.refusal(token.raw())).isEqualTo(Reason.REVOKED);
    }
}
