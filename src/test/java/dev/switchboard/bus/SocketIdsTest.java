package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SocketIdsTest {
    @Test
    void next_manyTimes_neverRepeatsAndNamesItsHub() {
        SocketIds ids = new SocketIds();
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 10_000; i++) {
            String id = ids.next();
            assertThat(seen.add(id)).isTrue();
            assertThat(SocketIds.hub(id)).isEqualTo(ids.hub());
        }
    }

    @Test
    void hub_ofWhatIsNoId_isNone() {
        for (String text : new String[] {"anything", "", ".", ".anything"}) {
            // Empty would mean every hub.
            assertThat(SocketIds.hub(text)).isNotEmpty().doesNotMatch("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void mayBeGiven_whatLooksLikeARandomOne_mayNot() {
        for (String id : new String[] {"ann", "ann@example.org", ".", "ü 😀", "x".repeat(128), new SocketIds().hub()}) {
            assertThat(SocketIds.mayBeGiven(id)).as(id).isTrue();
            assertThat(SocketIds.hub(id)).isEqualTo(SocketIds.NONE);
        }
        for (String id : new String[] {"", "x".repeat(129), "a\nb", "\u0000", new SocketIds().next()}) {
            assertThat(SocketIds.mayBeGiven(id)).as(id).isFalse();
        }
    }
}
