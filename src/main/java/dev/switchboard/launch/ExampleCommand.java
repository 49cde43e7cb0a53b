package dev.switchboard.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "example",
        description = "Runs an example: short for run dev.switchboard.Switchboard -conf conf/<name>.json",
        sortOptions = false)
final class ExampleCommand implements Callable<Integer> {
    private static final String SWITCHBOARD = "dev.switchboard.Switchboard";

    @Parameters(paramLabel = "<name>", defaultValue = "chat", description = "The example (default ${DEFAULT-VALUE}).")
    private String name = "chat";

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        SearchPath searchPath = SearchPath.ofProgram();
        String file = "conf/" + name + ".json";
        if (searchPath.text(file) == null) {
            throw new LaunchException("unknown example '" + name + "': there is no " + file);
        }
        new Node(options, searchPath).run(SWITCHBOARD, Configuration.parse(file, searchPath));
        return 0;
    }
}
