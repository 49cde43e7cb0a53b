package dev.switchboard.launch;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "client",
        description = "A client in the terminal: shows the events that come, and sends what is typed.",
        footer = {
            "",
            "What can be typed, a line each; an event with blanks stands in quotes, data is JSON:",
            "  emit EVENT [DATA]    sends it",
            "  ask EVENT [DATA]     sends it, and shows the answer",
            "  only [EVENT ...]     shows these events alone, * is anything; without any, all again",
            "  quit                 says good-bye, as the end of the input does",
            "In a terminal lines are edited, and those of earlier times come back with the arrows and Ctrl-R, out of",
            "~/.switchboard_history; one that begins with a blank is not kept."
        },
        sortOptions = false)
final class ClientCommand implements Callable<Integer> {
    private static final Path HISTORY = Path.of(System.getProperty("user.home"), ".switchboard_history");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "URL", description = "The server: http://localhost:8080, or https://...")
    private String url = "";

    @Option(
            names = {"-n", "-namespace", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Which namespace (default /).")
    private String namespace = "/";

    @Option(
            names = {"-as", "--as"},
            paramLabel = "NAME",
            description = "Asks the server for a token by this name.")
    private @Nullable String name;

    @Option(
            names = {"-token", "--token"},
            paramLabel = "TOKEN",
            description = "Comes with this token.")
    private @Nullable String token;

    @Option(
            names = {"-only", "--only"},
            paramLabel = "EVENT",
            description = "Shows this event alone, * is anything; may be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = {"-plain", "--plain"},
            description = "Shows each message in one line, for other programs.")
    private boolean plain;

    @Option(
            names = {"-listen", "--listen"},
            description = "Stays when the input ends.")
    private boolean listen;

    @Option(
            names = {"-v", "-verbose", "--verbose"},
            description = "Shows the stack trace of a fault.")
    boolean verbose;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    /** Ends with 0 after a good-bye, and with 1 when the server ended it. */
    @Override
    public Integer call() throws Exception {
        ServerUrl server = ServerUrl.of(url, namespace);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        AtomicReference<@Nullable Screen> shown = new AtomicReference<>();
        try (Keyboard keyboard = keyboard(shown)) {
            Screen screen = new Screen(keyboard::show, plain);
            shown.set(screen);
            screen.only(only);
            ServerLine line = new ServerLine(vertx, screen::show);
            String proof = name == null ? token : line.token(server, name);
            line.open(server, proof);
            Thread typing = new Thread(() -> new Typing(line, screen).read(keyboard, listen), "typing");
            typing.setDaemon(true);
            typing.start();
            return line.awaitEnd() ? 0 : 1;
        } finally {
            vertx.close().await();
        }
    }

    private Keyboard keyboard(AtomicReference<@Nullable Screen> shown) {
        return LineEditor.terminal()
                .<Keyboard>map(terminal -> new LineEditor(terminal, HISTORY, () -> {
                    Screen screen = shown.get();
                    return screen == null ? List.of() : screen.heard();
                }))
                .orElseGet(() -> Keyboard.plain(System.in, spec.commandLine().getOut()));
    }
}
