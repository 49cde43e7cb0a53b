package dev.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private Instant now = START;
    private final Revocations revocations = new Revocations(() -> now);

    @Test
    void revoke_family_isRevokedUntilItsEnd() {
        revocations.revoke("a", START.plusSeconds(10));

        assertThat(revocations.isRevoked("a")).isTrue();
        assertThat(revocations.isRevoked("b")).isFalse();
        now = START.plusSeconds(10);
        assertThat(revocations.isRevoked("a")).isFalse();
        assertThat(revocations.entries()).isEmpty();
    }

    @Test
    void revoke_again_prolongsButNeverShortens() {
        revocations.revoke("a", START.plusSeconds(10));
        revocations.revoke("a", START.plusSeconds(20));
        revocations.revoke("a", START.plusSeconds(5));

        assertThat(revocations.entries()).containsExactly(Map.entry("a", START.plusSeconds(20)));
        now = START.plusSeconds(15);
        revocations.revoke("b", START.plusSeconds(30));
        assertThat(revocations.entries()).containsOnlyKeys("a", "b");
        now = START.plusSeconds(20);
        assertThat(revocations.entries()).containsOnlyKeys("b");
    }

    @Test
    void revoke_whatIsOver_isNotKept() {
        revocations.revoke("a", START);

        assertThat(revocations.entries()).isEmpty();
    }

    @Test
    void merge_ofAnotherNode_knowsBoth() {
        revocations.revoke("a", START.plusSeconds(10));
        revocations.revoke("b", START.plusSeconds(10));
        revocations.merge(Map.of("b", START.plusSeconds(20), "c", START.plusSeconds(30)));

        assertThat(revocations.entries())
                .containsOnly(
                        Map.entry("a", START.plusSeconds(10)),
                        Map.entry("b", START.plusSeconds(20)),
                        Map.entry("c", START.plusSeconds(30)));
    }
}
