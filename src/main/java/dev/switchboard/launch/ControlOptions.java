package dev.switchboard.launch;

import picocli.CommandLine.Option;

/** What commands to running nodes have in common. */
final class ControlOptions {
    @Option(
            names = {"-node", "--node"},
            paramLabel = "NODE|all",
            description = "Which node, as list shows it (default: those that run the verticle).")
    String node = "";

    @Option(
            names = {"-v", "-verbose", "--verbose"},
            description = "Shows the stack trace of a fault.")
    boolean verbose;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;
}
