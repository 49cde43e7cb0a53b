package dev.switchboard.launch;

import dev.switchboard.deployment.Order;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "undeploy",
        description = "Ends a verticle on running nodes, after the events that it has.",
        sortOptions = false)
final class UndeployCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "<verticle>", description = "A class, a source file, or the name by which it runs.")
    private String verticle = "";

    @Mixin
    private ControlOptions options = new ControlOptions();

    @Override
    public Integer call() {
        Order order = VerticleSource.locate(verticle, "", SearchPath.ofProgram())
                .order(verticle, Optional.empty(), Optional.empty());
        Orders.send("undeploy", order, options.node, spec);
        return 0;
    }
}
