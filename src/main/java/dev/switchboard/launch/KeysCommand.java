package dev.switchboard.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        description = "Makes an authority and a key pair signed by it for each host, for cluster.tls."
                + " Where the authority is there already, it signs for more hosts.",
        sortOptions = false)
final class KeysCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder for the authority and a folder per host.")
    private Path folder = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "HOST",
            description = "Names or addresses of the nodes, as -cluster-host has them (default: localhost).")
    private List<String> hosts = List.of();

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
        List<String> wanted = hosts.isEmpty() ? List.of("localhost") : hosts;
        try {
            ClusterKeys keys = new ClusterKeys(folder);
            keys.check(wanted);
            for (String host : wanted) {
                spec.commandLine().getOut().println(keys.make(host));
            }
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException fault) {
            throw new LaunchException(folder + ": " + Faults.reason(fault), fault);
        }
    }
}
