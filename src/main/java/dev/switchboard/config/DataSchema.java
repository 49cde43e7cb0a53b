package dev.switchboard.config;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaException;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the data of an event must be: a JSON Schema, draft 2020-12, without references to anything outside of it. For any
 * thread.
 */
public final class DataSchema {
    private static final Logger LOG = LoggerFactory.getLogger(DataSchema.class);
    private static final String HOME = "https://json-schema.org/draft/2020-12/";
    private static final List<String> META = List.of(
            "schema",
            "meta/core",
            "meta/applicator",
            "meta/unevaluated",
            "meta/validation",
            "meta/meta-data",
            "meta/format-annotation",
            "meta/content");

    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setBaseUri("switchboard:/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);

    /** What says only that something further inside is wrong, which is then told itself. */
    private static final Pattern WRAPPER = Pattern.compile("Property \".*\" does not match schema"
            + "|Property \".*\" matches pattern .*|Items did not match schema|A sub-?schema had errors"
            + "|Instance does not match every subschema");

    private static final int MOST_PROBLEMS = 10;

    /** What is larger is not checked but refused: the time of a check may rise with the square of it. */
    private static final int MOST_VALUES = 1_000;

    /**
     * What is wrong with some data.
     *
     * @param pointer where: a JSON pointer (RFC 6901), empty for the data as a whole
     * @param message what, in English
     */
    public record Problem(String pointer, String message) {}

    private final JsonObject json;
    private final Validator validator;

    private DataSchema(JsonObject json) {
        this.json = json;
        this.validator = Validator.create(JsonSchema.of(json.copy()), OPTIONS);
    }

    /** The schema under a key; empty when it is none, which is reported. */
    static Optional<DataSchema> read(Section schemas, String key) {
        return schemas.find(key, "an object", given -> given.as(JsonObject.class))
                .filter(schema -> isSchema(schemas, key, schema))
                .map(DataSchema::new);
    }

    /** As it was declared. */
    public JsonObject json() {
        return json.copy();
    }

    private static boolean wantsUniqueItems(@Nullable Object part) {
        if (part instanceof JsonObject object) {
            return Boolean.TRUE.equals(object.getValue("uniqueItems"))
                    || object.fieldNames().stream().anyMatch(key -> wantsUniqueItems(object.getValue(key)));
        }
        return part instanceof JsonArray array && array.stream().anyMatch(DataSchema::wantsUniqueItems);
    }

    private static boolean isSchema(Section schemas, String key, JsonObject schema) {
        List<Problem> problems;
        try {
            problems = problems(Meta.VALIDATOR.validate(schema));
            if (problems.isEmpty() && wantsUniqueItems(schema)) {
                problems = List.of(
                        new Problem("", "\"uniqueItems\" takes too long to check where clients choose the data"));
            }
            if (problems.isEmpty()) {
                // References are looked up only when something is validated.
                Validator.create(JsonSchema.of(schema.copy()), OPTIONS).validate(new JsonObject());
            }
        } catch (SchemaException | IllegalArgumentException | ClassCastException e) {
            problems = List.of(new Problem("", String.valueOf(e.getMessage())));
        }
        problems.forEach(problem ->
                schemas.fault(key, "is no JSON Schema: " + (problem.pointer() + " " + problem.message()).strip()));
        return problems.isEmpty();
    }

    /**
     * What is wrong with a decoded value; empty when nothing is. At most ten problems are told. Bytes never fit, nor does
     * what has more than a thousand values.
     */
    public List<Problem> problems(@Nullable Object value) {
        return !(value instanceof Buffer) && count(value, 0) > MOST_VALUES
                ? List.of(new Problem("", "More than " + MOST_VALUES + " values"))
                : problemsOfAnySize(value);
    }

    /** The same where no client has chosen the value: it may be as large as it likes, and bytes where anything may be. */
    public List<Problem> problemsOfOurs(@Nullable Object value) {
        return json.isEmpty() ? List.of() : problemsOfAnySize(value);
    }

    private List<Problem> problemsOfAnySize(@Nullable Object value) {
        if (value instanceof Buffer) {
            return List.of(new Problem("", "Bytes have no JSON form"));
        }
        try {
            return problems(validator.validate(value));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("Data cannot be checked", e);
            return List.of(new Problem("", "Cannot be checked"));
        }
    }

    /** Counts keys and elements, not far beyond what is too many. */
    private static int count(@Nullable Object value, int before) {
        Iterable<?> parts = value instanceof JsonObject object
                ? object.getMap().values()
                : value instanceof JsonArray array
                        ? array.getList()
                        : value instanceof Map<?, ?> map
                                ? map.values()
                                : value instanceof List<?> list ? list : List.of();
        int count = before;
        for (Object part : parts) {
            count = count(part, count + 1);
            if (count > MOST_VALUES) {
                break;
            }
        }
        return count;
    }

    private static List<Problem> problems(OutputUnit result) {
        if (Boolean.TRUE.equals(result.getValid())) {
            return List.of();
        }
        Map<String, Problem> problems = new LinkedHashMap<>();
        for (OutputUnit error : Objects.requireNonNullElse(result.getErrors(), List.<OutputUnit>of())) {
            String message = Objects.requireNonNullElse(error.getError(), "is not allowed");
            if (!WRAPPER.matcher(message).matches()) {
                String pointer = String.valueOf(error.getInstanceLocation()).replaceFirst("^#", "");
                problems.putIfAbsent(pointer, new Problem(pointer, message));
            }
        }
        // The library takes a property whose own schema failed for an additional one, too.
        Set<String> parents = new HashSet<>();
        problems.keySet().forEach(pointer -> parents.add(pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')))));
        problems.values()
                .removeIf(problem -> problem.message().endsWith("additional properties schema")
                        && parents.contains(problem.pointer()));
        if (problems.isEmpty()) {
            return List.of(new Problem("", "does not fit"));
        }
        return problems.values().stream().limit(MOST_PROBLEMS).toList();
    }

    /** Problems as data that a client is sent. */
    public static JsonArray json(List<Problem> problems) {
        JsonArray json = new JsonArray();
        problems.forEach(problem ->
                json.add(new JsonObject().put("pointer", problem.pointer()).put("message", problem.message())));
        return json;
    }

    /** The schema of schemas; only where a configuration has schemas is it read. */
    private static final class Meta {
        static final Validator VALIDATOR = validator();

        private static Validator validator() {
            SchemaRepository repository = SchemaRepository.create(OPTIONS);
            META.forEach(name -> repository.dereference(HOME + name, JsonSchema.of(resource(HOME + name))));
            return repository.validator(HOME + META.get(0));
        }

        private static JsonObject resource(String uri) {
            String path = uri.substring(uri.indexOf("://") + 3);
            try (InputStream in = JsonSchema.class.getClassLoader().getResourceAsStream(path)) {
                return new JsonObject(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
