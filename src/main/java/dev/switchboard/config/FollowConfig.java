package dev.switchboard.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an admin sees who follows a socket.
 *
 * @param mask in lower case
 */
public record FollowConfig(Set<String> show, Set<String> mask, Duration limit) {
    private static final List<String> MASKED = List.of("password", "token", "secret");

    public FollowConfig {
        show = Set.copyOf(show);
        mask = Set.copyOf(mask);
    }

    /** Whether the data of an event may be shown. */
    public boolean shows(String event) {
        return show.contains(event) || show.contains("*");
    }

    /** Whether the value of a field stays hidden. */
    public boolean masks(String field) {
        return mask.contains(field.toLowerCase(Locale.ROOT));
    }

    static FollowConfig read(Section follow) {
        List<String> show = follow.key(
                        "show",
                        "events whose data an admin sees who [follows a socket](admin.md#following-a-socket), `*` for all;"
                                + " of others only names, sizes and times")
                .list("names of events", Optional::of);
        List<String> mask = follow.key(
                        "mask",
                        "fields whose values are hidden even then, in any case of letters, however deep they stand")
                .list(MASKED, "names of fields", Optional::of);
        Set<String> lower = new HashSet<>();
        mask.forEach(field -> lower.add(field.toLowerCase(Locale.ROOT)));
        return new FollowConfig(
                Set.copyOf(show),
                lower,
                follow.key("limit", "after which following ends")
                        .duration(Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofHours(8)));
    }
}
