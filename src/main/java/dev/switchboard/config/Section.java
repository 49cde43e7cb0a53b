package dev.switchboard.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of the configuration while it is being read. Each method asks for a key and returns its value, or the
 * default when the key is absent or wrong; what is wrong goes into the list of faults that the whole tree shares. The
 * section remembers which keys were asked for, so that {@link #refuseUnknownKeys()} can tell the others.
 *
 * <p>Where the section has an environment, a variable wins over the key: {@code SWITCHBOARD_HTTP_ALLOWED_ORIGINS} over
 * {@code http.allowedOrigins}.
 */
final class Section {
    private final String path;
    private final JsonObject json;
    private final Map<String, String> environment;
    private final List<Fault> faults;
    private final Map<String, Optional<Section>> asked = new LinkedHashMap<>();
    private final Map<String, Object> fallbacks = new HashMap<>();

    private Section(String path, JsonObject json, Map<String, String> environment, List<Fault> faults) {
        this.path = path;
        this.json = json;
        this.environment = environment;
        this.faults = faults;
    }

    /** The whole configuration. */
    static Section root(JsonObject json) {
        return root(json, Map.of());
    }

    /** The same with variables that override its scalars. */
    static Section root(JsonObject json, Map<String, String> variables) {
        return new Section("", json, variables, new ArrayList<>());
    }

    List<Fault> faults() {
        return faults;
    }

    /** The object under a key; an empty one when it is absent. Only the file can give it. */
    Section section(String key) {
        return section(key, Map.of());
    }

    /** The object under a key, with variables that override its scalars. */
    Section section(String key, Map<String, String> variables) {
        JsonObject child = read(key, new JsonObject(), "an object", given -> given.as(JsonObject.class));
        Section section = new Section(path(key), child, variables, faults);
        asked.put(key, Optional.of(section));
        return section;
    }

    /**
     * The object under a key, or the one in the file that the key names.
     *
     * @param text what a file says
     */
    Section sectionOrFile(String key, Function<String, Optional<String>> text) {
        Optional<String> name = given(key).flatMap(Given::text);
        if (name.isEmpty()) {
            return section(key);
        }
        Optional<String> said = text.apply(name.get());
        if (said.isEmpty()) {
            fault(key, "there is no file " + Given.quoted(name.get()));
        }
        JsonObject child = said.flatMap(json -> object(key, name.get(), json)).orElseGet(JsonObject::new);
        Section section = new Section(path(key) + "(" + name.get() + ")", child, Map.of(), faults);
        asked.put(key, Optional.of(section));
        return section;
    }

    private Optional<JsonObject> object(String key, String file, String text) {
        try {
            return Optional.of(new JsonObject(text));
        } catch (DecodeException | ClassCastException e) {
            String reason = e instanceof DecodeException
                    ? String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    : "it is something else";
            fault(key, "the file " + Given.quoted(file) + " holds no JSON object: " + reason);
            return Optional.empty();
        }
    }

    /** The object under a key, with the variables of this section. */
    Section within(String key) {
        return section(key, environment);
    }

    /** The keys of an object whose keys are names that the user chose. */
    Set<String> names() {
        return json.fieldNames();
    }

    boolean has(String key) {
        return json.containsKey(key);
    }

    Optional<String> string(String key) {
        return find(key, "a text", given -> given.text().filter(text -> !text.isBlank()));
    }

    /** A text of some form. */
    Optional<String> text(String key, String expected, Predicate<String> form) {
        return find(key, expected, given -> given.text().filter(form));
    }

    int number(String key, int fallback, int least, int most) {
        return read(
                key,
                fallback,
                "a number from " + least + " to " + most,
                given -> given.number()
                        .filter(number -> number == Math.rint(number) && number >= least && number <= most)
                        .map(Double::intValue));
    }

    Optional<Rate> rate(String key) {
        return find(key, Rate.EXPECTED, given -> given.text().flatMap(Rate::parse));
    }

    /** @param fallback is one */
    Rate rate(String key, String fallback) {
        fallbacks.put(key, fallback);
        return rate(key).or(() -> Rate.parse(fallback)).orElseThrow();
    }

    boolean flag(String key, boolean fallback) {
        return read(key, fallback, "true or false", Given::flag);
    }

    /** A number of bytes from 1 to {@code most}. */
    int size(String key, int fallback, int most) {
        return (int) size(key, (long) fallback, most);
    }

    /** The same where there may be more than two gigabytes. */
    long size(String key, long fallback, long most) {
        String expected = "a size from 1B to " + Quantity.SIZE.print(most) + " such as 65536 or \"64KiB\"";
        return read(
                key,
                fallback,
                expected,
                given -> given.amount(Quantity.SIZE, 1).filter(bytes -> bytes >= 1 && bytes <= most));
    }

    Duration duration(String key, Duration fallback, Duration least, Duration most) {
        String expected = "a duration from " + Quantity.print(least) + " to " + Quantity.print(most)
                + " such as \"30s\", or a number of seconds";
        return read(
                key,
                fallback,
                expected,
                given -> given.amount(Quantity.DURATION, 1000)
                        .map(Duration::ofMillis)
                        .filter(duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0));
    }

    /** One of the constants, written in lower case and with hyphens. */
    <E extends Enum<E>> E choice(String key, E fallback) {
        Map<String, E> choices = Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                .collect(Collectors.toMap(
                        choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        Function.identity(),
                        (one, other) -> one,
                        LinkedHashMap::new));
        String expected = choices.keySet().stream().map(Given::quoted).collect(Collectors.joining(" or "));
        return read(
                key, fallback, expected, given -> given.text().flatMap(text -> Optional.ofNullable(choices.get(text))));
    }

    JsonObject object(String key) {
        return read(key, new JsonObject(), "an object", given -> given.as(JsonObject.class));
    }

    /** A list of texts, each of which the form accepts; a variable has them with commas between. */
    List<String> list(String key, String expected, Function<String, Optional<String>> form) {
        List<String> accepted = new ArrayList<>();
        for (Given entry : read(key, List.<Given>of(), "a list", Given::entries)) {
            Optional<String> text = entry.text().flatMap(form);
            text.ifPresentOrElse(accepted::add, () -> faults.add(entry.fault(expected)));
        }
        return List.copyOf(accepted);
    }

    /** What a list holds, or the one thing that is there instead of a list; each with the place that it stands at. */
    List<Given> oneOrMore(String key) {
        return given(key)
                .map(given -> given.isVariable() || given.value() instanceof JsonArray
                        ? given.entries().orElse(List.of())
                        : List.of(given))
                .orElse(List.of());
    }

    <T> T read(String key, T fallback, String expected, Function<Given, Optional<T>> kind) {
        fallbacks.put(key, fallback);
        return find(key, expected, kind).orElse(fallback);
    }

    /**
     * The value of a key, whatever its kind; empty when it is absent or wrong.
     *
     * @param expected what stands behind "must be" in the fault
     * @param kind turns what was given into the value; empty when it does not fit
     */
    private <T> Optional<T> find(String key, String expected, Function<Given, Optional<T>> kind) {
        Optional<Given> given = given(key);
        Optional<T> value = given.flatMap(kind);
        if (given.isPresent() && value.isEmpty()) {
            faults.add(given.get().fault(expected));
        }
        return value;
    }

    /** Reports a fault that only the asker can see, at the place where the value came from. */
    void fault(String key, String message) {
        report(given(key).map(Given::where).orElse(path(key)), message);
    }

    /** Reports that the section as a whole is wrong. */
    void refuse(String message) {
        report(path, message);
    }

    void report(String where, String message) {
        report(new Fault(where, message));
    }

    void report(Fault fault) {
        faults.add(fault);
    }

    /**
     * The path of each key that was asked for, here and in all sections below, with what stands for it when it is absent; empty
     * where the asker keeps that to itself.
     */
    Map<String, Optional<Object>> keys() {
        Map<String, Optional<Object>> keys = new LinkedHashMap<>();
        asked.forEach((key, section) -> section.ifPresentOrElse(
                below -> keys.putAll(below.keys()),
                () -> keys.put(path(key), Optional.ofNullable(fallbacks.get(key)))));
        return keys;
    }

    /** Reports each key that nobody asked for, here and in all sections below. */
    void refuseUnknownKeys() {
        for (String key : json.fieldNames()) {
            if (!asked.containsKey(key)) {
                report(path(key), "is not a known key" + Nearest.hint(key, asked.keySet()));
            }
        }
        asked.values().forEach(child -> child.ifPresent(Section::refuseUnknownKeys));
    }

    /** The full path of a key of this section. */
    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The environment's name of a key of this section. */
    String variable(String key) {
        String words = path(key).replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_');
        return "SWITCHBOARD_" + words.toUpperCase(Locale.ROOT);
    }

    Optional<Given> given(String key) {
        asked.putIfAbsent(key, Optional.empty());
        @Nullable String override = environment.get(variable(key));
        if (override != null) {
            return Optional.of(Given.variable(variable(key), override));
        }
        return json.containsKey(key) ? Optional.of(Given.key(path(key), json.getValue(key))) : Optional.empty();
    }
}
