package dev.switchboard.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.EventRates;
import dev.switchboard.config.Rate;
import dev.switchboard.metrics.Meters;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final int MOST = 1_000;

    private final ManualTime time = new ManualTime();
    private final Meters meters = new Meters();

    private static Rate perSecond(int times) {
        return new Rate(times, Duration.ofSeconds(1), times);
    }

    private static EventRates rates(@Nullable Rate socket, @Nullable Rate user, @Nullable Rate address) {
        return new EventRates(Optional.ofNullable(socket), Optional.ofNullable(user), Optional.ofNullable(address));
    }

    private Rates of(Map<String, EventRates> rates) {
        return new Rates(rates, MOST, meters, time);
    }

    private static long passed(Pace pace, String event, String user) {
        return IntStream.range(0, 100).filter(n -> pace.take(event, user) == 0).count();
    }

    @Test
    void take_beyondTheSocketsRate_saysWhenToComeAgain() {
        Pace pace = of(Map.of("say", rates(perSecond(4), null, null))).pace("10.0.0.1");

        assertThat(passed(pace, "say", "")).isEqualTo(4);
        assertThat(pace.take("say", "")).isEqualTo(250);
        assertThat(pace.take("else", "")).isZero();

        time.pass(Duration.ofMillis(250));
        assertThat(passed(pace, "say", "")).isEqualTo(1);
        assertThat(meters.scrape()).contains("switchboard_rate_limited_total{by=\"socket\"} 196.0");
    }

    @Test
    void take_ofTwoSockets_sharesWhatUserAndAddressHave() {
        Rates rates = of(Map.of("say", rates(null, perSecond(4), perSecond(6))));
        Pace first = rates.pace("10.0.0.1");
        Pace second = rates.pace("10.0.0.1");

        assertThat(passed(first, "say", "ann")).isEqualTo(4);
        assertThat(passed(second, "say", "ann")).isZero();
        assertThat(passed(second, "say", "bob")).isEqualTo(2);
        assertThat(passed(rates.pace("10.0.0.2"), "say", "")).isEqualTo(6);
    }

    @Test
    void take_ofWhatTheAddressRefuses_costsTheSocketNothing() {
        Rates rates = of(Map.of("say", rates(new Rate(2, Duration.ofHours(1), 2), null, perSecond(1))));
        Pace first = rates.pace("10.0.0.1");
        rates.pace("10.0.0.1").take("say", "");

        assertThat(passed(first, "say", "")).isZero();
        time.pass(Duration.ofSeconds(1));
        assertThat(first.take("say", "")).isZero();
        time.pass(Duration.ofSeconds(1));
        assertThat(first.take("say", "")).isZero();
    }

    @Test
    void take_ofAllEvents_countsThemTogether() {
        Pace pace = of(Map.of("*", rates(perSecond(5), null, null), "say", rates(perSecond(2), null, null)))
                .pace("");

        assertThat(passed(pace, "say", "")).isEqualTo(2);
        assertThat(passed(pace, "else", "")).isEqualTo(3);
        assertThat(pace.take("say", "")).isPositive();
    }

    @Test
    void names_thatAreQuietUntilFull_areForgotten() {
        Rates rates = of(Map.of("say", rates(null, null, new Rate(1, Duration.ofSeconds(1), 3))));
        rates.pace("10.0.0.1").take("say", "");
        rates.pace("10.0.0.2").take("say", "");
        assertThat(rates.entries()).isEqualTo(2);

        time.pass(Duration.ofMillis(3_002));

        assertThat(rates.entries()).isZero();
    }

    @Test
    void names_moreThanAreRemembered_doNotPileUp() {
        Rates rates = of(Map.of("say", rates(null, null, perSecond(1))));

        for (int n = 0; n < 20 * MOST; n++) {
            rates.pace("2001:db8:" + Integer.toHexString(n) + "::1").take("say", "");
        }

        assertThat(rates.entries()).isEqualTo(MOST);
    }
}
