package dev.switchboard.launch;

import dev.switchboard.config.Catalog;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.types.JavaRecords;
import dev.switchboard.types.NamespaceEvents;
import dev.switchboard.types.TypeScript;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "types",
        description = "Writes what a configuration declares of its events as TypeScript, as Java records, or both.",
        sortOptions = false)
final class TypesCommand implements Callable<Integer> {
    /** What there is to know of events stands in these; the others may need files or variables that are not here. */
    private static final List<String> SECTIONS = List.of("namespaces", "socketio", "admin");

    private static final Pattern MODULE = Pattern.compile(".*\\.[cm]?ts");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "FILE|JSON",
            description = "The configuration (default conf/app.json).")
    private String configuration = "conf/app.json";

    @Option(
            names = {"-typescript", "--typescript"},
            paramLabel = "FILE|DIR",
            description = "A module of TypeScript, such as web/events.d.ts; in a folder it is called so.")
    private @Nullable Path typeScript;

    @Option(
            names = {"-java", "--java"},
            paramLabel = "DIR",
            description = "A folder of sources, such as src/main/java.")
    private @Nullable Path java;

    @Option(
            names = {"-package", "--package"},
            paramLabel = "PACKAGE",
            description = "The package of the records.")
    private String packageName = "";

    @Option(
            names = {"-check", "--check"},
            description = "Writes nothing, and ends with 1 when a file is not what would be written.")
    private boolean check;

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
        if (typeScript == null && java == null) {
            throw new LaunchException("nothing to write: --typescript or --java says where");
        }
        Map<Path, String> files = files(read());
        PrintWriter out = spec.commandLine().getOut();
        int stale = 0;
        for (Map.Entry<Path, String> file : files.entrySet()) {
            if (!check) {
                write(file.getKey(), file.getValue());
                out.println(file.getKey());
            } else if (!file.getValue().equals(text(file.getKey()))) {
                spec.commandLine().getErr().println(file.getKey() + " is not as declared: write the types again");
                stale++;
            }
        }
        out.flush();
        return stale == 0 ? 0 : 1;
    }

    private List<NamespaceEvents> read() {
        SearchPath searchPath = SearchPath.ofProgram();
        JsonObject all = Configuration.parse(configuration, searchPath);
        JsonObject some = new JsonObject();
        SECTIONS.stream().filter(all::containsKey).forEach(key -> some.put(key, all.getValue(key)));
        return NamespaceEvents.of(SwitchboardConfig.read(some, Map.of(), new Anything(searchPath)));
    }

    private Map<Path, String> files(List<NamespaceEvents> namespaces) {
        Map<Path, String> files = new LinkedHashMap<>();
        if (typeScript != null) {
            boolean isModule = MODULE.matcher(typeScript.toString()).matches();
            files.put(isModule ? typeScript : typeScript.resolve("events.d.ts"), TypeScript.of(namespaces));
        }
        if (java != null) {
            Path folder = folder(java);
            JavaRecords.of(namespaces, packageName).forEach((name, text) -> files.put(folder.resolve(name), text));
        }
        return files;
    }

    private Path folder(Path sources) {
        if (!SourceVersion.isName(packageName)) {
            throw new LaunchException(
                    packageName.isEmpty()
                            ? "--java needs --package"
                            : "'" + packageName + "' is no name for a package");
        }
        return Arrays.stream(packageName.split("\\.")).map(Path::of).reduce(sources, Path::resolve);
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException fault) {
            throw new LaunchException(file + ": " + Faults.reason(fault), fault);
        }
    }

    private static @Nullable String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.UTF_8) : null;
        } catch (IOException fault) {
            throw new LaunchException(file + ": " + Faults.reason(fault), fault);
        }
    }

    /** Whether verticles exist is of no account here. */
    private record Anything(SearchPath searchPath) implements Catalog {
        @Override
        public boolean hasVerticle(String name) {
            return true;
        }

        @Override
        public Optional<String> text(String file) {
            return Optional.ofNullable(searchPath.text(file));
        }
    }
}
