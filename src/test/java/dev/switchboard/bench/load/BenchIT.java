package dev.switchboard.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.launch.Program;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smallest benchmark that there is. */
class BenchIT {
    private static final List<String> COMMAND = List.of(
            Program.JAVA,
            "-cp",
            Peer.absolute(System.getProperty("java.class.path")),
            Main.class.getName(),
            "echo",
            "--rounds=1",
            "--seconds=2",
            "--warm-up=1",
            "--scale=0.1");

    @Test
    void echo_besideVertx_writesWhatItSaw(@TempDir Path folder) throws Exception {
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(List.of("--against=vertx", "--out=" + folder));

        try (Program bench = Program.start(folder, Map.of(), command)) {
            bench.awaitOut("warm-up +vertx", 2);
            bench.awaitOut("1/1 +vertx", 2);

            assertThat(bench.awaitExit()).as(bench.out() + bench.err()).isZero();
            assertThat(bench.out())
                    .contains("| echo, 1 under way | deliveries/s |", "|  | switchboard × this |")
                    .contains("Nothing lost, doubled, reordered or misrouted.");
        }
        JsonObject results = new JsonObject(Files.readString(folder.resolve("results.json")));
        // Two cases, two servers, one round.
        assertThat(results.getJsonArray("samples")).hasSize(4).allSatisfy(sample -> {
            JsonObject figures = ((JsonObject) sample).getJsonObject("figures");
            assertThat(figures.getDouble("deliveries/s")).isPositive();
            assertThat(figures.getDouble("server µs/delivery")).isPositive();
            assertThat(((JsonObject) sample).getJsonArray("faults")).isEmpty();
        });
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("<svg", "echo, 16 under way", ">vertx</text>")
                .doesNotContain("http://", "https://");
    }

    /** Clients of one server that speak different dialects: each says it in its own. */
    @Test
    void echo_overSockJsAndPlainWebSockets_isHeardByAll(@TempDir Path folder) throws Exception {
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(List.of("--against=vertx-mixed", "--only=16 under way", "--out=" + folder));

        try (Program bench = Program.start(folder, Map.of(), command)) {
            assertThat(bench.awaitExit()).as(bench.out() + bench.err()).isZero();
        }
        assertThat(new JsonObject(Files.readString(folder.resolve("results.json"))).getJsonArray("samples"))
                .hasSize(2)
                .allSatisfy(sample ->
                        assertThat(((JsonObject) sample).getJsonArray("faults")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "--against=nobody, there is no server 'nobody'",
        "--against=no.jar, there is no jar",
        "--against=resume:no.jar, there is no jar",
        "no-job, there is no job 'no-job'"
    })
    void unknown_isToldInOneLine(String argument, String told, @TempDir Path folder) throws Exception {
        List<String> command = new ArrayList<>(COMMAND);
        command.add(argument);
        command.add("--out=" + folder);

        try (Program bench = Program.start(folder, Map.of(), command)) {
            assertThat(bench.awaitExit()).isEqualTo(2);
            assertThat(bench.err().strip().lines()).singleElement().asString().startsWith("bench: " + told);
        }
    }
}
