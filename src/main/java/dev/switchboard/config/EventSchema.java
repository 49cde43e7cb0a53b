package dev.switchboard.config;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is declared of an event; empty where nothing is.
 */
public record EventSchema(
        Optional<DataSchema> in, Optional<DataSchema> out, Optional<DataSchema> answer, Optional<String> description) {
    private static final Set<String> WAYS = Set.of("in", "out", "answer");

    /** What a namespace declares, by event; in a file of its own where the key has the name of one. */
    static Map<String, EventSchema> readAll(Section namespace, Catalog catalog) {
        Section schemas = namespace
                .key(
                        "schemas",
                        "event name to the JSON Schema of its data, or to `in`, `out` and `answer`, which are schemas; see"
                                + " [Typed events](typed-events.md)")
                .namesOrFile(catalog::text);
        Map<String, EventSchema> read = new HashMap<>();
        for (String event : schemas.names()) {
            NamespaceConfig.checkName(schemas, event);
            read.put(event, read(schemas, event));
        }
        return read;
    }

    /** A schema alone is that of what comes in. */
    private static EventSchema read(Section schemas, String event) {
        JsonObject said = schemas.key(event, "what is declared of the event").object();
        if (WAYS.stream().noneMatch(said::containsKey)) {
            return new EventSchema(
                    DataSchema.read(schemas, event), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Section declared = schemas.section(event);
        return new EventSchema(
                way(declared, "in", "the data that clients send; what does not fit reaches no handler"),
                way(declared, "out", "the data that handlers send under this name"),
                way(declared, "answer", "what handlers answer when a client asks"),
                declared.key("description", "for people").string());
    }

    private static Optional<DataSchema> way(Section declared, String way, String meaning) {
        return declared.key(way, meaning).given("a JSON Schema").flatMap(given -> DataSchema.read(declared, way));
    }
}
