package dev.switchboard.config;

import java.util.HashMap;
import java.util.Map;

/**
 * What becomes of the messages of a namespace when their receiver does not read fast enough.
 *
 * @param overflow that of events which are not named
 * @param overflows by the name of the event
 */
public record Overflows(Overflow.Policy overflow, Map<String, Overflow> overflows) {
    public Overflows {
        overflows = Map.copyOf(overflows);
    }

    /** That of a namespace which says nothing about it. */
    public static Overflows usual() {
        return new Overflows(Overflow.Policy.CLOSE, Map.of());
    }

    static Overflows read(Section namespace) {
        Map<String, Overflow> read = new HashMap<>();
        Overflow.Policy usual = namespace
                .key(
                        "overflow",
                        "what becomes of messages to a client that reads too slowly; see [Slow"
                                + " readers](limits.md#slow-readers)")
                .choice(Overflow.Policy.CLOSE);
        Section events = namespace
                .key("overflows", "event name to what becomes of its messages, where that is another")
                .names();
        for (String event : events.names()) {
            NamespaceConfig.checkName(events, event);
            read.put(event, Overflow.read(events.section(event)));
        }
        return new Overflows(usual, read);
    }

    /** Whether anything may be dropped. */
    boolean drop() {
        return overflow != Overflow.Policy.CLOSE
                || overflows.values().stream().anyMatch(named -> named.policy() != Overflow.Policy.CLOSE);
    }

    /** That of an event. */
    public Overflow of(String event) {
        Overflow named = overflows.get(event);
        return named == null ? Overflow.of(overflow) : named;
    }
}
