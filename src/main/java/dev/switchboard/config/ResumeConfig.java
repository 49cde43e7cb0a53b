package dev.switchboard.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What is kept for clients of a namespace that come back.
 *
 * @param window how long a client may be away
 * @param entries how many events of one room, user or socket are kept
 * @param bytes how large they may be together; a single one may be larger
 * @param nodes how many nodes the cluster must have for anything to be kept: with three, 2 keeps a node that was cut off
 *     from taking what the others would never get
 */
public record ResumeConfig(Duration window, int entries, int bytes, int nodes) {
    private static final int MOST_BYTES = 64 << 20;

    /** The section {@code resume} of a namespace; empty where there is none. */
    static Optional<ResumeConfig> read(Section namespace, NamespaceConfig.Dialect dialect, Overflows overflows) {
        if (!namespace.has("resume")) {
            return Optional.empty();
        }
        Section resume = namespace.section("resume");
        exclude(namespace, dialect, overflows);
        return Optional.of(new ResumeConfig(
                resume.duration("window", Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofDays(1)),
                resume.number("entries", 10_000, 1, 1_000_000),
                resume.size("bytes", 1 << 20, MOST_BYTES),
                resume.number("nodes", 1, 1, 100)));
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
