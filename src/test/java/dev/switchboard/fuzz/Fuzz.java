package dev.switchboard.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/**
 * What must hold for any input. The same seed makes the same inputs.
 *
 * @param name whose parser it is
 * @param inputs some that a peer could send, and many that it should not
 * @param check throws when it does not hold
 */
public record Fuzz<T>(String name, Arbitrary<T> inputs, Check<? super T> check) {
    private static final int SIZE = 1_000;
    private static final long MIX = 0x9E3779B97F4A7C15L; // neighbours must not be alike
    private static final int LONGEST = 4_000;

    /** Throws when something does not hold. */
    @FunctionalInterface
    public interface Check<T> {
        void accept(T input) throws Exception;
    }

    /** Tries so many inputs; the first for which it does not hold ends it. */
    public void run(long seed, long tries) {
        JqwikSession.run(() -> {
            RandomGenerator<T> generator = inputs.generator(SIZE);
            for (long n = 0; n < tries; n++) {
                // A seed of its own, so that one input can be had again without those before it.
                T input = generator.next(new Random((seed + n) * MIX)).value();
                try {
                    check.accept(input);
                } catch (Exception | Error fault) {
                    throw new AssertionError(name + ", seed " + (seed + n) + ": " + shown(input), fault);
                }
            }
        });
    }

    private static String shown(Object input) {
        String text = input instanceof byte[] bytes
                ? bytes.length + " bytes " + new String(bytes, StandardCharsets.ISO_8859_1)
                : String.valueOf(input);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && shown.length() < LONGEST; i++) {
            char c = text.charAt(i);
            shown.append(c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return shown.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
