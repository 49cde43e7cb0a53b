package dev.switchboard.launch;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "example",
        description = "Runs an example: short for run dev.switchboard.Switchboard -conf conf/<name>.json."
                + " Without a name: lists the examples.",
        sortOptions = false)
final class ExampleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<name>", arity = "0..1", description = "The example.")
    private @Nullable String name;

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "FILE|JSON",
            description = "What is to be different from the example's own configuration.")
    private String changes = "{}";

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        if (name == null) {
            Examples.names().forEach(spec.commandLine().getOut()::println);
            return 0;
        }
        SearchPath searchPath = SearchPath.ofProgram();
        String file = Examples.file(name);
        if (searchPath.text(file) == null) {
            throw new LaunchException(
                    "unknown example '" + name + "': there are " + String.join(", ", Examples.names()));
        }
        new Node(options, searchPath).run(Main.SWITCHBOARD, Configuration.parse(file, changes, searchPath));
        return 0;
    }
}
