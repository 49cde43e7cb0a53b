package dev.switchboard.bench.load;

import java.util.List;
import java.util.Locale;

/** One row of the table as bars (SVG): the median of each server, and a line from the least to the most that was seen. */
final class Chart {
    private static final int LABEL = 130;
    private static final int BAR = 18;
    private static final int STEP = 26;
    private static final int WIDTH = 420;
    private static final int VALUE = 110;
    private static final int BELOW_MIDDLE = 5;

    private Chart() {}

    static String svg(List<String> peers, Table.Row row) {
        double most = row.highs().stream()
                .filter(high -> !high.isNaN())
                .max(Double::compare)
                .orElse(1.0);
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" role=\"img\" aria-label=\"%3$s, %4$s\">%n",
                LABEL + WIDTH + VALUE,
                STEP * peers.size(),
                Page.escape(row.title()),
                Page.escape(row.figure())));
        for (int n = 0; n < peers.size(); n++) {
            if (!row.medians().get(n).isNaN()) {
                bar(out, peers.get(n), row, n, WIDTH / most);
            }
        }
        return out.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder out, String peer, Table.Row row, int n, double scale) {
        int top = STEP * n + (STEP - BAR) / 2;
        int middle = STEP * n + STEP / 2;
        double high = LABEL + row.highs().get(n) * scale;
        text(out, LABEL - 8, middle, "end", Page.escape(peer));
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                peer.equals(Peer.SWITCHBOARD) ? "ours" : "peer",
                LABEL,
                top,
                row.medians().get(n) * scale,
                BAR));
        out.append(String.format(
                Locale.ROOT,
                "<line x1=\"%1$.1f\" x2=\"%2$.1f\" y1=\"%3$d\" y2=\"%3$d\"/>%n",
                LABEL + row.lows().get(n) * scale,
                high,
                middle));
        text(
                out,
                high + 6,
                middle,
                "start",
                Figure.text(row.medians().get(n)) + (row.bound().get(n) ? " *" : ""));
    }

    private static void text(StringBuilder out, double x, int middle, String anchor, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                x,
                middle + BELOW_MIDDLE,
                anchor,
                text));
    }
}
