package dev.switchboard.config;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration, checked.
 *
 * <pre>{@code
 * SwitchboardConfig config = SwitchboardConfig.read(config(), System.getenv(), verticles::exist);
 * int port = config.http().port();
 * }</pre>
 *
 * @param admin empty where there is no admin page
 * @param eventBus empty where there is no bridge to the event bus
 * @param namespaces by name, in the order of the file; at least one
 * @param handlers by verticle name; every verticle that a namespace names is among them
 */
public record SwitchboardConfig(
        boolean development,
        HttpConfig http,
        TokenConfig token,
        Limits limits,
        NodeLimits nodeLimits,
        ClusterConfig cluster,
        TracingConfig tracing,
        SocketIoConfig socketIo,
        Optional<AdminConfig> admin,
        Optional<EventBusConfig> eventBus,
        Map<String, NamespaceConfig> namespaces,
        Map<String, HandlerConfig> handlers) {
    public SwitchboardConfig {
        namespaces = Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
        handlers = Collections.unmodifiableMap(new LinkedHashMap<>(handlers));
    }

    /**
     * Reads and checks everything. It may block, since it reads the file with the key: call it at the start only.
     *
     * <p>Durations are texts such as {@code "500ms"}, {@code "30s"}, {@code "5m"}, {@code "1h"}, {@code "1d"}, or
     * numbers of seconds; sizes are numbers of bytes or texts such as {@code "64KiB"}. {@code
     * SWITCHBOARD_<SECTION>_<KEY>} overrides a key of {@code http}, {@code token}, {@code limits}, {@code
     * socketio}, {@code admin}, {@code eventbus}, {@code cluster} and {@code tracing}, and {@code SWITCHBOARD_DEVELOPMENT} the key {@code
     * development}; other variables are ignored.
     *
     * @param json what Vert.x was given as configuration; {@code {}} is complete
     * @param environment such as {@link System#getenv()}
     * @param catalog what the configuration may name; asked once for each name
     * @throws ConfigurationException with every fault, if there is one
     */
    public static SwitchboardConfig read(JsonObject json, Map<String, String> environment, Catalog catalog) {
        return read(json, environment, catalog, Runtime.version().feature());
    }

    static SwitchboardConfig read(JsonObject json, Map<String, String> environment, Catalog given, int javaRelease) {
        return read(Section.root(json, ofTheRoot(environment)), environment, given, javaRelease);
    }

    static SwitchboardConfig read(Section root, Map<String, String> environment, Catalog given, int javaRelease) {
        Catalog catalog = new Remembered(given);
        boolean development = root.key(
                        "development",
                        "what handlers send is held against what is declared, and the events are shown at `/docs`; see"
                                + " [Typed events](typed-events.md#in-development)")
                .flag(false);
        HttpConfig http = HttpConfig.read(root.section("http", environment), catalog::routesFault);
        TokenConfig token = TokenConfig.read(root.section("token", environment), catalog::hasVerticle);
        Section bounds = root.section("limits", environment);
        Limits limits = Limits.read(bounds);
        NodeLimits nodeLimits = NodeLimits.read(bounds);
        ClusterConfig cluster = ClusterConfig.read(root.section("cluster", environment));
        TracingConfig tracing = TracingConfig.read(root.section("tracing", environment));
        Section socketIoSection = root.section("socketio", environment);
        SocketIoConfig socketIo = SocketIoConfig.read(socketIoSection);
        Optional<AdminConfig> admin = AdminConfig.read(root.section("admin", environment));
        Optional<EventBusConfig> eventBus = EventBusConfig.read(root.section("eventbus", environment));
        Mounts mounts = new Mounts(socketIo, socketIoSection);
        Map<String, NamespaceConfig> namespaces = namespaces(root.section("namespaces"), catalog, http, mounts);
        Map<String, HandlerConfig> handlers = handlers(root.section("handlers"), catalog, javaRelease);
        namespaces.values().stream()
                .flatMap(NamespaceConfig::verticles)
                .forEach(verticle -> handlers.putIfAbsent(verticle, HandlerConfig.usual()));
        root.refuseUnknownKeys();
        if (!root.faults().isEmpty()) {
            throw new ConfigurationException(root.faults());
        }
        return new SwitchboardConfig(
                development,
                http,
                token,
                limits,
                nodeLimits,
                cluster,
                tracing,
                socketIo,
                admin,
                eventBus,
                namespaces,
                handlers);
    }

    /** No section can be given by a variable, whatever the variables of others are called. */
    private static Map<String, String> ofTheRoot(Map<String, String> environment) {
        Map<String, String> some = new HashMap<>(environment);
        some.keySet().retainAll(Set.of("SWITCHBOARD_DEVELOPMENT"));
        return some;
    }

    private static Map<String, NamespaceConfig> namespaces(
            Section sections, Catalog catalog, HttpConfig http, Mounts mounts) {
        Map<String, NamespaceConfig> namespaces = new LinkedHashMap<>();
        for (String name : sections.names().isEmpty() ? List.of("/") : sections.names()) {
            Section section = sections.section(name);
            NamespaceConfig namespace = NamespaceConfig.read(name, section, catalog, http);
            mounts.take(namespace, section);
            namespaces.put(name, namespace);
        }
        return namespaces;
    }

    private static Map<String, HandlerConfig> handlers(Section sections, Catalog catalog, int javaRelease) {
        Map<String, HandlerConfig> handlers = new LinkedHashMap<>();
        for (String verticle : sections.names()) {
            Section section = sections.section(verticle);
            if (!catalog.hasMiddleware(verticle)) {
                section.refuse("there is no verticle of this name");
            }
            handlers.put(verticle, HandlerConfig.read(section, javaRelease));
        }
        return handlers;
    }

    /** Asks once for each name. */
    private record Remembered(Catalog catalog, Map<String, Boolean> verticles, Map<String, Boolean> middleware)
            implements Catalog {
        Remembered(Catalog catalog) {
            this(catalog, new HashMap<>(), new HashMap<>());
        }

        @Override
        public boolean hasVerticle(String name) {
            return verticles.computeIfAbsent(name, catalog::hasVerticle);
        }

        @Override
        public boolean hasMiddleware(String name) {
            return middleware.computeIfAbsent(name, any -> hasVerticle(name) || catalog.hasMiddleware(name));
        }

        @Override
        public Optional<String> routesFault(String type) {
            return catalog.routesFault(type);
        }

        @Override
        public Optional<String> text(String file) {
            return catalog.text(file);
        }
    }
}
