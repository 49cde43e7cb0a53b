package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Presence.Change;
import dev.switchboard.token.User;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a place tells, also when Hazelcast repeats a step. */
final class RollTest {
    private static final User ANN = new User("1", "Ann");
    private static final User BOB = new User("2", "Bob");

    private final Map.Entry<String, Roll> place = new SimpleEntry<>("place", null);

    private Change step(Step.Kind kind, User user, String node) {
        return new Step(kind, user, node).process(place).change();
    }

    private Change twice(Step.Kind kind, User user, String node) {
        Change change = step(kind, user, node);
        assertThat(step(kind, user, node)).isEqualTo(change);
        return change;
    }

    @Test
    void enter_repeated_tellsTheSame() {
        assertThat(twice(Step.Kind.ENTER, ANN, "x")).isEqualTo(new Change(true, 1));
        assertThat(twice(Step.Kind.ENTER, ANN, "y")).isEqualTo(new Change(false, 1));
        assertThat(twice(Step.Kind.ENTER, BOB, "y")).isEqualTo(new Change(true, 2));
    }

    @Test
    void enter_ofTheNodeThatToldFirst_afterItLeft_tellsNothing() {
        step(Step.Kind.ENTER, ANN, "x");
        step(Step.Kind.ENTER, ANN, "y");
        assertThat(twice(Step.Kind.LEAVE, ANN, "x")).isEqualTo(new Change(false, 1));

        assertThat(twice(Step.Kind.ENTER, ANN, "x")).isEqualTo(new Change(false, 1));
    }

    @Test
    void leave_repeated_tellsTheSame() {
        step(Step.Kind.ENTER, ANN, "x");
        step(Step.Kind.ENTER, BOB, "x");
        assertThat(twice(Step.Kind.LEAVE, ANN, "x")).isEqualTo(new Change(true, 1));
        assertThat(twice(Step.Kind.LEAVE, BOB, "x")).isEqualTo(new Change(true, 0));

        assertThat(place.getValue()).isNull();
    }

    @Test
    void restore_tellsNothingNowOrLater() {
        assertThat(twice(Step.Kind.RESTORE, ANN, "x")).isEqualTo(new Change(false, 1));
        assertThat(twice(Step.Kind.ENTER, ANN, "y")).isEqualTo(new Change(false, 1));
        assertThat(twice(Step.Kind.LEAVE, ANN, "x")).isEqualTo(new Change(false, 1));
        assertThat(twice(Step.Kind.LEAVE, ANN, "y")).isEqualTo(new Change(true, 0));
    }

    @Test
    void forget_repeated_tellsTheSame() {
        step(Step.Kind.ENTER, ANN, "x");
        step(Step.Kind.ENTER, BOB, "x");
        step(Step.Kind.ENTER, BOB, "y");
        Forget forget = new Forget(Set.of("x"), List.of(ANN));

        for (int i = 0; i < 2; i++) {
            Tally left = forget.process(place);
            assertThat(left.users()).containsExactly(ANN);
            assertThat(left.count()).isOne();
        }
    }

    @Test
    void forget_userWhoCameThroughAnotherNodeMeanwhile_isThere() {
        step(Step.Kind.ENTER, ANN, "x");
        Forget forget = new Forget(Set.of("x"), List.of(ANN));
        step(Step.Kind.ENTER, ANN, "y");

        assertThat(forget.process(place).users()).isEmpty();
        assertThat(place.getValue().users()).containsExactly(ANN);
    }
}
