package dev.switchboard.types;

import dev.switchboard.types.Shape.Struct;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The types of a namespace's events.
 *
 * @param name after which they are called: {@code Chat} for {@code /chat}
 * @param structs in the order in which they are needed
 */
record EventTypes(String name, String namespace, List<EventType> events, List<Struct> structs) {
    /** What no object may be called: what generated code calls otherwise. */
    private static final Set<String> TAKEN = Set.of(
            "Boolean",
            "Double",
            "Events",
            "Function",
            "JsonArray",
            "JsonObject",
            "LinkedHashMap",
            "List",
            "Long",
            "Map",
            "Number",
            "Object",
            "Override",
            "Record",
            "String");

    /** An event. The shape of what is not declared is empty. */
    record EventType(EventDeclaration declared, Optional<Shape> in, Optional<Shape> answer, Optional<Shape> out) {}

    /** Those of all namespaces that have some, each under a name of its own. */
    static List<EventTypes> of(List<NamespaceEvents> namespaces) {
        Names names = new Names(Set.of());
        return namespaces.stream()
                .filter(namespace -> !namespace.events().isEmpty())
                .map(namespace -> {
                    String path = namespace.namespace().name();
                    return of(names.of(path.equals("/") ? "root" : path), path, namespace.events());
                })
                .toList();
    }

    private static EventTypes of(String name, String namespace, List<EventDeclaration> declared) {
        Names names = new Names(TAKEN);
        names.of(name + "Events");
        List<Struct> structs = new ArrayList<>();
        List<EventType> events = new ArrayList<>();
        for (EventDeclaration event : declared) {
            Optional<Shape> in = event.in().map(schema -> shape(schema, event.event(), names, structs));
            boolean isSame = event.in().isPresent() && event.in().equals(event.out());
            Optional<Shape> out = isSame
                    ? in
                    : event.out()
                            .map(schema -> shape(
                                    schema, event.event() + (event.in().isPresent() ? " out" : ""), names, structs));
            Optional<Shape> answer =
                    event.answer().map(schema -> shape(schema, event.event() + " answer", names, structs));
            events.add(new EventType(event, in, answer, out));
        }
        return new EventTypes(name, namespace, List.copyOf(events), List.copyOf(structs));
    }

    private static Shape shape(JsonObject schema, String name, Names names, List<Struct> structs) {
        return new SchemaReader(schema, names, structs).read(name);
    }
}
