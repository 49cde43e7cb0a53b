package dev.switchboard.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of settings in the pages, made of what the readers of the configuration declare. {@code run.sh site} starts it
 * with the pages; it fills what stands between
 *
 * <pre>{@code
 * <!-- settings: http.* development -->
 * <!-- end of settings -->
 * }</pre>
 */
final class SettingsTables {
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final Pattern TABLE =
            Pattern.compile("(<!-- settings: ([^>]*) -->\\n).*?(<!-- end of settings -->)", Pattern.DOTALL);

    /** One of all that can be there. */
    private static final JsonObject EVERYTHING = new JsonObject("""
            {"namespaces": {
                "/N": {"resume": {}, "rates": {"E": {"socket": "1/s"}}, "overflows": {"E": {}}, "schemas": {"E": {"in": {}}}},
                "/N-*": {}},
             "handlers": {"V": {}}, "eventbus": {"inbound": ["a"]}, "admin": {"role": "admin"}}""");

    private SettingsTables() {}

    /** Fills the tables of all the pages that are named. */
    public static void main(String[] pages) throws IOException {
        for (String name : pages) {
            Path page = Path.of(name);
            String before = Files.readString(page);
            String after = filled(page, before);
            if (!after.equals(before)) {
                Files.writeString(page, after);
                System.out.println("The settings in " + page + " have changed.");
            }
        }
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

    /** The page with its tables as they should be. */
    static String filled(Path page, String text) {
        return TABLE.matcher(text)
                .replaceAll(table -> Matcher.quoteReplacement(table.group(1) + table(page, table) + table.group(3)));
    }

    private static String table(Path page, MatchResult table) {
        String links = PAGES.equals(page.getParent()) ? "](" : "](" + PAGES + "/";
        StringBuilder rows = new StringBuilder("\n| key | value | default | meaning |\n|---|---|---|---|\n");
        for (String wanted : table.group(2).split(" ", -1)) {
            Predicate<String> isWanted = wanted.endsWith("*")
                    ? key -> key.startsWith(wanted.substring(0, wanted.length() - 1))
                    : wanted::equals;
            String found = settings().entrySet().stream()
                    .filter(setting -> isWanted.test(setting.getKey()))
                    .map(setting -> row(setting.getKey(), setting.getValue().orElseThrow(), links))
                    .collect(Collectors.joining());
            if (found.isEmpty()) {
                throw new IllegalArgumentException(page + " wants " + wanted + ", which nobody reads");
            }
            rows.append(found);
        }
        return rows.append('\n').toString();
    }

    private static String row(String key, Setting setting, String links) {
        String form = isVariable(setting) ? "a text" : setting.form();
        String shown = form.contains("{") ? form : form.replaceAll("\"([^\"]*)\"|([a-z]+://[^ ]+)", "`$1$2`");
        String meaning = setting.meaning().replaceAll("]\\((?=[a-z-]+\\.md)", Matcher.quoteReplacement(links));
        return ("| `" + name(key, setting) + "` | " + shown + " | " + fallback(setting) + " | " + meaning + " |\n")
                .replace("|  |", "| |");
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
