package dev.switchboard.site;

import dev.switchboard.config.SettingsRows;
import dev.switchboard.metrics.MeterRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tables in the pages that are made of what the code declares. {@code run.sh site} starts it with the pages; it fills what
 * stands between
 *
 * <pre>{@code
 * <!-- settings: http.* development -->
 * <!-- end of settings -->
 * }</pre>
 */
public final class PageTables {
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final Pattern TABLE =
            Pattern.compile("(<!-- (settings|meters): ([^>]*) -->\\n).*?(<!-- end of \\2 -->)", Pattern.DOTALL);

    /**
     * What there are tables of.
     *
     * @param rows by what pages want them by; each has a cell for each column
     */
    private record Kind(Supplier<Map<String, List<String>>> rows, List<String> columns) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "settings", new Kind(SettingsRows::all, List.of("key", "value", "default", "meaning")),
            "meters", new Kind(MeterRows::all, List.of("meter", "type", "unit", "labels", "meaning")));

    private PageTables() {}

    /** Fills the tables of all the pages that are named. */
    public static void main(String[] pages) throws IOException {
        for (String name : pages) {
            Path page = Path.of(name);
            String before = Files.readString(page);
            String after = filled(page, before);
            if (!after.equals(before)) {
                Files.writeString(page, after);
                System.out.println("The tables in " + page + " have changed.");
            }
        }
    }

    /** The page with its tables as they should be. */
    static String filled(Path page, String text) {
        return TABLE.matcher(text).replaceAll(table -> {
            Kind kind = Objects.requireNonNull(KINDS.get(table.group(2)));
            return Matcher.quoteReplacement(table.group(1) + table(page, kind, table.group(3)) + table.group(4));
        });
    }

    private static String table(Path page, Kind kind, String wanted) {
        Map<String, List<String>> all = kind.rows().get();
        StringBuilder table = new StringBuilder("\n")
                .append(row(kind.columns()))
                .append("|---".repeat(kind.columns().size()))
                .append("|\n");
        for (String word : wanted.split(" ", -1)) {
            Predicate<String> isWanted =
                    word.endsWith("*") ? key -> key.startsWith(word.substring(0, word.length() - 1)) : word::equals;
            String rows = all.entrySet().stream()
                    .filter(row -> isWanted.test(row.getKey()))
                    .map(row -> row(row.getValue()))
                    .collect(Collectors.joining());
            if (rows.isEmpty()) {
                throw new IllegalArgumentException(page + " wants " + word + ", which nobody declares");
            }
            table.append(linked(page, rows));
        }
        return table.append('\n').toString();
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.isEmpty() ? " |" : " " + cell + " |")
                .collect(Collectors.joining("", "|", "\n"));
    }

    /** Declared are links as they are among {@link #PAGES}. */
    private static String linked(Path page, String rows) {
        return PAGES.equals(page.getParent())
                ? rows
                : rows.replaceAll("]\\((?=[a-z-]+\\.md)", Matcher.quoteReplacement("](" + PAGES + "/"));
    }
}
