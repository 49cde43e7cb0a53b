package dev.switchboard.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a node goes down.
 *
 * @param from nobody when it is empty
 * @param url empty where all nodes have one address
 */
public record DrainConfig(List<Network> from, Duration spread, Duration limit, Optional<String> url) {
    private static final Pattern URL = Pattern.compile("https?://[^\\s\"\\\\]{1,500}");

    public DrainConfig {
        from = List.copyOf(from);
    }

    static DrainConfig read(Section drain) {
        return new DrainConfig(
                HttpConfig.networks(
                        drain.key(
                                "from",
                                "who may send the node's clients away and end it by `POST /admin/drain`; see [Going"
                                        + " down](resume.md#going-down)"),
                        List.of()),
                drain.key("spread", "over which time they are sent away, and come back")
                        .duration(Duration.ofSeconds(2), Duration.ZERO, Duration.ofMinutes(10)),
                drain.key("limit", "how long handlers that are at work may take then")
                        .duration(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofHours(1)),
                drain.key(
                                "url",
                                "where clients of other nodes that go down find this one; without it they come back where"
                                        + " they were")
                        .text(
                                "an absolute URL such as \"https://node1.example.org\"",
                                text -> URL.matcher(text).matches()));
    }
}
