package dev.switchboard.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "new",
        description = "Writes a project with one handler, one page and one test, which runs at once.",
        sortOptions = false)
final class NewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The folder that is made; its name is that of the project.")
    private Path folder = Path.of("");

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
        Path jar = SearchPath.code().toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new LaunchException("a project needs switchboard.jar, and this runs from " + jar);
        }
        try {
            new NewProject(folder, jar).write();
        } catch (IOException fault) {
            throw new LaunchException(folder + ": " + Faults.reason(fault), fault);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("cd " + folder);
        out.println("./run.sh       # http://localhost:8080");
        out.println("mvn test");
        out.flush();
        return 0;
    }
}
