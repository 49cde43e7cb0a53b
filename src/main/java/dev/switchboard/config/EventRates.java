package dev.switchboard.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How often clients may send an event, or all events of a namespace together: one socket, all of a user, all of an address.
 */
public record EventRates(Optional<Rate> socket, Optional<Rate> user, Optional<Rate> address) {
    /** Stands for all events together. */
    public static final String ALL = "*";

    private static final Set<String> LIFE = Set.of("open", "disconnecting", "disconnect", "close", "error");

    static Map<String, EventRates> read(Section rates) {
        Map<String, EventRates> read = new HashMap<>();
        for (String event : rates.names()) {
            NamespaceConfig.checkName(rates, event);
            if (LIFE.contains(event)) {
                rates.fault(event, "no client sends this event");
            }
            Section section = rates.section(event);
            EventRates of = new EventRates(
                    section.key("socket", "how often one socket may send it").rate(),
                    section.key("user", "all sockets of a user on this node; those without a user do not count")
                            .rate(),
                    section.key(
                                    "address",
                                    "all sockets of an address on this node, an IPv6 block of 64 bits being one address")
                            .rate());
            if (Stream.of("socket", "user", "address").noneMatch(section::has)) {
                section.refuse("names no rate: it has \"socket\", \"user\" or \"address\"");
            }
            read.put(event, of);
        }
        return read;
    }
}
