package dev.switchboard.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bridge through which clients of {@code vertx-eventbus.js} reach the event bus.
 *
 * @param inbound one with a star at its end stands for all that begin so; {@code outbound} likewise
 */
public record EventBusConfig(
        List<String> inbound, List<String> outbound, NamespaceConfig.Auth auth, int registrations) {
    /** The longest address; no client reaches a longer one. */
    public static final int LONGEST_ADDRESS = 200;

    /** What addresses of the server, and of Vert.x, begin with. */
    private static final List<String> OWN = List.of("switchboard", "__vertx");

    private static final String STAR = "*";

    public EventBusConfig {
        inbound = List.copyOf(inbound);
        outbound = List.copyOf(outbound);
    }

    /** Empty unless an address is named: then there is no bridge. */
    static Optional<EventBusConfig> read(Section bridge) {
        List<String> inbound = addresses(bridge.key(
                "inbound",
                "addresses that clients may send and publish to; `chat.*` stands for all that begin with `chat.`"));
        List<String> outbound = addresses(bridge.key("outbound", "addresses that clients may hear, written likewise"));
        NamespaceConfig.Auth auth =
                bridge.key("auth", "whether a client needs a page token").choice(NamespaceConfig.Auth.REQUIRED);
        int registrations = bridge.key("registrations", "how many addresses one client may hear")
                .number(100, 1, 100_000);
        if (bridge.given("inbound").isEmpty() && bridge.given("outbound").isEmpty()) {
            Stream.of("auth", "registrations")
                    .filter(key -> bridge.given(key).isPresent())
                    .forEach(key -> bridge.fault(
                            key, "does nothing without " + bridge.path("inbound") + " or " + bridge.path("outbound")));
        }
        return inbound.isEmpty() && outbound.isEmpty()
                ? Optional.empty()
                : Optional.of(new EventBusConfig(inbound, outbound, auth, registrations));
    }

    private static List<String> addresses(Key key) {
        String expected = "an address such as \"chat.say\" or \"chat.*\", of at most " + LONGEST_ADDRESS
                + " characters and none of the server's own";
        return key.list(expected, text -> Optional.of(text).filter(EventBusConfig::isAddress));
    }

    private static boolean isAddress(String text) {
        int star = text.indexOf(STAR);
        String begin = star < 0 ? text : text.substring(0, star);
        return !begin.isBlank()
                && text.length() <= LONGEST_ADDRESS
                && (star < 0 || star == text.length() - 1)
                && OWN.stream().noneMatch(own -> begin.startsWith(own) || (star >= 0 && own.startsWith(begin)));
    }

    /** The part before the star of an address that stands for several; empty for one that stands for itself. */
    public static Optional<String> prefix(String address) {
        return address.endsWith(STAR) ? Optional.of(address.substring(0, address.length() - 1)) : Optional.empty();
    }
}
