package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page about the configuration, beside the keys that the readers ask for. */
final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| (`[a-z]+(?:\\.[^|]*)?`) \\| ([^|]*)\\| .*\\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    /** One of all that can be there. */
    private static final JsonObject EVERYTHING = new JsonObject("""
            {"namespaces": {"/": {"resume": {}}, "/orders-*": {}}, "handlers": {"V": {}},
             "eventbus": {"inbound": ["a"]}, "admin": {"role": "admin"}}""");

    /** Where the page tells the default in words, since it depends on something. */
    private static final Set<String> IN_WORDS = Set.of(
            "http.contentSecurityPolicy",
            "limits.outboundTotal",
            "limits.sendBuffer",
            "limits.tcpConnections",
            "namespaces.N.allowedOrigins",
            "namespaces.N.noOrigin",
            "namespaces.N.socketIds",
            "namespaces.N.sockjs",
            "namespaces.N.ws",
            "token.jwksMaxAge",
            "token.jwksRefresh");

    /** Path to default, as the page has it. */
    private static final Map<String, String> documented = new TreeMap<>();

    /** Path to default, as the readers have it. */
    private static final Map<String, Optional<Object>> known = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> CODE.matcher(row.group(1))
                        .results()
                        .forEach(
                                key -> documented.put(key.group(1), row.group(2).strip())));
        Section root = Section.root(EVERYTHING);
        SwitchboardConfig.read(root, Map.of(), name -> true, 21);
        root.keys().forEach((path, fallback) -> known.putIfAbsent(named(path), fallback));
    }

    private static String named(String path) {
        return path.replaceFirst("^namespaces\\.[^.]*", "namespaces.N").replaceFirst("^handlers\\.[^.]*", "handlers.V");
    }

    @Test
    void page_hasEveryKeyThatIsRead_orItsVariableIfThatIsTheOnlyWay() throws IOException {
        Set<String> keys = new TreeSet<>(known.keySet());
        keys.removeAll(documented.keySet());

        assertThat(keys).containsExactly("token.acceptedKeys", "token.key");
        assertThat(Files.readString(PAGE))
                .contains("| `SWITCHBOARD_TOKEN_ACCEPTED_KEYS` |", "| `SWITCHBOARD_TOKEN_KEY` |");
    }

    /** Sections whose keys are names have a row for all of them. */
    @Test
    void readers_askForEveryKeyOfThePage() {
        Set<String> keys = new TreeSet<>(documented.keySet());
        keys.removeAll(known.keySet());

        assertThat(keys)
                .containsExactly(
                        "namespaces.N.events",
                        "namespaces.N.overflows",
                        "namespaces.N.rates",
                        "namespaces.N.resume",
                        "namespaces.N.schemas");
    }

    @Test
    void defaults_areThoseOfTheReaders() {
        known.forEach((key, fallback) -> {
            String text = documented.get(key);
            if (text != null && !IN_WORDS.contains(key)) {
                assertThat(fallback.filter(some -> !isWhatIsShown(some, text)))
                        .as("the default of %s, which the page says is %s", key, text)
                        .isEmpty();
            }
        });
    }

    @Test
    void wordsAboutDefaults_areThereWhereTheyAreNeeded() {
        assertThat(known.keySet()).containsAll(IN_WORDS);
        IN_WORDS.forEach(key -> assertThat(documented.get(key)).as(key).isNotEmpty());
    }

    /** A default with a unit is shown with it. */
    private static boolean isWhatIsShown(Object fallback, String shown) {
        String text = shown.replace("`", "");
        if (fallback instanceof Duration duration) {
            return Quantity.DURATION.parse(text).orElse(-1) == duration.toMillis();
        } else if (fallback instanceof Number number) {
            String digits = text.replace(",", "");
            return (digits.matches("\\d+")
                            ? Long.parseLong(digits)
                            : Quantity.SIZE.parse(text).orElse(-1))
                    == number.longValue();
        } else if (fallback instanceof Enum<?> choice) {
            return text.equals(choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        } else if (fallback instanceof List<?> list) {
            return list.isEmpty()
                    ? text.equals("[]") || text.isEmpty()
                    : new JsonArray(text).getList().equals(list);
        } else if (fallback instanceof JsonObject object) {
            return text.equals(object.encode());
        }
        return text.equals(fallback.toString());
    }
}
