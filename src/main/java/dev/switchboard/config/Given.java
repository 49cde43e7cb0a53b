package dev.switchboard.config;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A value as somebody gave it, and where. A variable of the environment can only give text, so its text may mean a
 * number, or true or false; a text in JSON may not.
 *
 * @param where the path of the key, or the name of the variable
 * @param value any JSON value
 */
record Given(String where, @Nullable Object value, boolean isVariable) {
    private static final int LONGEST_SHOWN = 60;

    static Given key(String path, @Nullable Object value) {
        return new Given(path, value, false);
    }

    static Given variable(String name, String text) {
        return new Given(name, text, true);
    }

    <T> Optional<T> as(Class<T> type) {
        return Optional.ofNullable(value).filter(type::isInstance).map(type::cast);
    }

    Optional<String> text() {
        return as(CharSequence.class).map(CharSequence::toString);
    }

    Optional<Boolean> flag() {
        if (isVariable) {
            return text().filter(text -> text.matches("true|false")).map(Boolean::valueOf);
        }
        return as(Boolean.class);
    }

    /** A double holds every whole number that the configuration may ask for. */
    Optional<Double> number() {
        if (isVariable) {
            return text().filter(text -> text.matches("[0-9]{1,15}")).map(Double::valueOf);
        }
        return as(Number.class).map(Number::doubleValue);
    }

    /** A number with a unit as text, or a plain number, which counts in units of {@code plain}. */
    Optional<Long> amount(Quantity quantity, int plain) {
        Optional<Long> counted = number().map(number -> number * plain)
                .filter(amount -> amount == Math.rint(amount))
                .map(Double::longValue);
        return counted.or(() -> text().map(quantity::parse)
                .flatMap(parsed -> parsed.isPresent() ? Optional.of(parsed.getAsLong()) : Optional.empty()));
    }

    Optional<List<Given>> entries() {
        if (isVariable) {
            return text().map(text -> Arrays.stream(text.split(","))
                    .filter(entry -> !entry.isBlank())
                    .map(entry -> variable(where, entry.strip()))
                    .toList());
        }
        return as(JsonArray.class)
                .map(array -> IntStream.range(0, array.size())
                        .mapToObj(index -> key(where + "[" + index + "]", array.getValue(index)))
                        .toList());
    }

    Fault fault(String expected) {
        return new Fault(where, "must be " + expected + ", not " + shown());
    }

    static String quoted(String text) {
        return Json.encode(text);
    }

    private String shown() {
        if (value instanceof JsonObject) {
            return "an object";
        }
        if (value instanceof JsonArray) {
            return "a list";
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        String text = value.toString();
        return quoted(text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text);
    }
}
