package dev.switchboard.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Outcome;
import dev.switchboard.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AsksTest {
    private final Asks asks = new Asks(2);
    private final List<String> log = new ArrayList<>();

    private long start(String name, long deadline) {
        return asks.start(
                deadline,
                outcome -> log.add(name + "="
                        + (outcome.failure() == null
                                ? outcome.data().value()
                                : outcome.failure().code())));
    }

    @Test
    void settle_knownId_answersOnce() {
        long id = start("a", 10);

        asks.settle(id, Outcome.of(Payload.of("yes")));
        asks.settle(id, Outcome.of(Payload.of("again")));
        asks.settle(99, Outcome.DONE);

        assertThat(log).containsExactly("a=yes");
        assertThat(asks.isEmpty()).isTrue();
    }

    @Test
    void start_withAnIdOfOthers_goesOnFromThere() {
        start("a", 10);

        asks.start(7, 10, outcome -> log.add("shared"));
        asks.settle(7, Outcome.DONE);

        assertThat(asks.next()).isEqualTo(8);
        assertThat(start("b", 10)).isEqualTo(8);
        assertThat(log).containsExactly("shared");
    }

    @Test
    void start_afterAnEnd_neverUsesAnIdAgain() {
        long first = start("a", 10);
        asks.settle(first, Outcome.DONE);

        assertThat(start("b", 10)).isGreaterThan(first);
    }

    @Test
    void expire_pastTheDeadline_failsOnlyThose() {
        start("a", 10);
        start("b", 20);
        assertThat(asks.isFull()).isTrue();

        asks.expire(15);

        assertThat(log).containsExactly("a=ASK_TIMEOUT");
        assertThat(asks.isFull()).isFalse();
    }

    @Test
    void end_pendingAsks_failWithNoSocket() {
        start("a", 10);
        start("b", 20);

        asks.end();

        assertThat(log).containsExactly("a=NO_SOCKET", "b=NO_SOCKET");
    }
}
