package dev.switchboard.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of the tables of settings in the pages, made of what the readers of the configuration declare. */
public final class SettingsRows {
    /** One of all that can be there. */
    private static final JsonObject EVERYTHING = new JsonObject("""
            {"namespaces": {
                "/N": {"resume": {}, "rates": {"E": {"socket": "1/s"}}, "overflows": {"E": {}}, "schemas": {"E": {"in": {}}}},
                "/N-*": {}},
             "handlers": {"V": {}}, "eventbus": {"inbound": ["a"]}, "admin": {"role": "admin"}}""");

    private SettingsRows() {}

    /** Key, value, default and meaning of each, by the key. */
    public static Map<String, List<String>> all() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        settings().forEach((key, setting) -> rows.put(key, row(key, setting.orElseThrow())));
        return rows;
    }

    /** Every key that the readers ask for, in their order; empty where they do not say what it means. */
    static Map<String, Optional<Setting>> settings() {
        Section root = Section.root(EVERYTHING);
        SwitchboardConfig.read(root, Map.of(), name -> true, 21);
        Map<String, Optional<Setting>> settings = new LinkedHashMap<>();
        root.keys()
                .forEach((path, setting) -> settings.putIfAbsent(
                        path.replaceFirst("^namespaces\\./N(-\\*)?\\.", "namespaces.N."), setting));
        return settings;
    }

    private static List<String> row(String key, Setting setting) {
        String form = isVariable(setting) ? "a text" : setting.form();
        String shown = form.contains("{") ? form : form.replaceAll("\"([^\"]*)\"|([a-z]+://[^ ]+)", "`$1$2`");
        return List.of("`" + name(key, setting) + "`", shown, fallback(setting), setting.meaning());
    }

    /** What stands in its row: the key, or the variable if that is the only way. */
    static String name(String key, Setting setting) {
        return isVariable(setting) ? Section.root(new JsonObject()).variable(key) : key;
    }

    private static boolean isVariable(Setting setting) {
        return setting.form().equals(KeySource.VARIABLE);
    }

    private static String fallback(Setting setting) {
        return setting.otherwise().isEmpty()
                ? setting.fallback().map(some -> "`" + written(some) + "`").orElse("")
                : setting.otherwise();
    }

    private static String written(Object fallback) {
        if (fallback instanceof Duration duration) {
            return Quantity.print(duration);
        } else if (fallback instanceof Enum<?> choice) {
            return Key.written(choice);
        } else if (fallback instanceof List<?> list) {
            return new JsonArray(list).encode().replace(",", ", ");
        }
        return fallback.toString().replaceFirst("^/N/", "N/");
    }
}
