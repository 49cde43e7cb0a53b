package dev.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.token.Revocation.Kind;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private Instant now = START;
    private final Revocations revocations = new Revocations(() -> now);

    private static Instant after(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static Revocation login(String name, int seconds) {
        return new Revocation(Kind.LOGIN, name, after(seconds), after(seconds));
    }

    private static PageToken token(String id, String family, String user, Instant authenticated) {
        return new PageToken(
                "raw",
                new User(user, user),
                id,
                family,
                authenticated,
                authenticated,
                after(1000),
                true,
                new JsonObject());
    }

    private static PageToken of(String family) {
        return token("t", family, "u", START);
    }

    @Test
    void revoke_family_isRevokedUntilItsEnd() {
        revocations.revoke(login("a", 10));

        assertThat(revocations.isRevoked(of("a"))).isTrue();
        assertThat(revocations.isRevoked(of("b"))).isFalse();
        now = after(10);
        assertThat(revocations.isRevoked(of("a"))).isFalse();
        assertThat(revocations.entries()).isEmpty();
    }

    @Test
    void revoke_sameNameOfAnotherKind_isAnother() {
        revocations.revoke(new Revocation(Kind.TOKEN, "x", after(10), after(10)));

        assertThat(revocations.isRevoked(token("x", "f", "u", START))).isTrue();
        assertThat(revocations.isRevoked(token("t", "x", "x", START))).isFalse();
    }

    @Test
    void revoke_user_coversLogInsUntilThen() {
        revocations.revoke(new Revocation(Kind.USER, "u", after(10), after(100)));

        assertThat(revocations.isRevoked(token("t", "f", "u", after(10)))).isTrue();
        assertThat(revocations.isRevoked(token("t", "f", "u", after(11)))).isFalse();
        assertThat(revocations.isRevoked(token("t", "f", "v", after(10)))).isFalse();
        now = after(10).plusMillis(500);
        assertThat(revocations.nextLogin("u", now)).isEqualTo(after(11));
        assertThat(revocations.nextLogin("v", now)).isEqualTo(after(10));
    }

    @Test
    void revoke_again_prolongsButNeverShortens() {
        assertThat(revocations.revoke(login("a", 10))).isTrue();
        assertThat(revocations.revoke(login("a", 20))).isTrue();
        assertThat(revocations.revoke(login("a", 5))).isFalse();

        assertThat(revocations.entries()).containsExactly(login("a", 20));
        now = after(15);
        revocations.revoke(login("b", 30));
        assertThat(revocations.entries()).containsExactlyInAnyOrder(login("a", 20), login("b", 30));
        now = after(20);
        assertThat(revocations.entries()).containsExactly(login("b", 30));
    }

    @Test
    void revoke_userOverAndOver_isOneEntryOfTheLargestReach() {
        IntStream.of(3, 1, 2)
                .forEach(n -> revocations.revoke(new Revocation(Kind.USER, "u", after(n), after(100 + n))));

        assertThat(revocations.entries()).containsExactly(new Revocation(Kind.USER, "u", after(3), after(103)));
        now = after(103);
        assertThat(revocations.entries()).isEmpty();
    }

    @Test
    void revoke_whatIsOver_isNotKept() {
        assertThat(revocations.revoke(login("a", 0))).isFalse();

        assertThat(revocations.entries()).isEmpty();
    }
}
