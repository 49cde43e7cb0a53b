package dev.switchboard;

import dev.switchboard.config.ConfigurationException;
import dev.switchboard.config.Fault;
import dev.switchboard.deployment.Deployments;
import dev.switchboard.wire.EventNames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which events a configuration maps to a verticle. It travels to the verticle in its deployment configuration, under the
 * key {@code switchboard}.
 *
 * @param handler the verticle's name in the configuration
 * @param events the mapped events by namespace; empty when no configuration maps the verticle
 */
record Mapping(String handler, Map<String, Set<String>> events) {
    private static final String KEY = Deployments.MAPPING;

    static Mapping of(JsonObject config, String className) {
        JsonObject json = config.getJsonObject(KEY);
        if (json == null) {
            return new Mapping(className, Map.of());
        }
        Map<String, Set<String>> events = new HashMap<>();
        JsonObject namespaces = json.getJsonObject("events", new JsonObject());
        for (String namespace : namespaces.fieldNames()) {
            Set<String> names = new HashSet<>();
            namespaces.getJsonArray(namespace).forEach(name -> names.add((String) name));
            events.put(namespace, names);
        }
        return new Mapping(json.getString("handler", className), events);
    }

    /** The verticle's own configuration, with this mapping in it. */
    JsonObject into(JsonObject config) {
        JsonObject namespaces = new JsonObject();
        events.forEach(
                (namespace, names) -> namespaces.put(namespace, new JsonArray(List.copyOf(new TreeSet<>(names)))));
        return config.copy().put(KEY, new JsonObject().put("handler", handler).put("events", namespaces));
    }

    /**
     * What a verticle handles that knows these events.
     *
     * @throws ConfigurationException when it does not know an event that is mapped to it
     */
    Map<String, Set<String>> handled(Set<String> known, String defaultNamespace) {
        if (events.isEmpty()) {
            return Map.of(defaultNamespace, known);
        }
        List<Fault> faults = new ArrayList<>();
        events.forEach((namespace, names) -> new TreeSet<>(names)
                .stream()
                        .filter(name -> !known.contains(name))
                        .forEach(name -> faults.add(fault(handler, namespace, name))));
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return events;
    }

    /** That a verticle does not handle what is mapped to it. */
    static Fault fault(String handler, String namespace, String name) {
        String path = "namespaces." + namespace + ".";
        return switch (name) {
            case EventNames.CONNECTION ->
                new Fault(path + "connectionMiddleware", handler + " is no connection middleware");
            case EventNames.PACKET -> new Fault(path + "packetMiddleware", handler + " is no packet middleware");
            default -> new Fault(path + "events." + name, handler + " does not handle the event \"" + name + "\"");
        };
    }
}
