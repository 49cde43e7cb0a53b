package dev.switchboard.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Outcome;
import dev.switchboard.config.FollowConfig;
import dev.switchboard.socket.Tap;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FollowingsTest {
    private static final FollowConfig RULE = new FollowConfig(Set.of(), Set.of(), Duration.ofMinutes(1));

    private final Followings followings = new Followings();
    private final Tap tap = new Tap();

    private JsonObject ask(String follower, long now) {
        return followings.ask(follower, tap, now).data().object();
    }

    private String refusal(String follower) {
        Outcome outcome = followings.ask(follower, tap, 0);
        return outcome.failure() == null ? "" : outcome.failure().code();
    }

    @Test
    void ask_withoutARule_isRefused() {
        assertThat(refusal("a")).isEqualTo("REFUSED");
    }

    @Test
    void ask_beyondTheMost_isRefused() {
        followings.allow(RULE);
        for (int n = 0; n < 16; n++) {
            assertThat(refusal("a" + n)).isEmpty();
        }
        assertThat(refusal("one more")).isEqualTo("REFUSED");
    }

    @Test
    void follower_whoAsksNoMore_isForgotten() {
        followings.allow(RULE);
        ask("a", 0);
        followings.tick(10_000);
        assertThat(ask("a", 10_000).containsKey("begun")).isFalse();
        assertThat(tap.isOpen()).isTrue();

        followings.tick(20_001);
        assertThat(tap.isOpen()).isFalse();
        assertThat(ask("a", 20_001).getBoolean("begun")).isTrue();
    }

    @Test
    void follower_whoseTimeIsUp_hearsNothingMore_andIsTold() {
        followings.allow(RULE);
        for (int now = 0; now < 60_000; now += 5_000) {
            ask("a", now);
            followings.tick(now);
        }
        followings.tick(60_000);
        assertThat(tap.isOpen()).isFalse();
        assertThat(ask("a", 60_001).getBoolean("over")).isTrue();
        assertThat(tap.isOpen()).isFalse();
    }

    @Test
    void socket_thatIsGone_isToldOnce() {
        followings.allow(RULE);
        ask("a", 0);

        assertThat(followings.ask("a", null, 1).data().object().getBoolean("ended"))
                .isTrue();
        Outcome after = followings.ask("a", null, 2);
        assertThat(after.failure()).isNotNull();
    }
}
