package dev.switchboard.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of the configuration while it is being read. A {@link Key} of it gives the value, or the default when the
 * key is absent or wrong; what is wrong goes into the list of faults that the whole tree shares. The section remembers which
 * keys were asked for, so that {@link #refuseUnknownKeys()} can tell the others.
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
    private final Map<String, Setting> settings = new HashMap<>();

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

    /** Names a key that is about to be read, and says in Markdown what it means. */
    Key key(String name, String meaning) {
        return new Key(this, name, meaning, "");
    }

    void tell(String key, Setting setting) {
        settings.put(key, setting);
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
        JsonObject child =
                find(key, "an object", given -> given.as(JsonObject.class)).orElseGet(JsonObject::new);
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

    /**
     * The value of a key, whatever its kind; empty when it is absent or wrong.
     *
     * @param expected what stands behind "must be" in the fault
     * @param kind turns what was given into the value; empty when it does not fit
     */
    <T> Optional<T> find(String key, String expected, Function<Given, Optional<T>> kind) {
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
     * The path of each key that was asked for, here and in all sections below, in that order, with what there is to say about it;
     * empty where nobody has said anything.
     */
    Map<String, Optional<Setting>> keys() {
        Map<String, Optional<Setting>> keys = new LinkedHashMap<>();
        asked.forEach((key, below) -> {
            Optional<Setting> setting = Optional.ofNullable(settings.get(key));
            if (below.isEmpty() || setting.isPresent()) {
                keys.put(path(key), setting);
            }
            below.ifPresent(section -> keys.putAll(section.keys()));
        });
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
