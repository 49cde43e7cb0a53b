package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page about the meters, and the dashboard, beside what a server tells that has clients. */
class MetricsPageIT {
    private static final Path PAGE = Path.of("src/site/markdown/metrics.md");
    private static final Path DASHBOARD = Path.of("conf/grafana.json");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(switchboard_\\w+)` \\| (\\w+) \\|[^|]*\\|([^|]*)\\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern HELP = Pattern.compile("^# HELP (\\S+) (.+)$", Pattern.MULTILINE);
    private static final Pattern SERIES = Pattern.compile("^(\\w+)(\\{.*})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Pattern NAME = Pattern.compile("switchboard_\\w+");

    private static TestServer server;
    private static String told;

    /** Type and labels. */
    private record Meter(String type, Set<String> labels) {}

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"namespaces": {"/": {"auth": "none", "rates": {"echo": {"socket": "100/s"}}}}}"""));
        server.handle(on -> on.event("echo", (socket, data) -> data));
        try (Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            TestClient client = clients.open();
            client.ack(client.ask("echo", 1));
            told = HttpClients.request("GET", server.url("/metrics"), "").body();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Meter> documented() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> new Meter(
                                row.group(2),
                                Arrays.stream(row.group(3).strip().split(", "))
                                        .filter(label -> !label.isBlank())
                                        .map(label -> label.replace("`", ""))
                                        .collect(Collectors.toCollection(TreeSet::new))),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Map<String, Meter> exposed() {
        Map<String, Meter> meters = new TreeMap<>();
        TYPE.matcher(told).results().forEach(type -> {
            String name = type.group(1);
            boolean isTimer = type.group(2).equals("histogram");
            meters.put(name, new Meter(isTimer ? "timer" : type.group(2), labels(name, isTimer)));
        });
        return meters;
    }

    private static Set<String> labels(String family, boolean isTimer) {
        String series = isTimer ? family + "_count" : family;
        return SERIES.matcher(told)
                .results()
                .filter(line -> line.group(1).equals(series) && line.group(2) != null)
                .flatMap(line -> LABEL.matcher(line.group(2)).results().map(label -> label.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void page_hasEveryMeterAndNoOther() throws IOException {
        assertThat(exposed()).isNotEmpty().isEqualTo(documented());
    }

    /** What is shown beside a series in Prometheus and Grafana. */
    @Test
    void help_saysWhatThePageSays() throws IOException {
        Map<String, String> helps =
                HELP.matcher(told).results().collect(Collectors.toMap(help -> help.group(1), help -> help.group(2)));

        assertThat(ROW.matcher(Files.readString(PAGE)).results())
                .filteredOn(row -> !row.group(1).endsWith("_max"))
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(helps)
                        .containsEntry(
                                row.group(1),
                                row.group(4)
                                        .replaceAll("\\[([\\w ]+)]\\([\\w.-]+\\)", "$1")
                                        .replace("`", "")));
    }

    @Test
    void dashboard_asksForMetersThatThereAre() throws IOException {
        Set<String> series =
                SERIES.matcher(told).results().map(line -> line.group(1)).collect(Collectors.toSet());
        JsonObject dashboard = new JsonObject(Files.readString(DASHBOARD));
        Set<String> asked = expressions(dashboard)
                .flatMap(expression -> NAME.matcher(expression).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());

        assertThat(asked).hasSizeGreaterThan(20).isSubsetOf(series);
        List<Object> ids = panels(dashboard).map(panel -> panel.getValue("id")).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(panels(dashboard)).allSatisfy(panel -> {
            assertThat(panel.getString("title")).isNotBlank();
            assertThat(panel.getJsonObject("gridPos").getInteger("x")
                            + panel.getJsonObject("gridPos").getInteger("w"))
                    .isLessThanOrEqualTo(24);
        });
    }

    private static Stream<JsonObject> panels(JsonObject dashboard) {
        return dashboard.getJsonArray("panels").stream().map(JsonObject.class::cast);
    }

    /** Those of the panels, and of what can be chosen above them. */
    private static Stream<String> expressions(JsonObject dashboard) {
        Stream<String> ofPanels = panels(dashboard)
                .flatMap(panel -> panel.getJsonArray("targets", new JsonArray()).stream())
                .map(target -> ((JsonObject) target).getString("expr"));
        Stream<String> ofVariables = dashboard.getJsonObject("templating").getJsonArray("list").stream()
                .map(variable -> String.valueOf(((JsonObject) variable).getValue("query")));
        return Stream.concat(ofPanels, ofVariables);
    }

    @Test
    void labels_holdNothingThatAClientChose() {
        try (Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            TestClient client = clients.open();
            assertThat(client.refusal("made up", 0).getString("code")).isEqualTo("UNKNOWN_EVENT");
            client.ack(client.ask("echo", 2));
            Metrics metrics = new Metrics(server.port());

            assertThat(metrics.value("switchboard_events_in_total{event=\"other\",namespace=\"/\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("switchboard_events_in_total{event=\"echo\",namespace=\"/\"}"))
                    .isGreaterThanOrEqualTo(2);
            assertThat(metrics.value("switchboard_handler_seconds_count{event=\"echo\",namespace=\"/\"}"))
                    .isGreaterThanOrEqualTo(2);
            assertThat(metrics.value("switchboard_latency_seconds_count{namespace=\"/\"}"))
                    .isGreaterThanOrEqualTo(2);
        }
        Matcher made = Pattern.compile("made up")
                .matcher(HttpClients.request("GET", server.url("/metrics"), "").body());
        assertThat(made.find()).isFalse();
    }
}
