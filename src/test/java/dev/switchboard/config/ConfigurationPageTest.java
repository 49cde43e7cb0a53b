package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about the configuration, beside what the readers declare. */
final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)`(?: \\|[^|]*){3}\\|$", Pattern.MULTILINE);

    @Test
    void everyKeyThatIsRead_hasAMeaning() {
        assertThat(SettingsRows.settings().entrySet().stream()
                        .filter(setting -> setting.getValue()
                                .map(Setting::meaning)
                                .orElse("")
                                .isBlank())
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    @Test
    void page_hasARowForEveryKeyThatIsRead() throws IOException {
        List<String> keys = SettingsRows.settings().entrySet().stream()
                .map(setting ->
                        SettingsRows.name(setting.getKey(), setting.getValue().orElseThrow()))
                .toList();

        assertThat(ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)))
                .hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    /** A default that a machine or another key decides is told in words, or the page would differ from one to the next. */
    @Test
    void defaults_thatDepend_areTold_inWords() {
        assertThat(SettingsRows.settings().entrySet().stream()
                        .filter(setting ->
                                !setting.getValue().orElseThrow().otherwise().isEmpty())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "http.contentSecurityPolicy",
                        "limits.outboundTotal",
                        "limits.sendBuffer",
                        "limits.tcpConnections",
                        "namespaces.N.allowedOrigins",
                        "namespaces.N.noOrigin",
                        "namespaces.N.socketIds",
                        "token.jwksMaxAge",
                        "token.jwksRefresh");
    }
}
