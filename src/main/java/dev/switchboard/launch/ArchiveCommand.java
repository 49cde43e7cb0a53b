package dev.switchboard.launch;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads what a node loads that starts, for {@code -XX:ArchiveClassesAtExit}. */
@Command(
        name = "archive",
        description = "Starts a node on a free port and ends it, so that a JVM with -XX:ArchiveClassesAtExit=FILE"
                + " archives the classes that a start takes.",
        sortOptions = false)
final class ArchiveCommand implements Callable<Integer> {
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
        SearchPath searchPath = SearchPath.ofProgram();
        JsonObject configuration = Configuration.parse(
                Examples.file("chat"), "{\"http\":{\"host\":\"127.0.0.1\",\"port\":0}}", searchPath);
        new Node(new NodeOptions(), searchPath).run(Main.SWITCHBOARD, configuration);
        Runtime.getRuntime().exit(0);
        return 0;
    }
}
