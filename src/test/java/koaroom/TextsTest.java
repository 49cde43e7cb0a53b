package koaroom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00A0", "\u3000", "\uFEFF", " \t\r\n\u2028"})
    void trimmed_takesOffWhatJavaScriptDoes(String space) {
        assertThat(Texts.trimmed(space)).isEmpty();
        assertThat(Texts.trimmed(space + "a" + space + "b" + space)).isEqualTo("a" + space + "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001C", "\u200B", "\u0085", "\u0000"})
    void trimmed_leavesWhatJavaScriptDoes(String other) {
        assertThat(Texts.trimmed(other + " a " + other)).isEqualTo(other + " a " + other);
    }
}
