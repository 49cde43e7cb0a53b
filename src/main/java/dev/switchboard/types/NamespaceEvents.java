package dev.switchboard.types;

import dev.switchboard.config.AdminConfig;
import dev.switchboard.config.DataSchema;
import dev.switchboard.config.EventSchema;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SwitchboardConfig;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All events of a namespace of which the configuration knows: those that are mapped to handlers, those that are declared, and
 * those that the server sends by itself.
 *
 * @param events in the order of their names
 */
public record NamespaceEvents(NamespaceConfig namespace, List<EventDeclaration> events) {
    /** The socket's own life; nobody sends these. */
    private static final Set<String> LIFE = Set.of("open", "disconnecting", "disconnect", "close", "error");

    private static final JsonObject VISITOR = new JsonObject("""
            {"type": "object", "required": ["user", "count"], "properties": {
              "user": {"type": "object", "required": ["id", "name"],
                       "properties": {"id": {"type": "string"}, "name": {"type": "string"}}},
              "count": {"type": "integer", "description": "How many users are there now."},
              "room": {"type": "string", "description": "Where; absent for the namespace."}}}""");

    private static final JsonObject NOTICE = new JsonObject("""
            {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}""");

    public NamespaceEvents {
        events = List.copyOf(events);
    }

    /** Those of all namespaces, in the order of the configuration. */
    public static List<NamespaceEvents> of(SwitchboardConfig config) {
        return config.namespaces().values().stream()
                .map(namespace -> of(namespace, config.admin().map(AdminConfig::notice)))
                .toList();
    }

    private static NamespaceEvents of(NamespaceConfig namespace, Optional<String> notice) {
        Map<String, EventDeclaration> events = new TreeMap<>();
        if (namespace.presence() != NamespaceConfig.Presence.NONE) {
            add(events, EventDeclaration.own("user joined", "A user was not there before.", VISITOR));
            add(events, EventDeclaration.own("user left", "A user is not there any more.", VISITOR));
        }
        notice.ifPresent(event -> add(events, EventDeclaration.own(event, "A notice of an administrator.", NOTICE)));
        Set<String> names = new TreeSet<>(namespace.events().keySet());
        names.addAll(namespace.schemas().keySet());
        names.removeAll(LIFE);
        for (String name : names) {
            events.merge(name, declaration(namespace, name), NamespaceEvents::both);
        }
        return new NamespaceEvents(namespace, List.copyOf(events.values()));
    }

    private static void add(Map<String, EventDeclaration> events, EventDeclaration event) {
        events.put(event.event(), event);
    }

    private static EventDeclaration declaration(NamespaceConfig namespace, String name) {
        EventSchema schema = namespace
                .schemas()
                .getOrDefault(
                        name, new EventSchema(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        boolean isTaken = namespace.events().containsKey(name)
                || schema.in().isPresent()
                || schema.answer().isPresent();
        return new EventDeclaration(
                name,
                isTaken,
                schema.in().map(DataSchema::json),
                schema.answer().map(DataSchema::json),
                schema.out().map(DataSchema::json),
                schema.description().orElse(""));
    }

    /** What is declared counts; the server's own is added. */
    private static EventDeclaration both(EventDeclaration own, EventDeclaration declared) {
        return new EventDeclaration(
                declared.event(),
                declared.isTaken(),
                declared.in(),
                declared.answer(),
                declared.out().or(own::out),
                declared.description().isEmpty() ? own.description() : declared.description());
    }
}
