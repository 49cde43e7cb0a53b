package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterestsTest {
    private static final Target ROOM = Target.room("/", "r");

    private final List<String> told = new ArrayList<>();
    private final Promise<Void> known = Promise.promise();
    private final Interests interests = new Interests((target, there) -> {
        told.add((there ? "+" : "-") + target.name());
        return known.future();
    });

    @Test
    void add_byTwoHubs_isToldOnceAndKnownToBothAtTheSameTime() {
        Future<Void> first = interests.add(ROOM);
        Future<Void> second = interests.add(ROOM);

        assertThat(told).containsExactly("+r");
        assertThat(second.isComplete()).isFalse();
        known.complete();
        assertThat(first.succeeded()).isTrue();
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void remove_byAllHubs_isToldAfterAWhile() {
        interests.add(ROOM);
        interests.add(ROOM);
        interests.remove(ROOM, 0);
        interests.sweep(10_000);
        assertThat(told).containsExactly("+r");

        interests.remove(ROOM, 10_000);
        interests.sweep(10_001);
        assertThat(told).containsExactly("+r");
        assertThat(interests.all()).containsExactly(ROOM);
        interests.sweep(20_000);

        assertThat(told).containsExactly("+r", "-r");
        assertThat(interests.all()).isEmpty();
    }

    @Test
    void add_whileLingering_tellsNothingAndStays() {
        interests.add(ROOM);
        interests.remove(ROOM, 0);
        interests.add(ROOM);
        interests.sweep(10_000);
        assertThat(told).containsExactly("+r");

        interests.remove(ROOM, 10_000);
        interests.sweep(11_000);
        assertThat(told).containsExactly("+r");
    }

    @Test
    void remove_whatIsNotThere_doesNothing() {
        interests.remove(ROOM, 0);
        interests.sweep(10_000);

        assertThat(told).isEmpty();
    }
}
