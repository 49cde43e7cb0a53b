package dev.switchboard.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SockJsFramesTest {
    private static List<String> messages(String text) {
        return Objects.requireNonNull(SockJsFrames.messages(text)).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void join_ofSeveral_isOneArray() {
        assertThat(joined("a[\"1\"]")).isEqualTo("a[\"1\"]");
        assertThat(joined("a[\"1\"]", "a[\"[2]\"]")).isEqualTo("a[\"1\",\"[2]\"]");
    }

    @Test
    void close_withQuotes_isJson() {
        assertThat(SockJsFrames.close(CloseReason.of(3000, "Go \"away\"!", true)))
                .isEqualTo("c[3000,\"Go \\\"away\\\"!\"]");
    }

    @Test
    void messages_ofAnArrayOrAString_areItsStrings() {
        assertThat(messages("[\"a\",\"\\u00e9\\ud83d\\ude00\"]")).containsExactly("a", "é😀");
        assertThat(messages(" \"a\" ")).containsExactly("a");
        assertThat(messages("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[", "[\"a", "null", "1", "true", "{}", "[1]", "[null]", "[[\"a\"]]", "[\"a\"]b"})
    void messages_ofAnythingElse_areNone(String text) {
        assertThat(SockJsFrames.messages(text)).isNull();
    }

    @Test
    void messages_withHalfAPair_haveItAsAnEscape() {
        assertThat(messages("[\"{\\\"event\\\":\\\"\\ud800?\\\"}\"]")).containsExactly("{\"event\":\"\\ud800?\"}");
        assertThat(messages("[\"\\udc00\\ud83d\\ude00\"]")).containsExactly("\\udc00😀");
    }

    @Test
    void messages_thatNestDeeply_areNone() {
        assertThat(SockJsFrames.messages("[".repeat(100_000))).isNull();
    }

    private static String joined(String... frames) {
        return SockJsFrames.join(Stream.of(frames)
                .map(frame -> Frame.text(frame.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }
}
