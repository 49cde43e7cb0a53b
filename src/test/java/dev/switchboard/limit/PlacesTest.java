package dev.switchboard.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.config.NodeLimits;
import dev.switchboard.config.Rate;
import dev.switchboard.metrics.Meters;
import dev.switchboard.time.NodeClock;
import dev.switchboard.wire.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Rate FAST = new Rate(1_000_000, Duration.ofSeconds(1), 1_000_000);

    private static Places places(int all, int perAddress, int perUser, Rate rate) {
        return new Places(new NodeLimits(all, perAddress, perUser, rate, 1, 1, 1, 1), new Meters(), NodeClock.SYSTEM);
    }

    private static CloseReason refusal(Places places, String address) {
        return catchThrowableOfType(NoPlaceException.class, () -> places.take(address))
                .reason();
    }

    @Test
    void take_whenTheNodeIsFull_isRefusedUntilOneIsGivenBack() throws Exception {
        Places places = places(2, 10, 10, FAST);
        Place first = places.take("10.0.0.1");
        places.take("10.0.0.2");

        assertThat(refusal(places, "10.0.0.3")).isEqualTo(CloseReason.TRY_AGAIN_LATER);
        assertThat(places.taken()).isEqualTo(2);

        first.giveBack();
        places.take("10.0.0.3");
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void take_ofAnAddressWithTooMany_isRefusedAndCostsNothing() throws Exception {
        Places places = places(10, 1, 10, new Rate(2, Duration.ofHours(1), 2));
        places.take("2001:db8::1");

        assertThat(refusal(places, "2001:db8::2")).isEqualTo(CloseReason.RATE_LIMITED);
        assertThat(places.taken()).isEqualTo(1);
        places.take("2001:db8:0:1::1");
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void take_fasterThanTheRate_isRefusedAndCostsNothing() throws Exception {
        Places places = places(10, 1, 10, new Rate(1, Duration.ofHours(1), 1));
        places.take("10.0.0.1");

        assertThat(refusal(places, "10.0.0.2")).isEqualTo(CloseReason.TRY_AGAIN_LATER);
        assertThat(places.taken()).isEqualTo(1);
        assertThat(places.names()).isEqualTo(1);
    }

    @Test
    void seat_ofAUserWithTooMany_isRefusedUntilOneLeaves() throws Exception {
        Places places = places(10, 10, 1, FAST);
        Place first = places.take("10.0.0.1");
        Place second = places.take("10.0.0.1");

        assertThat(first.seat("ann")).isTrue();
        assertThat(second.seat("ann")).isFalse();
        assertThat(second.seat("bob")).isTrue();
        first.giveBack();
        assertThat(places.take("10.0.0.1").seat("ann")).isTrue();
    }

    @Test
    void giveBack_twiceOrBeforeItsUserIsKnown_countsOnce() throws Exception {
        Places places = places(10, 10, 10, FAST);
        Place place = places.take("10.0.0.1");
        place.seat("ann");
        place.seat("ann");

        place.giveBack();
        place.giveBack();
        assertThat(place.seat("bob")).isTrue();

        assertThat(places.taken()).isZero();
        assertThat(places.names()).isZero();
    }

    @Test
    void places_takenAndGivenBackByManyThreads_areAllThereAtTheEnd() throws Exception {
        Places places = places(50, 20, 10, FAST);
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            Thread thread = new Thread(() -> {
                for (int round = 0; round < 20_000; round++) {
                    ThreadLocalRandom random = ThreadLocalRandom.current();
                    try {
                        Place place = places.take("10.0.0." + random.nextInt(4));
                        place.seat("user " + random.nextInt(4));
                        most.accumulateAndGet(places.taken(), Math::max);
                        place.giveBack();
                    } catch (NoPlaceException full) {
                        // which costs nothing
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(30_000);
        }

        assertThat(places.taken()).isZero();
        assertThat(places.names()).isZero();
        assertThat(most.get()).isPositive();
    }
}
