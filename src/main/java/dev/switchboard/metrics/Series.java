package dev.switchboard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One meter with its labels, and what it says just now.
 *
 * @param meter its name, without {@code _total} and {@code _seconds}
 * @param value of a timer how often it has measured
 * @param seconds of a timer the sum; else 0
 * @param max of a timer the longest of the last minutes, in seconds; else 0
 * @param buckets of a timer how many were at most as long as each bound of {@link #bounds}; else empty
 */
public record Series(
        String meter, Map<String, String> labels, double value, double seconds, double max, List<Long> buckets) {
    /** The bounds of the buckets of all timers, in seconds. */
    public static List<Double> bounds() {
        return Meter.bounds().stream().map(bound -> bound.toNanos() / 1e9).toList();
    }

    static Series of(io.micrometer.core.instrument.Meter meter) {
        Map<String, String> labels =
                meter.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
        String name = meter.getId().getName();
        if (meter instanceof Timer timer) {
            HistogramSnapshot now = timer.takeSnapshot();
            List<Long> buckets = Arrays.stream(now.histogramCounts())
                    .limit(Meter.bounds().size())
                    .map(CountAtBucket::count)
                    .map(Double::longValue)
                    .toList();
            return new Series(
                    name, labels, now.count(), now.total(TimeUnit.SECONDS), now.max(TimeUnit.SECONDS), buckets);
        }
        double value = meter instanceof Gauge gauge
                ? gauge.value()
                : meter instanceof Counter counter
                        ? counter.count()
                        : meter instanceof FunctionCounter counter ? counter.count() : 0;
        return new Series(name, labels, value, 0, 0, List.of());
    }
}
