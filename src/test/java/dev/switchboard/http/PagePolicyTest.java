package dev.switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagePolicyTest {
    private static final PagePolicy USUAL = new PagePolicy(Optional.empty());

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("webroot"))) {
            return files.filter(file -> file.toString().endsWith(".html")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void of_shippedPage_runsFilesAlone(Path page) throws IOException {
        assertThat(USUAL.of(Files.readString(page))).startsWith("script-src 'self'; ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<p>text</p>",
                "<script src=a.js></script>",
                "<SCRIPT defer src = '/a.js'></SCRIPT><script type=\"module\" src=\"x/b.mjs\"></script>",
                "<scripted>"
            })
    void of_pageWhoseScriptsAreFiles_runsNoOther(String page) {
        assertThat(USUAL.of(page)).startsWith("script-src 'self'; ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>go()</script>",
                "<script src=\"/a.js\"></script><script type=module>go()</script>",
                "<script data-src=\"/a.js\">go()</script>",
                "<script src=\"https://cdn.example/a.js\"></script>",
                "<script src=//cdn.example/a.js></script>",
                "<button id=a onclick=\"go()\">",
                "<a href=\"javascript:go()\">"
            })
    void of_pageWithScriptsOfItsOwn_isLeftToRunThem(String page) {
        assertThat(USUAL.of(page)).isEqualTo("object-src 'none'; base-uri 'self'; frame-ancestors 'self'");
    }

    @Test
    void of_applicationsOwn_isTakenAsItIs() {
        PagePolicy own = new PagePolicy(Optional.of("default-src 'none'"));

        assertThat(own.of("<script>")).isEqualTo("default-src 'none'");
        assertThat(own.ofFile()).isEqualTo("default-src 'none'");
    }
}
