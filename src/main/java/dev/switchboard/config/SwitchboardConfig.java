package dev.switchboard.config;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The whole configuration, checked.
 *
 * <pre>{@code
 * SwitchboardConfig config = SwitchboardConfig.read(config(), System.getenv(), verticles::exist);
 * int port = config.http().port();
 * }</pre>
 *
 * @param namespaces by name, in the order of the file; at least one
 * @param handlers by verticle name; every verticle that an event or {@code socketIds} names is among them
 */
public record SwitchboardConfig(
        HttpConfig http,
        TokenConfig token,
        Limits limits,
        ClusterConfig cluster,
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
     * SWITCHBOARD_<SECTION>_<KEY>} overrides a key of {@code http}, {@code token}, {@code limits} and {@code
     * cluster}; other variables are ignored.
     *
     * @param json what Vert.x was given as configuration; {@code {}} is complete
     * @param environment such as {@link System#getenv()}
     * @param verticleExists whether a verticle of that name can be deployed; asked once for each name
     * @throws ConfigurationException with every fault, if there is one
     */
    public static SwitchboardConfig read(
            JsonObject json, Map<String, String> environment, Predicate<String> verticleExists) {
        return read(json, environment, verticleExists, Runtime.version().feature());
    }

    static SwitchboardConfig read(
            JsonObject json, Map<String, String> environment, Predicate<String> verticleExists, int javaRelease) {
        Map<String, Boolean> known = new HashMap<>();
        Predicate<String> exists = name -> known.computeIfAbsent(name, verticleExists::test);
        Section root = Section.root(json);
        HttpConfig http = HttpConfig.read(root.section("http", environment));
        TokenConfig token = TokenConfig.read(root.section("token", environment), exists);
        Limits limits = Limits.read(root.section("limits", environment));
        ClusterConfig cluster = ClusterConfig.read(root.section("cluster", environment));
        Map<String, NamespaceConfig> namespaces = namespaces(root.section("namespaces"), exists);
        Map<String, HandlerConfig> handlers = handlers(root.section("handlers"), exists, javaRelease);
        namespaces.values().stream()
                .flatMap(namespace ->
                        Stream.concat(namespace.events().values().stream(), namespace.socketIds().stream()))
                .forEach(verticle -> handlers.putIfAbsent(verticle, HandlerConfig.usual()));
        root.refuseUnknownKeys();
        if (!root.faults().isEmpty()) {
            throw new ConfigurationException(root.faults());
        }
        return new SwitchboardConfig(http, token, limits, cluster, namespaces, handlers);
    }

    private static Map<String, NamespaceConfig> namespaces(Section sections, Predicate<String> verticleExists) {
        Map<String, NamespaceConfig> namespaces = new LinkedHashMap<>();
        Mounts mounts = new Mounts();
        for (String name : sections.names().isEmpty() ? List.of("/") : sections.names()) {
            Section section = sections.section(name);
            NamespaceConfig namespace = NamespaceConfig.read(name, section, verticleExists);
            mounts.take(namespace, section);
            namespaces.put(name, namespace);
        }
        return namespaces;
    }

    private static Map<String, HandlerConfig> handlers(
            Section sections, Predicate<String> verticleExists, int javaRelease) {
        Map<String, HandlerConfig> handlers = new LinkedHashMap<>();
        for (String verticle : sections.names()) {
            Section section = sections.section(verticle);
            if (!verticleExists.test(verticle)) {
                section.refuse("there is no verticle of this name");
            }
            handlers.put(verticle, HandlerConfig.read(section, javaRelease));
        }
        return handlers;
    }
}
