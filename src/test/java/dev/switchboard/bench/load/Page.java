package dev.switchboard.bench.load;

import java.util.List;
import java.util.stream.Collectors;

/** The report as one HTML page that needs nothing else. */
final class Page {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
            pre, .faults { background: #f4f4f2; padding: .8rem; overflow: auto }
            .faults { background: #fbe3e0 }
            section { display: grid; grid-template-columns: repeat(auto-fill, minmax(32rem, 1fr)); gap: 1rem }
            figure { margin: 0 } figcaption { font-weight: 600 }
            svg { max-width: 100%; height: auto } svg text { font-size: 13px } svg line { stroke: #222 }
            .ours { fill: #c4622d } .peer { fill: #a9b4bd }
            """;

    private Page() {}

    static String html(Report report) {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                + "<title>Switchboard beside others</title>\n<style>\n" + STYLE + "</style>\n"
                + "<h1>Switchboard beside others</h1>\n");
        out.append("<pre>").append(escape(report.machine().toString())).append("</pre>\n");
        out.append("<p>Bars are medians, lines reach from the least to the most of all rounds.")
                .append(" * The server was less than 90 % busy: it waited for the generator.</p>\n");
        faults(out, report.results());
        for (Job job : report.jobs()) {
            List<Result> some = report.results().stream()
                    .filter(result -> result.job().equals(job.name()))
                    .toList();
            Table table = Table.of(report.peers(), some);
            out.append("<h2>").append(escape(job.name() + ": " + job.title())).append("</h2>\n<section>\n");
            for (Table.Row row : table.rows()) {
                out.append("<figure>\n<figcaption>")
                        .append(escape(row.title() + ", " + row.figure()))
                        .append("</figcaption>\n")
                        .append(Chart.svg(table.peers(), row))
                        .append("</figure>\n");
            }
            out.append("</section>\n<pre>").append(escape(table.markdown())).append("</pre>\n");
        }
        return out.append("</html>\n").toString();
    }

    private static void faults(StringBuilder out, List<Result> results) {
        String faults = results.stream()
                .filter(result -> !result.sample().faults().isEmpty())
                .map(result -> "<li>"
                        + escape(result.title() + ", " + result.peer() + ": "
                                + result.sample().faults()))
                .collect(Collectors.joining("\n"));
        out.append(
                faults.isEmpty()
                        ? "<p>Nothing lost, doubled, reordered or misrouted.</p>\n"
                        : "<ul class=\"faults\">\n" + faults + "\n</ul>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
