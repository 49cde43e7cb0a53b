package dev.switchboard.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Deploys a verticle.", sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "<verticle>",
            description =
                    "A class, a .java source file, or a name that a verticle factory on the class path knows by its prefix or suffix.")
    private String verticle = "";

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "FILE|JSON",
            description = "The verticle's configuration.")
    private String configuration = "{}";

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        SearchPath searchPath = SearchPath.ofProgram();
        new Node(options, searchPath).run(verticle, Configuration.parse(configuration, searchPath));
        return 0;
    }
}
