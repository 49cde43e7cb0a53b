package dev.switchboard.launch;

import dev.switchboard.deployment.Order;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "deploy",
        description = "Deploys a verticle on running nodes, in the place of the version that is there.",
        sortOptions = false)
final class DeployCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "<verticle>", description = "A class, a source file, or the name by which it runs.")
    private String verticle = "";

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "FILE|JSON",
            description = "The verticle's configuration (default: what it has).")
    private @Nullable String configuration;

    @Option(
            names = {"-instances", "--instances"},
            paramLabel = "N",
            description = "How many instances (default: as many as it has, or 1).")
    private @Nullable Integer instances;

    @Option(
            names = {"-cp", "--cp", "-classpath", "--classpath"},
            paramLabel = "PATH",
            description = "Folders and jars in which it is found, before those of the node.")
    private String classPath = "";

    @Mixin
    private ControlOptions options = new ControlOptions();

    @Override
    public Integer call() {
        if (instances != null && instances < 1) {
            throw new LaunchException("-instances must be 1 or more, not " + instances);
        }
        SearchPath searchPath = SearchPath.ofProgram();
        Order order = VerticleSource.locate(verticle, classPath, searchPath)
                .order(
                        verticle,
                        Optional.ofNullable(configuration).map(given -> Configuration.parse(given, searchPath)),
                        Optional.ofNullable(instances));
        Orders.send("deploy", order, options.node, spec);
        return 0;
    }
}
