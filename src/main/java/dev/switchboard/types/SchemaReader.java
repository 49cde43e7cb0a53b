package dev.switchboard.types;

import dev.switchboard.types.Shape.Dictionary;
import dev.switchboard.types.Shape.Either;
import dev.switchboard.types.Shape.Field;
import dev.switchboard.types.Shape.Listing;
import dev.switchboard.types.Shape.Named;
import dev.switchboard.types.Shape.OneOf;
import dev.switchboard.types.Shape.Plain;
import dev.switchboard.types.Shape.Struct;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the shape of one schema; what types cannot say is anything. */
final class SchemaReader {
    private final JsonObject root;
    private final Names names;
    private final List<Struct> structs;

    /** What references lead to; what is being read stands there already, so that it may lead to itself. */
    private final Map<String, Shape> known = new HashMap<>();

    /** @param structs takes the objects that the schema has */
    SchemaReader(JsonObject root, Names names, List<Struct> structs) {
        this.root = root;
        this.names = names;
        this.structs = structs;
    }

    /** @param name after which an object is called */
    Shape read(String name) {
        return reference("#", name);
    }

    private Shape shape(@Nullable Object schema, String name) {
        if (!(schema instanceof JsonObject object)) {
            return Plain.ANYTHING;
        }
        if (object.getValue("$ref") instanceof String reference) {
            return reference(reference, reference.replaceFirst(".*[/#]", ""));
        }
        if (object.containsKey("const")) {
            return oneOf(Stream.of(object.getValue("const")).toList());
        }
        if (object.getValue("enum") instanceof JsonArray values) {
            return oneOf(values.getList());
        }
        if (isStruct(object)) {
            return struct(object, names.of(name));
        }
        for (String word : List.of("anyOf", "oneOf")) {
            if (object.getValue(word) instanceof JsonArray choices) {
                return either(each(choices, name));
            }
        }
        if (object.getValue("allOf") instanceof JsonArray all && all.size() == 1) {
            return shape(all.getValue(0), name);
        }
        return object.getValue("type") instanceof JsonArray types
                ? either(types.stream().map(type -> typed(type, object, name)).toList())
                : typed(object.getValue("type"), object, name);
    }

    private List<Shape> each(JsonArray choices, String name) {
        List<Shape> shapes = new ArrayList<>();
        for (int n = 0; n < choices.size(); n++) {
            shapes.add(shape(choices.getValue(n), name + " " + (n + 1)));
        }
        return shapes;
    }

    private Shape typed(@Nullable Object type, JsonObject schema, String name) {
        return switch (type instanceof String word ? word : "") {
            case "string" -> Plain.TEXT;
            case "integer" -> Plain.WHOLE;
            case "number" -> Plain.NUMBER;
            case "boolean" -> Plain.FLAG;
            case "null" -> Plain.NOTHING;
            case "array" -> new Listing(shape(schema.getValue("items"), name + " item"));
            case "object" -> object(schema, name);
            default -> Plain.ANYTHING;
        };
    }

    private Shape object(JsonObject schema, String name) {
        return hasKeys(schema)
                ? struct(schema, names.of(name))
                : new Dictionary(shape(schema.getValue("additionalProperties"), name + " value"));
    }

    /** Whoever names keys means an object. */
    private static boolean isStruct(JsonObject schema) {
        Object type = schema.getValue("type");
        return hasKeys(schema) && (type == null || type.equals("object"));
    }

    private static boolean hasKeys(JsonObject schema) {
        return schema.getValue("properties") instanceof JsonObject keys && !keys.isEmpty();
    }

    private Named struct(JsonObject schema, String name) {
        List<Field> fields = new ArrayList<>();
        int place = structs.size();
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        schema.getJsonObject("properties")
                .forEach(property -> fields.add(new Field(
                        property.getKey(),
                        shape(property.getValue(), name + " " + property.getKey()),
                        required.contains(property.getKey()),
                        description(property.getValue()))));
        structs.add(place, new Struct(name, description(schema), fields));
        return new Named(name);
    }

    private static String description(@Nullable Object schema) {
        return schema instanceof JsonObject object && object.getValue("description") instanceof String text ? text : "";
    }

    private Shape reference(String reference, String name) {
        Shape before = known.get(reference);
        if (before != null) {
            return before;
        }
        Object target = reference.equals("#") ? root : target(reference);
        if (target instanceof JsonObject object && isStruct(object)) {
            String own = names.of(name);
            known.put(reference, new Named(own));
            return struct(object, own);
        }
        known.put(reference, Plain.ANYTHING);
        Shape shape = shape(target, name);
        known.put(reference, shape);
        return shape;
    }

    private @Nullable Object target(String reference) {
        return reference.startsWith("#/")
                ? JsonPointer.from(reference.substring(1)).queryJson(root)
                : null;
    }

    private static Shape oneOf(List<?> values) {
        boolean isPlain = values.stream()
                .noneMatch(value -> value instanceof Iterable || value instanceof Map || value instanceof JsonObject);
        return isPlain && !values.isEmpty() ? new OneOf(new ArrayList<>(values)) : Plain.ANYTHING;
    }

    private static Shape either(List<Shape> shapes) {
        Set<Shape> all = new LinkedHashSet<>();
        shapes.forEach(shape -> {
            if (shape instanceof Either more) {
                all.addAll(more.of());
            } else {
                all.add(shape);
            }
        });
        if (all.isEmpty() || all.contains(Plain.ANYTHING)) {
            return Plain.ANYTHING;
        }
        return all.size() == 1 ? all.iterator().next() : new Either(List.copyOf(all));
    }
}
