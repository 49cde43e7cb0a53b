package dev.switchboard.launch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "Lists the nodes of this user on this machine and of their clusters, and what they handle.",
        sortOptions = false)
final class ListCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-v", "-verbose", "--verbose"},
            description = "Shows the stack trace of a fault.")
    boolean verbose;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        for (ControlClient.Group group : new ControlClient(RunDirectory.ofUser()).groups()) {
            for (JsonObject node : group.nodes()) {
                out.println(node.getString("node"));
                node.getJsonArray("handlers", new JsonArray())
                        .forEach(handler -> out.println("  " + line((JsonObject) handler)));
            }
        }
        out.flush();
        return 0;
    }

    private static String line(JsonObject handler) {
        int instances = handler.getInteger("instances");
        String events = handler.getJsonObject("events").stream()
                .map(entry -> entry.getKey() + ": "
                        + ((JsonArray) entry.getValue())
                                .stream().map(String::valueOf).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return handler.getString("name") + "  version " + handler.getString("version") + "  " + instances
                + (instances == 1 ? " instance" : " instances") + (events.isEmpty() ? "" : "  " + events);
    }
}
