package dev.switchboard.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something may happen: so many times in a period, evenly, and more at once after it was quiet. Written
 * {@code "5/s"}, {@code "100/m"} or {@code "10/s burst 50"}.
 *
 * @param times how many in one period, at least 1
 * @param period a second, a minute or an hour
 * @param burst how many at once at most; {@code times} unless said otherwise
 */
public record Rate(int times, Duration period, int burst) {
    /** What it looks like, for those who got it wrong. */
    static final String EXPECTED = "a rate such as \"5/s\", \"100/m\" or \"10/s burst 50\"";

    /** So few digits that the time to a full burst does not overflow. */
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})/([smh])(?: burst ([1-9][0-9]{0,8}))?");

    private static final Map<String, Duration> PERIODS =
            Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

    static Optional<Rate> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int times = Integer.parseInt(parts.group(1));
        int burst = parts.group(3) == null ? times : Integer.parseInt(parts.group(3));
        return Optional.of(new Rate(times, PERIODS.getOrDefault(parts.group(2), Duration.ZERO), burst));
    }

    /** How long it must be quiet until a whole burst may come again. */
    public Duration untilFull() {
        return period.multipliedBy(burst).dividedBy(times).plusMillis(1);
    }
}
