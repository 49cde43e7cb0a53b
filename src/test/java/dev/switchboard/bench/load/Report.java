package dev.switchboard.bench.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/** What is left of a run: {@code results.json} with every sample, {@code report.html}, {@code report.md}. */
record Report(Machine machine, List<String> peers, List<Job> jobs, List<Result> results) {
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("results.json"), json().encodePrettily());
        Files.writeString(folder.resolve("report.html"), Page.html(this));
        Files.writeString(folder.resolve("report.md"), "```\n" + machine + "\n```\n\n" + table());
    }

    String table() {
        return Table.of(peers, results).markdown();
    }

    /** Whether every delivery was as it should be. */
    boolean isClean() {
        return results.stream().allMatch(result -> result.sample().faults().isEmpty());
    }

    private JsonObject json() {
        JsonArray samples = new JsonArray();
        results.forEach(result -> samples.add(json(result)));
        return machine.json().put("samples", samples);
    }

    private static JsonObject json(Result result) {
        Sample sample = result.sample();
        return new JsonObject()
                .put("job", result.job())
                .put("case", result.title())
                .put("server", result.peer())
                .put("round", result.round())
                .put("figures", new JsonObject(new LinkedHashMap<>(sample.figures())))
                .put("serverBusy", sample.serverCpu())
                .put("generatorBusy", sample.generatorCpu())
                .put("generatorBound", sample.bound())
                .put("faults", new JsonArray(sample.faults()));
    }
}
