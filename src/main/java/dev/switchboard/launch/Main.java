package dev.switchboard.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program: {@code java -jar switchboard.jar [run <verticle> | example <name> | deploy <verticle> | …] [options]}; without arguments it runs
 * the chat example.
 *
 * <p>Every fault is told in one line on standard error (the faults of a configuration file: a line each) and ends the
 * program with exit code 1. {@code --verbose} adds the stack trace.
 */
@Command(
        name = "switchboard",
        description = "Runs Vert.x verticles for real-time events. Without arguments: example chat.",
        synopsisSubcommandLabel = "[run | example | new | deploy | undeploy | list | client | types | keys | bench]",
        subcommands = {
            RunCommand.class,
            ExampleCommand.class,
            NewCommand.class,
            DeployCommand.class,
            UndeployCommand.class,
            ListCommand.class,
            ClientCommand.class,
            TypesCommand.class,
            KeysCommand.class,
            BenchCommand.class,
            ArchiveCommand.class
        },
        sortOptions = false)
final class Main {
    /** The verticle that serves clients. */
    static final String SWITCHBOARD = "dev.switchboard.Switchboard";

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    private Main() {}

    public static void main(String[] args) {
        widenCommonPool();
        configureLogging(SearchPath.ofProgram().home().resolve("conf/logback.xml"));
        int exitCode = commandLine().execute(args.length == 0 ? new String[] {"example", "chat"} : args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** On two cores the common pool has one thread, and Hazelcast then starts a thread for each answer of its maps. */
    private static void widenCommonPool() {
        if (Runtime.getRuntime().availableProcessors() <= 2) {
            System.getProperties().putIfAbsent("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
        }
    }

    /** Before the first logger is asked for. What the user has set stays; without a file, the one in the jar is taken. */
    private static void configureLogging(Path file) {
        Properties properties = System.getProperties();
        if (Files.isRegularFile(file)) {
            properties.putIfAbsent("logback.configurationFile", file.toString());
        }
        properties.putIfAbsent("hazelcast.logging.type", "slf4j");
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setPosixClusteredShortOptionsAllowed(false);
        commandLine.setAbbreviatedOptionsAllowed(false);
        commandLine.setParameterExceptionHandler(Main::refuse);
        commandLine.setExecutionExceptionHandler(Main::fail);
        return commandLine;
    }

    private static int refuse(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        boolean unknownWord = fault instanceof UnmatchedArgumentException && command.getParent() == null;
        String text = unknownWord ? "unknown command '" + args[0] + "'" : Faults.firstLine(fault.getMessage());
        command.getErr().println(text + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return 1;
    }

    private static int fail(Exception fault, CommandLine command, ParseResult parsed) {
        command.getErr().println(Faults.describe(fault));
        if (command.getParseResult().hasMatchedOption("--verbose")) {
            fault.printStackTrace(command.getErr());
        }
        return 1;
    }
}
