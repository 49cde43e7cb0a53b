package dev.switchboard.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run.sh bench}: 0 when every delivery was as it should be, else 1. */
@Command(
        name = "bench",
        description =
                "Measures Switchboard beside other servers, and writes target/bench/report.html and results.json.",
        sortOptions = false)
public final class Main implements Callable<Integer> {
    @Parameters(paramLabel = "job", description = "What to measure (default: all).")
    private List<String> jobs = List.of();

    @Option(
            names = "--against",
            split = ",",
            paramLabel = "SERVER",
            description = "With what to compare it (default: all).")
    private List<String> against = Peer.NAMES;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Of the jobs' cases, those whose titles contain this (default: all).")
    private String only = "";

    @Option(
            names = "--cores",
            description = "The processors of the servers (default: the last); the generator has the others.")
    private String cores = String.valueOf(Runtime.getRuntime().availableProcessors() - 1);

    @Option(names = "--rounds", description = "How often each is measured (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--seconds", description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long before the first round (default: ${DEFAULT-VALUE}).")
    private int warmUp = 10;

    @Option(names = "--scale", description = "What numbers of clients and rooms are multiplied with (default: 1).")
    private double scale = 1;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the report goes (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target/bench");

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    private final Machine machine;

    private Main(Machine machine) {
        this.machine = machine;
    }

    public static void main(String[] arguments) {
        CommandLine bench = new CommandLine(new Main(Machine.here(List.of(arguments))));
        System.exit(bench.setExecutionExceptionHandler(Main::tell).execute(arguments));
    }

    /** What was asked for is not there. */
    private static int tell(Exception fault, CommandLine bench, CommandLine.ParseResult asked) throws Exception {
        if (!(fault instanceof IllegalArgumentException)) {
            throw fault;
        }
        System.err.println("bench: " + fault.getMessage());
        return CommandLine.ExitCode.USAGE;
    }

    private List<Peer> peers() {
        List<Peer> peers = new ArrayList<>(List.of(Peer.of(Peer.SWITCHBOARD)));
        against.stream()
                .filter(name -> !name.equals(Peer.SWITCHBOARD))
                .map(Peer::of)
                .forEach(peers::add);
        if (machine.node().isEmpty() && peers.removeIf(peer -> !peer.isJava())) {
            System.err.println("bench: no node: the servers in JavaScript are left out");
        }
        return peers;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Job> chosen =
                jobs.isEmpty() ? Jobs.ALL : jobs.stream().map(Jobs::of).toList();
        List<Peer> peers = peers();
        Settings settings = new Settings(
                peers,
                only,
                Cores.of(cores),
                rounds,
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                scale,
                Files.createDirectories(out).toAbsolutePath());
        settings.cores().pinThis();
        List<Result> results;
        try (Generator generator = new Generator()) {
            results = new Bench(settings, generator).run(chosen);
        }
        Report report = new Report(machine, peers.stream().map(Peer::name).toList(), chosen, results);
        report.write(settings.folder());
        System.out.printf("%n%s%n%n%s%n", machine, report.table());
        System.out.println("Charts and every sample: " + settings.folder().resolve("report.html") + ", results.json");
        System.out.println(report.isClean() ? "Nothing lost, doubled, reordered or misrouted." : "FAULTS: see above.");
        return report.isClean() ? 0 : 1;
    }
}
