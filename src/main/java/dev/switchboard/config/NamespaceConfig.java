package dev.switchboard.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One namespace: who may come in, where it is mounted, and which verticle handles which event.
 *
 * @param name {@code /}, or a path such as {@code /chat} without a slash at the end
 * @param auth whether a client needs a page token
 * @param events event name to verticle name, in the order of the file; {@code open} and {@code close} are the socket's
 *     own life
 * @param sockjs path of the SockJS mount; empty when it is off
 * @param ws path of the plain WebSocket mount; empty when it is off
 * @param dialect what is spoken on {@code ws}
 * @param inFlight how many events of one socket may run at once; above 1 they may overtake each other
 * @param handlerTimeout how long a handler may take for one event
 * @param presence which places are told who comes and goes
 * @param socketIds the verticle that gives sockets their ids; empty when they are random
 */
public record NamespaceConfig(
        String name,
        Auth auth,
        Map<String, String> events,
        Optional<String> sockjs,
        Optional<String> ws,
        Dialect dialect,
        int inFlight,
        Duration handlerTimeout,
        Presence presence,
        Optional<String> socketIds) {
    /** Segments of letters, digits and the other characters that no URL ever escapes, none of dots only. */
    private static final Pattern PATH = Pattern.compile("/|(/(?!\\.+(/|$))[A-Za-z0-9._~-]+)+");

    private static final int LONGEST_PATH = 256;

    private static final int LONGEST_EVENT = 128;

    /** Whether a client needs a page token. */
    public enum Auth {
        /** No token, no socket. */
        REQUIRED,
        /** A socket without a token is anonymous; a token that is given is still verified. */
        NONE
    }

    /** What is spoken on a plain WebSocket. */
    public enum Dialect {
        /** JSON envelopes with event name, data and ack id. */
        EVENTS,
        /** Messages without an envelope. */
        TEXT
    }

    /** Which places are told who comes and goes. */
    public enum Presence {
        NONE,
        NAMESPACE,
        ROOMS,
        ALL;

        public boolean ofTheNamespace() {
            return this == NAMESPACE || this == ALL;
        }

        public boolean ofRooms() {
            return this == ROOMS || this == ALL;
        }
    }

    public NamespaceConfig {
        events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
    }

    static NamespaceConfig read(String name, Section namespace, Predicate<String> verticleExists) {
        if (!isPath(name)) {
            namespace.refuse("is no name of a namespace: it must be \"/\" or a path such as \"/chat\", of letters,"
                    + " digits, \"-\", \".\", \"_\" and \"~\", without a slash at its end");
        }
        String prefix = name.equals("/") ? "" : name;
        return new NamespaceConfig(
                name,
                namespace.choice("auth", Auth.REQUIRED),
                events(namespace.section("events"), verticleExists),
                mount(namespace, "sockjs", prefix, path -> isPath(path) && !path.equals("/")),
                mount(namespace, "ws", prefix, NamespaceConfig::isPath),
                namespace.choice("dialect", Dialect.EVENTS),
                namespace.number("inFlight", 1, 1, 10_000),
                namespace.duration("handlerTimeout", Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofDays(1)),
                namespace.choice("presence", Presence.NONE),
                verticle(namespace, "socketIds", verticleExists));
    }

    private static Optional<String> verticle(Section namespace, String key, Predicate<String> verticleExists) {
        Optional<String> verticle = namespace.string(key);
        verticle.filter(name -> !verticleExists.test(name))
                .ifPresent(name -> namespace.fault(key, "there is no verticle " + Given.quoted(name)));
        return verticle.filter(verticleExists);
    }

    private static Optional<String> mount(Section namespace, String key, String prefix, Predicate<String> form) {
        String off = "";
        String expected = "an absolute path such as \"/chat/" + key + "\", or false";
        String path = namespace.read(
                key,
                prefix + "/" + key,
                expected,
                given -> given.as(Boolean.class)
                        .filter(on -> !on)
                        .map(on -> off)
                        .or(() -> given.text().filter(form)));
        return Optional.of(path).filter(mounted -> !mounted.equals(off));
    }

    private static boolean isPath(String text) {
        return text.length() <= LONGEST_PATH && PATH.matcher(text).matches();
    }

    private static Map<String, String> events(Section events, Predicate<String> verticleExists) {
        Map<String, String> verticles = new LinkedHashMap<>();
        for (String event : events.names()) {
            Optional<String> verticle = events.string(event);
            if (event.isEmpty() || event.length() > LONGEST_EVENT) {
                events.fault(event, "an event name has 1 to " + LONGEST_EVENT + " characters");
            } else if (event.equals("error") || event.equals("auth") || event.startsWith("$")) {
                events.fault(event, "this event name is the server's own");
            }
            verticle.ifPresent(name -> {
                if (verticleExists.test(name)) {
                    verticles.put(event, name);
                } else {
                    events.fault(event, "there is no verticle " + Given.quoted(name));
                }
            });
        }
        return verticles;
    }
}
