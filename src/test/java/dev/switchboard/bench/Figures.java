package dev.switchboard.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints tables, in Markdown, and what many measured times come down to. */
final class Figures {
    private static final double MILLION = 1_000_000;

    private Figures() {}

    static void title(String text) {
        System.out.printf("%n## %s%n", text);
    }

    static void header(String... cells) {
        System.out.println();
        row((Object[]) cells);
        System.out.println("|" + "---|".repeat(cells.length));
    }

    static void row(Object... cells) {
        List<String> texts = Arrays.stream(cells).map(Figures::text).toList();
        System.out.println("| " + String.join(" | ", texts) + " |");
    }

    private static String text(Object cell) {
        return cell instanceof Double number
                ? String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.0f", number)
                : String.valueOf(cell);
    }

    static long quantile(long[] times, double share) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }

    static double median(long[] nanos) {
        return quantile(nanos, 0.5) / MILLION;
    }

    static double p99(long[] nanos) {
        return quantile(nanos, 0.99) / MILLION;
    }

    static double millisSince(long begun) {
        return (System.nanoTime() - begun) / MILLION;
    }
}
