package dev.switchboard.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is declared of an event. Empty where nothing is.
 *
 * @param in the data that clients send; what does not fit reaches no handler
 * @param out the data that handlers send under this name
 * @param answer what handlers answer when a client asks
 * @param description for people
 */
public record EventSchema(
        Optional<DataSchema> in, Optional<DataSchema> out, Optional<DataSchema> answer, Optional<String> description) {
    private static final Set<String> WAYS = Set.of("in", "out", "answer");

    /** What a namespace declares, by event; in a file of its own where the key has the name of one. */
    static Map<String, EventSchema> readAll(Section namespace, Catalog catalog) {
        Section schemas = namespace.sectionOrFile("schemas", catalog::text);
        Map<String, EventSchema> read = new HashMap<>();
        for (String event : schemas.names()) {
            NamespaceConfig.checkName(schemas, event);
            read.put(event, read(schemas, event));
        }
        return read;
    }

    /** A schema alone is that of what comes in. */
    private static EventSchema read(Section schemas, String event) {
        if (WAYS.stream().noneMatch(schemas.object(event)::containsKey)) {
            return new EventSchema(
                    DataSchema.read(schemas, event), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Section declared = schemas.section(event);
        return new EventSchema(
                way(declared, "in"), way(declared, "out"), way(declared, "answer"), declared.string("description"));
    }

    private static Optional<DataSchema> way(Section declared, String way) {
        return declared.given(way).flatMap(given -> DataSchema.read(declared, way));
    }
}
