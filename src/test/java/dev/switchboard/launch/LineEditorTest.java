package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys as a terminal sends them. */
final class LineEditorTest {
    private static final String UP = "\033[A";
    private static final String LEFT = "\033[D";
    private static final String CTRL_A = "\001";
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";

    @TempDir
    private Path folder;

    private final PipedOutputStream keys = new PipedOutputStream();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private LineEditor editor;

    @BeforeEach
    void open() throws IOException {
        editor = editor(keys);
    }

    private LineEditor editor(PipedOutputStream pressed) throws IOException {
        Terminal terminal =
                new ExternalTerminal("test", "ansi", new PipedInputStream(pressed), seen, StandardCharsets.UTF_8);
        return new LineEditor(terminal, folder.resolve("history"), () -> List.of("order", "two words"));
    }

    @AfterEach
    void close() throws IOException {
        editor.close();
    }

    private void press(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    @Test
    void line_isEdited() throws IOException {
        press("sk whX" + LEFT + "o" + CTRL_A + "a" + "\r");

        assertThat(editor.read()).isEqualTo("ask whoX");
    }

    @Test
    void line_ofJson_isTakenAsItIs() throws IOException {
        String typed = "emit \"say it\" {\"text\": \"it's \\\"late\\\"!!\", \"n\": [1]}";
        press(typed + "\r");

        assertThat(editor.read()).isEqualTo(typed);
    }

    @Test
    void up_bringsEarlierLines_alsoThoseOfAnEarlierRun_butNoneThatBeganWithABlank() throws IOException {
        press("ask one\r ask secret\rask two\r" + UP + UP + "\r");
        assertThat(List.of(editor.read(), editor.read(), editor.read(), editor.read()))
                .containsExactly("ask one", " ask secret", "ask two", "ask one");

        editor.close();
        PipedOutputStream again = new PipedOutputStream();
        editor = editor(again);
        again.write((UP + UP + "\r").getBytes(StandardCharsets.UTF_8));
        assertThat(editor.read()).isEqualTo("ask two");
        assertThat(folder.resolve("history")).content().doesNotContain("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("history"))))
                .isEqualTo("rw-------");
    }

    @Test
    void tab_completesCommandsAndEvents() throws IOException {
        press("on\to\t\r");

        assertThat(editor.read()).isEqualTo("only order ");
    }

    @Test
    void ends_atCtrlC_andAtCtrlD() throws Exception {
        CompletableFuture<String> interrupted = CompletableFuture.supplyAsync(editor::read);
        press("half");
        await().until(() -> seen.toString(StandardCharsets.UTF_8).contains("half"));
        press(CTRL_C);
        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(20)).isNull();

        press(CTRL_D);
        assertThat(editor.read()).isNull();
    }

    @Test
    void show_standsAboveTheLine_whichStays() throws Exception {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(editor::read);
        press("ask w");
        await().until(() -> seen.toString(StandardCharsets.UTF_8).contains("ask w"));

        editor.show("< news 1");
        press("ho\r");

        assertThat(line).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("ask who");
        assertThat(seen.toString(StandardCharsets.UTF_8)).contains("< news 1");
    }
}
