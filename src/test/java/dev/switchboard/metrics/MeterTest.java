package dev.switchboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a meter is declared to be, and what becomes of it. */
final class MeterTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @ParameterizedTest
    @EnumSource
    void everyMeter_hasAMeaning(Meter meter) {
        assertThat(meter.meaning()).isNotBlank();
    }

    /** Prometheus knows a unit by the end of a name. */
    @ParameterizedTest
    @EnumSource
    void everyMeter_isNamedAfterItsUnit(Meter meter) {
        assertThat(meter.family().replaceFirst("_total$", "").replaceFirst(".*_(bytes|seconds)$", "$1"))
                .isEqualTo(
                        meter.unit() == Meter.Unit.NONE
                                ? meter.family().replaceFirst("_total$", "")
                                : Meters.name(meter.unit()));
    }

    @Test
    void help_isTheMeaning_withoutItsMarkdown() {
        assertThat(Meter.RESUMES.meaning()).contains("[came back](resume.md)", "`resumed`");
        assertThat(Meter.RESUMES.help())
                .startsWith("clients that came back and named the socket that they had: resumed; unknown, too late");
        assertThat(Meter.RESUMES.counter(registry, "resumed").getId().getDescription())
                .isEqualTo(Meter.RESUMES.help());
    }

    @Test
    void counter_ofWhatIsNone_isRefused() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Meter.NODES.counter(registry))
                .withMessage("NODES is a GAUGE");
    }

    @Test
    void meter_withOtherLabelsThanDeclared_isRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Meter.EVENTS_IN.counter(registry, "/"))
                .withMessage("EVENTS_IN has the labels [namespace, event]");
    }
}
