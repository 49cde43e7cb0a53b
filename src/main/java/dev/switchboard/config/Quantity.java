package dev.switchboard.config;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with a unit, as they are written in the configuration: {@code 30s}, {@code 64KiB}. One instance knows the
 * units of one kind; all its amounts count the smallest of them.
 */
final class Quantity {
    /** Counts milliseconds. */
    static final Quantity DURATION =
            new Quantity("ms", Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L));

    /** Counts bytes. */
    static final Quantity SIZE = new Quantity("B", Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30));

    private static final Pattern FORM = Pattern.compile("([0-9]{1,10}) ?([A-Za-z]{1,3})");

    private final String smallest;
    private final Map<String, Long> units;

    private Quantity(String smallest, Map<String, Long> units) {
        this.smallest = smallest;
        this.units = units;
    }

    /** The amount that the text names; empty when it is no such text, or names more than a long can count. */
    OptionalLong parse(String text) {
        Matcher parts = FORM.matcher(text);
        Long unit = parts.matches() ? units.get(parts.group(2)) : null;
        if (unit == null) {
            return OptionalLong.empty();
        }
        long count = Long.parseLong(parts.group(1));
        return count > Long.MAX_VALUE / unit ? OptionalLong.empty() : OptionalLong.of(count * unit);
    }

    /** The shortest text that means this amount, such as {@code 1h} for 3,600,000 milliseconds. */
    String print(long amount) {
        return units.entrySet().stream()
                .filter(unit -> amount % unit.getValue() == 0)
                .max(Map.Entry.comparingByValue())
                .map(unit -> amount / unit.getValue() + unit.getKey())
                .orElse(amount + smallest);
    }

    static String print(Duration duration) {
        return DURATION.print(duration.toMillis());
    }
}
