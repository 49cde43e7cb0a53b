package dev.switchboard.transport.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final List<String> taken = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final Intake<byte[]> intake = new Intake<>(this::take, message -> message.length, 1000);

    /** A message may say what happens while it is taken. */
    private void take(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.equals("pause")) {
            intake.pause();
        } else if (text.equals("resume")) {
            intake.resume();
        }
        taken.add(text);
    }

    private void add(String request, String... messages) {
        List<byte[]> bytes = Arrays.stream(messages)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        intake.add(bytes, done -> answers.add(request + " " + done));
    }

    @Test
    void add_whenNothingWaits_isTakenAndAnsweredAtOnce() {
        add("one", "a", "b");
        add("none");

        assertThat(taken).containsExactly("a", "b");
        assertThat(answers).containsExactly("one true", "none true");
    }

    @Test
    void pause_inTheMiddle_holdsTheRestAndTheAnswer() {
        add("one", "a", "pause", "b");
        add("two", "c");
        assertThat(taken).containsExactly("a", "pause");
        assertThat(answers).isEmpty();

        intake.resume();

        assertThat(taken).containsExactly("a", "pause", "b", "c");
        assertThat(answers).containsExactly("one true", "two true");
    }

    @Test
    void resume_whileAMessageIsTaken_takesEachOnce() {
        add("one", "resume", "a");

        assertThat(taken).containsExactlyInAnyOrder("resume", "a");
        assertThat(answers).containsExactly("one true");
    }

    @Test
    void add_whenManyBytesWait_isRefused() {
        intake.pause();
        add("one", "a".repeat(600));
        add("two", "a".repeat(600));

        add("three", "b");
        assertThat(answers).containsExactly("three false");
        intake.resume();
        add("four", "c");
        assertThat(answers).containsExactly("three false", "one true", "two true", "four true");
    }

    @Test
    void add_whenMuchWaits_isRefused() {
        intake.pause();
        for (int i = 0; i < 16; i++) {
            add("held", "a");
        }

        add("more", "b");
        assertThat(answers).containsExactly("more false");
        intake.resume();
        assertThat(taken).hasSize(16).containsOnly("a");
    }
}
