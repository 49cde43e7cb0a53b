package dev.switchboard.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a node goes down.
 *
 * @param from addresses that may ask it to, by {@code POST /admin/drain}; nobody when it is empty
 * @param spread the time over which clients are sent away, and come back elsewhere
 * @param limit how long handlers that are at work may take
 * @param url where the clients of other nodes that go down find this one; empty where all nodes have one address
 */
public record DrainConfig(List<Network> from, Duration spread, Duration limit, Optional<String> url) {
    private static final Pattern URL = Pattern.compile("https?://[^\\s\"\\\\]{1,500}");

    public DrainConfig {
        from = List.copyOf(from);
    }

    static DrainConfig read(Section drain) {
        return new DrainConfig(
                HttpConfig.networks(drain, "from"),
                drain.duration("spread", Duration.ofSeconds(2), Duration.ZERO, Duration.ofMinutes(10)),
                drain.duration("limit", Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofHours(1)),
                drain.text(
                        "url",
                        "an absolute URL such as \"https://node1.example.org\"",
                        text -> URL.matcher(text).matches()));
    }
}
