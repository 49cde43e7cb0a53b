package dev.switchboard.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
        sortOptions = false)
final class Main {
    private static final List<Class<?>> COMMANDS = List.of(
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
            ArchiveCommand.class);

    /** What starts a node, as soon as can be. */
    private static final Map<String, Class<?>> NODES =
            Map.of("run", RunCommand.class, "example", ExampleCommand.class, "archive", ArchiveCommand.class);

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
        String[] words = args.length == 0 ? new String[] {"example", "chat"} : args;
        @Nullable Class<?> node = NODES.get(words[0]);
        int exitCode = node == null ? commandLine().execute(words) : start(node, words);
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

    /**
     * While this thread reads the command line, another reads what is to be logged: either takes about a fifth of a start. Nobody
     * asks for a logger before that is done.
     */
    private static int start(Class<?> node, String[] words) {
        CompletableFuture<Logger> logging = CompletableFuture.supplyAsync(
                () -> LoggerFactory.getLogger(Main.class), task -> new Thread(task, "logging").start());
        CommandLine commandLine = commandLine(List.of(node));
        commandLine.setExecutionStrategy(parsed -> {
            logging.join();
            return new CommandLine.RunLast().execute(parsed);
        });
        return commandLine.execute(words);
    }

    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    /** Each command takes some milliseconds, whether it is asked for or not. */
    private static CommandLine commandLine(List<Class<?>> commands) {
        CommandLine commandLine = new CommandLine(new Main());
        commands.forEach(commandLine::addSubcommand);
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
