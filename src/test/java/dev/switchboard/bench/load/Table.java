package dev.switchboard.bench.load;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The medians of all rounds, by case and figure, and what they are as multiples.
 *
 * @param peers the columns
 */
record Table(List<String> peers, List<Row> rows) {
    /**
     * @param medians one per peer; NaN where there is none
     * @param lows the least that was seen
     * @param highs the most
     * @param bound which of them waited for the generator
     */
    record Row(
            String title,
            String figure,
            List<Double> medians,
            List<Double> lows,
            List<Double> highs,
            List<Boolean> bound) {
        List<Double> over(double reference) {
            return medians.stream().map(median -> median / reference).toList();
        }

        List<Double> under(double subject) {
            return medians.stream().map(median -> subject / median).toList();
        }
    }

    /** @param order the servers that were measured; those without a result have no column */
    static Table of(List<String> order, List<Result> results) {
        List<String> peers = order.stream()
                .filter(peer ->
                        results.stream().anyMatch(result -> result.peer().equals(peer)))
                .toList();
        List<Row> rows = new ArrayList<>();
        for (String title : results.stream().map(Result::title).distinct().toList()) {
            List<Result> some = results.stream()
                    .filter(result -> result.title().equals(title))
                    .toList();
            Set<String> figures = new LinkedHashSet<>();
            some.forEach(result -> figures.addAll(result.sample().figures().keySet()));
            figures.forEach(figure -> rows.add(row(title, figure, peers, some)));
        }
        return new Table(peers, rows);
    }

    private static Row row(String title, String figure, List<String> peers, List<Result> results) {
        Row row = new Row(title, figure, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String peer : peers) {
            List<Sample> samples = results.stream()
                    .filter(result -> result.peer().equals(peer))
                    .map(Result::sample)
                    .filter(sample -> sample.figures().containsKey(figure))
                    .toList();
            List<Double> values =
                    samples.stream().map(sample -> sample.figures().get(figure)).toList();
            row.medians().add(Figure.median(values));
            row.lows().add(values.stream().min(Double::compare).orElse(Double.NaN));
            row.highs().add(values.stream().max(Double::compare).orElse(Double.NaN));
            row.bound().add(samples.stream().filter(Sample::bound).count() * 2 > samples.size());
        }
        return row;
    }

    /** As Markdown. */
    String markdown() {
        StringBuilder out = new StringBuilder("| | | " + String.join(" | ", peers) + " |\n");
        out.append("|---".repeat(peers.size() + 2)).append("|\n");
        for (Row row : rows) {
            List<String> cells = new ArrayList<>();
            for (int n = 0; n < peers.size(); n++) {
                cells.add(Figure.text(row.medians().get(n)) + (row.bound().get(n) ? " *" : ""));
            }
            line(out, row.title(), row.figure(), cells);
            multiples(out, "× socketio", row.over(median(row, Peer.REFERENCE)));
            multiples(out, "switchboard × this", row.under(median(row, Peer.SWITCHBOARD)));
        }
        return out.append("\n\\* generator-bound: the server was less than 90 % busy, and waited for clients\n")
                .toString();
    }

    private double median(Row row, String peer) {
        int column = peers.indexOf(peer);
        return column < 0 ? Double.NaN : row.medians().get(column);
    }

    private static void multiples(StringBuilder out, String what, List<Double> values) {
        if (!values.stream().allMatch(value -> value.isNaN())) {
            line(out, "", what, values.stream().map(Figure::text).toList());
        }
    }

    private static void line(StringBuilder out, String title, String figure, List<String> cells) {
        out.append("| ").append(title).append(" | ").append(figure).append(" | ");
        out.append(String.join(" | ", cells)).append(" |\n");
    }
}
