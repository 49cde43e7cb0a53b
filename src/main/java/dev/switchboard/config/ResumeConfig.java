package dev.switchboard.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What is kept for clients of a namespace that come back.
 *
 * @param nodes with three, 2 keeps a node that was cut off from taking what the others would never get
 */
public record ResumeConfig(Duration window, int entries, int bytes, int nodes) {
    private static final int MOST_BYTES = 64 << 20;

    /** The section {@code resume} of a namespace; empty where there is none. */
    static Optional<ResumeConfig> read(Section namespace, NamespaceConfig.Dialect dialect, Overflows overflows) {
        Key key = namespace.key(
                "resume",
                "clients that lose their connection come back as the socket that they were, when this is there, `{}` or"
                        + " more; see [Coming back](resume.md). Not with `dialect` `text`, `socketIds`, or an `overflow`"
                        + " that drops");
        if (!namespace.has("resume")) {
            return Optional.empty();
        }
        Section resume = key.section();
        exclude(namespace, dialect, overflows);
        return Optional.of(new ResumeConfig(
                resume.key("window", "how long a client may be away")
                        .duration(Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofDays(1)),
                resume.key("entries", "how many events of each room, user and socket are kept, at most")
                        .number(10_000, 1, 1_000_000),
                resume.key("bytes", "how large they may be together; one alone may be larger")
                        .size(1 << 20, MOST_BYTES),
                resume.key("nodes", "how many nodes the cluster must have for anything to be kept")
                        .number(1, 1, 100)));
    }

    private static void exclude(Section namespace, NamespaceConfig.Dialect dialect, Overflows overflows) {
        if (dialect == NamespaceConfig.Dialect.TEXT) {
            namespace.fault(
                    "resume", "needs the dialect \"events\": the text dialect has no way to say where a client was");
        }
        if (namespace.has("socketIds")) {
            namespace.fault(
                    "resume", "and \"socketIds\" exclude each other: a socket that comes back keeps the id it had");
        }
        if (overflows.drop()) {
            namespace.fault("resume", "keeps all events, so that \"overflow\" and \"overflows\" must be \"close\"");
        }
    }
}
