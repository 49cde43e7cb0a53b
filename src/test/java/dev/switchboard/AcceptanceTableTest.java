package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of documented behaviour names tests that are there. */
final class AcceptanceTableTest {
    private static final Path TABLE = Path.of("src/site/markdown/acceptance.md");
    private static final Path SCRIPTS = Path.of("src/test/js");
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z][A-Z0-9]-\\d\\d) \\|([^|]+)\\|([^|]+)\\|([^|]*)\\|");
    private static final Pattern TEST = Pattern.compile("`([^`#]+)#([^`]+)`");

    /** Simple name to class file, of all tests. */
    private static final Map<String, Path> CLASSES = classes();

    /** A row of the table. */
    record Row(String id, String what, String test, String transports) {
        @Override
        public String toString() {
            return id;
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.matches("\\| [A-Z][A-Z0-9]-\\d.*"))
                .map(AcceptanceTableTest::row)
                .toList();
    }

    private static Row row(String line) {
        var cells = ROW.matcher(line);
        assertThat(cells.matches()).as("four cells in: %s", line).isTrue();
        return new Row(
                cells.group(1),
                cells.group(2).strip(),
                cells.group(3).strip(),
                cells.group(4).strip());
    }

    private static Path folder() {
        return Path.of(AcceptanceTableTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private static Map<String, Path> classes() {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.toString().contains("$"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".class", ""),
                            Function.identity(),
                            (one, other) -> one));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_namesTestsThatExist_orIsOpen(Row row) throws Exception {
        List<MatchResult> tests = TEST.matcher(row.test()).results().toList();
        assertThat(tests.isEmpty())
                .as("no test in: %s", row.test())
                .isEqualTo(row.test().equals("open"));
        for (MatchResult test : tests) {
            assertThat(exists(test.group(1), test.group(2))).as(test.group()).isTrue();
        }
    }

    @Test
    void ids_areThereOnceAndWithoutGaps() throws IOException {
        Map<String, List<String>> sections =
                rows().stream().map(Row::id).collect(Collectors.groupingBy(id -> id.substring(0, 2)));

        assertThat(sections).isNotEmpty();
        sections.forEach((section, ids) -> {
            for (int n = 0; n < ids.size(); n++) {
                assertThat(ids.get(n)).isEqualTo("%s-%02d", section, n + 1);
            }
        });
    }

    private static boolean exists(String file, String test) throws Exception {
        if (file.endsWith(".mjs")) {
            return Files.readString(SCRIPTS.resolve(file)).contains("test('" + test + "'");
        }
        Path path = CLASSES.get(file);
        if (path == null) {
            return false;
        }
        String name = folder().relativize(path).toString().replace('/', '.').replace(".class", "");
        return Arrays.stream(Class.forName(name, false, AcceptanceTableTest.class.getClassLoader())
                        .getDeclaredMethods())
                .filter(method -> method.getName().equals(test))
                .anyMatch(method -> Stream.of(Test.class, RepeatedTest.class, ParameterizedTest.class, Property.class)
                        .anyMatch(method::isAnnotationPresent));
    }
}
