package dev.switchboard.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One namespace: who may come in, where it is mounted, and which verticle handles which event; what the configuration has as a
 * value is described where it is read.
 *
 * @param name {@code /}, or a path such as {@code /chat} without a slash at the end; that of a pattern where
 *     nobody has named one yet
 * @param pattern what it fits; empty when the configuration has its name
 * @param events in the order of the file
 * @param schemas event name to what its data must be, and what is sent under it
 * @param rates event name to how often clients may send it; {@link EventRates#ALL} stands for all events together
 * @param sockjs empty when it is off
 * @param ws empty when it is off
 * @param access whose pages may connect, and what is taken from their cookies
 * @param socketIds empty when they are random
 * @param overflows what becomes of messages to a client that does not read fast enough
 * @param resume what is kept for clients that come back; empty for nothing
 */
public record NamespaceConfig(
        String name,
        Optional<NamespacePattern> pattern,
        Auth auth,
        Map<String, String> events,
        List<String> connectionMiddleware,
        List<String> packetMiddleware,
        Map<String, EventSchema> schemas,
        Map<String, EventRates> rates,
        Optional<String> sockjs,
        Optional<String> ws,
        Dialect dialect,
        int inFlight,
        Duration handlerTimeout,
        Presence presence,
        Access access,
        Optional<String> socketIds,
        Overflows overflows,
        Optional<ResumeConfig> resume) {
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
        connectionMiddleware = List.copyOf(connectionMiddleware);
        packetMiddleware = List.copyOf(packetMiddleware);
        schemas = Map.copyOf(schemas);
        rates = Map.copyOf(rates);
    }

    /** The names of all verticles and classes that it needs; some may come more than once. */
    Stream<String> verticles() {
        return Stream.of(
                        events.values(),
                        connectionMiddleware,
                        packetMiddleware,
                        socketIds.stream().toList())
                .flatMap(Collection::stream);
    }

    static NamespaceConfig read(String name, Section namespace, Catalog catalog, HttpConfig http) {
        boolean isPattern = NamespacePattern.isPattern(name);
        if (isPattern ? !NamespacePattern.isGood(name) : !isPath(name)) {
            namespace.refuse("is no name of a namespace: it must be \"/\" or a path such as \"/chat\", of letters,"
                    + " digits, \"-\", \".\", \"_\" and \"~\", without a slash at its end; or a pattern such as"
                    + " \"/orders-*\", with at most one star between two slashes");
        }
        Optional<NamespacePattern> pattern = pattern(name, isPattern, namespace);
        String prefix = name.equals("/") ? "" : name;
        Auth auth = namespace
                .key("auth", "`none`: a client without a token is anonymous")
                .choice(Auth.REQUIRED);
        Map<String, String> events = events(
                namespace
                        .key(
                                "events",
                                "event name to verticle: a class name, a `.java` file, or what a verticle factory knows"
                                        + " ([languages](languages.md)). `open`, `disconnecting`, `disconnect`, `close` and"
                                        + " `error` are the socket's own life")
                        .names(),
                catalog);
        Key sockjs = namespace.key("sockjs", "the path of the SockJS mount, or `false`");
        Key ws = namespace.key("ws", "the path of the WebSocket mount, or `false`");
        Dialect dialect = namespace
                .key("dialect", "what `ws` speaks: events, or text without an envelope")
                .choice(Dialect.EVENTS);
        Overflows overflows = Overflows.read(namespace);
        return new NamespaceConfig(
                name,
                pattern,
                auth,
                events,
                middleware(
                        namespace,
                        "connectionMiddleware",
                        "what each connection passes, the outermost first; see [Middleware](middleware.md)",
                        catalog),
                middleware(
                        namespace,
                        "packetMiddleware",
                        "what each event of a client passes, the outermost first",
                        catalog),
                EventSchema.readAll(namespace, catalog),
                EventRates.read(namespace
                        .key(
                                "rates",
                                "event name, or `*` for all together, to how often clients may send it: `{\"socket\":"
                                        + " \"5/s\", \"user\": \"10/s burst 20\", \"address\": \"50/s\"}`; see"
                                        + " [Rates](limits.md#rates)")
                        .names()),
                isPattern
                        ? unmounted(sockjs)
                        : mount(sockjs, prefix + "/sockjs", path -> isPath(path) && !path.equals("/")),
                isPattern ? unmounted(ws) : mount(ws, prefix + "/ws", NamespaceConfig::isPath),
                dialect,
                namespace
                        .key(
                                "inFlight",
                                "how many events of one socket may run at once; above 1 they may overtake each other")
                        .number(1, 1, 10_000),
                namespace
                        .key("handlerTimeout", "how long a handler may take for one event")
                        .duration(Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofDays(1)),
                namespace
                        .key(
                                "presence",
                                "which places are told who comes and goes, once per user; see [Clustering](clustering.md)")
                        .choice(Presence.NONE),
                Access.read(namespace, http),
                socketIds(namespace, catalog),
                overflows,
                ResumeConfig.read(namespace, dialect, overflows));
    }

    private static Optional<NamespacePattern> pattern(String name, boolean isPattern, Section namespace) {
        if (!isPattern) {
            return Optional.empty();
        }
        if (namespace.has("resume")) {
            namespace.fault("resume", "is not for patterns: what is kept needs a namespace that stays");
        }
        return Optional.of(new NamespacePattern(
                name,
                namespace
                        .key(
                                "most",
                                "of a pattern alone: how many namespaces of it there may be at once on a node. A pattern has"
                                        + " no `sockjs`, `ws` and `resume`")
                        .number(10_000, 1, 1_000_000)));
    }

    /** A path is one namespace's. */
    private static Optional<String> unmounted(Key key) {
        key.read(
                false,
                "false, since clients enter namespaces of a pattern over Socket.IO alone",
                given -> given.flag().filter(on -> !on));
        return Optional.empty();
    }

    /** What the configuration calls it: its name, or the pattern that it fits. */
    public String declared() {
        return pattern.map(NamespacePattern::text).orElse(name);
    }

    /** The same under a name that fits its pattern. */
    NamespaceConfig named(String fitting) {
        return new NamespaceConfig(
                fitting,
                pattern,
                auth,
                events,
                connectionMiddleware,
                packetMiddleware,
                schemas,
                rates,
                sockjs,
                ws,
                dialect,
                inFlight,
                handlerTimeout,
                presence,
                access,
                socketIds,
                overflows,
                resume);
    }

    private static Optional<String> socketIds(Section namespace, Catalog catalog) {
        String key = "socketIds";
        Optional<String> verticle = namespace
                .key(
                        key,
                        "the verticle that gives sockets their ids; see [Writing handlers](handlers.md#ids-of-sockets)")
                .otherwise("random ids")
                .string();
        verticle.filter(name -> !catalog.hasVerticle(name))
                .ifPresent(name -> namespace.fault(key, "there is no verticle " + Given.quoted(name)));
        return verticle.filter(catalog::hasVerticle);
    }

    private static Optional<String> mount(Key key, String usual, Predicate<String> form) {
        String off = "";
        String expected = "an absolute path such as \"/chat" + usual.substring(usual.lastIndexOf('/')) + "\", or false";
        String path = key.read(
                usual,
                expected,
                given -> given.as(Boolean.class)
                        .filter(on -> !on)
                        .map(on -> off)
                        .or(() -> given.text().filter(form)));
        return Optional.of(path).filter(mounted -> !mounted.equals(off));
    }

    static boolean isPath(String text) {
        return text.length() <= LONGEST_PATH && PATH.matcher(text).matches();
    }

    private static Map<String, String> events(Section events, Catalog catalog) {
        Map<String, String> verticles = new LinkedHashMap<>();
        for (String event : events.names()) {
            Optional<String> verticle =
                    events.key(event, "the verticle that handles it").string();
            checkName(events, event);
            verticle.ifPresent(name -> {
                if (catalog.hasVerticle(name)) {
                    verticles.put(event, name);
                } else {
                    events.fault(event, "there is no verticle " + Given.quoted(name));
                }
            });
        }
        return verticles;
    }

    static void checkName(Section section, String event) {
        if (event.isEmpty() || event.length() > LONGEST_EVENT) {
            section.fault(event, "an event name has 1 to " + LONGEST_EVENT + " characters");
        } else if (event.equals("auth") || event.startsWith("$")) {
            section.fault(event, "this event name is the server's own");
        }
    }

    private static List<String> middleware(Section namespace, String key, String meaning, Catalog catalog) {
        List<String> names = namespace.key(key, meaning).list("the name of a verticle or class", Optional::of);
        names.stream()
                .filter(name -> !catalog.hasMiddleware(name))
                .forEach(name -> namespace.fault(key, "there is no middleware " + Given.quoted(name)));
        if (names.size() != Set.copyOf(names).size()) {
            namespace.fault(key, "names a middleware twice");
        }
        return names;
    }
}
