package dev.switchboard.types;

import dev.switchboard.types.Shape.Dictionary;
import dev.switchboard.types.Shape.Either;
import dev.switchboard.types.Shape.Listing;
import dev.switchboard.types.Shape.Named;
import dev.switchboard.types.Shape.OneOf;
import dev.switchboard.types.Shape.Plain;
import java.util.List;

/**
 * How Java writes a shape.
 *
 * @param outer the class that has the records, and what turns JSON into them
 */
record JavaType(String outer) {
    /** Its name, where it may be null or an argument of a type. */
    String name(Shape shape) {
        Shape plain = plain(shape);
        if (plain instanceof Listing list) {
            return "List<" + name(list.of()) + ">";
        }
        if (plain instanceof Dictionary dictionary) {
            return "Map<String, " + name(dictionary.of()) + ">";
        }
        if (plain instanceof Named named) {
            return named.name();
        }
        return plain == Plain.TEXT
                ? "String"
                : plain == Plain.WHOLE
                        ? "Long"
                        : plain == Plain.NUMBER ? "Double" : plain == Plain.FLAG ? "Boolean" : "Object";
    }

    /** The same where it is there in any case. */
    String required(Shape shape) {
        return shape == Plain.WHOLE
                ? "long"
                : shape == Plain.NUMBER ? "double" : shape == Plain.FLAG ? "boolean" : name(shape);
    }

    /** Turns a JSON value, an expression that may be written twice, into it. */
    String read(Shape shape, String value, int depth) {
        Shape plain = plain(shape);
        String each = "v" + depth;
        if (plain instanceof Listing list) {
            return outer + ".list(" + value + ", " + each + " -> " + read(list.of(), each, depth + 1) + ")";
        }
        if (plain instanceof Dictionary dictionary) {
            return outer + ".map(" + value + ", " + each + " -> " + read(dictionary.of(), each, depth + 1) + ")";
        }
        if (plain instanceof Named named) {
            return outer + ".one(" + value + ", " + named.name() + "::of)";
        }
        return plain == Plain.TEXT
                ? "(String) " + value
                : plain == Plain.WHOLE
                        ? outer + ".whole(" + value + ")"
                        : plain == Plain.NUMBER
                                ? outer + ".decimal(" + value + ")"
                                : plain == Plain.FLAG ? "(Boolean) " + value : value;
    }

    /** Turns it into a JSON value. */
    String write(Shape shape, String value, int depth) {
        Shape plain = plain(shape);
        String each = "v" + depth;
        if (plain instanceof Listing list) {
            return outer + ".array(" + value + ", " + each + " -> " + write(list.of(), each, depth + 1) + ")";
        }
        if (plain instanceof Dictionary dictionary) {
            return outer + ".object(" + value + ", " + each + " -> " + write(dictionary.of(), each, depth + 1) + ")";
        }
        return plain instanceof Named ? value + " == null ? null : " + value + ".json()" : value;
    }

    /** Java has no unions: one of them and null is that one, several are an Object. */
    private static Shape plain(Shape shape) {
        if (shape instanceof OneOf one) {
            return ofValues(one.values());
        }
        if (shape instanceof Either either) {
            List<Shape> some = either.of().stream()
                    .map(JavaType::plain)
                    .filter(one -> one != Plain.NOTHING)
                    .distinct()
                    .toList();
            return some.size() == 1 ? some.get(0) : Plain.ANYTHING;
        }
        return shape;
    }

    private static Shape ofValues(List<?> values) {
        List<?> some = values.stream().filter(value -> value != null).toList();
        if (!some.isEmpty() && some.stream().allMatch(String.class::isInstance)) {
            return Plain.TEXT;
        }
        if (!some.isEmpty() && some.stream().allMatch(Boolean.class::isInstance)) {
            return Plain.FLAG;
        }
        boolean isWhole =
                !some.isEmpty() && some.stream().allMatch(value -> value instanceof Integer || value instanceof Long);
        return isWhole ? Plain.WHOLE : Plain.ANYTHING;
    }
}
