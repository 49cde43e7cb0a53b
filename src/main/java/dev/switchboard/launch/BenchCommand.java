package dev.switchboard.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "bench", description = "For benchmarks.", subcommands = BenchCommand.Server.class)
final class BenchCommand {
    private static final String SERVER = "conf/bench/server.json";

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Command(
            name = "server",
            description = "Runs a server that any load generator can drive: short for"
                    + " run dev.switchboard.Switchboard -conf " + SERVER + ".",
            sortOptions = false)
    static final class Server implements Callable<Integer> {
        @Option(
                names = {"-conf", "--conf"},
                paramLabel = "FILE|JSON",
                description = "What is to be different from its own configuration.")
        private String changes = "{}";

        @Mixin
        private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            SearchPath searchPath = SearchPath.ofProgram();
            new Node(options, searchPath).run(Main.SWITCHBOARD, Configuration.parse(SERVER, changes, searchPath));
            return 0;
        }
    }
}
