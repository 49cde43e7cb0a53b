package dev.switchboard.deployment;

import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What is wrong in a {@code .java} file: Vert.x writes that into the log, and tells its caller only that something is. */
final class JavaSource {
    private JavaSource() {}

    /** The first error with its line; empty when there is none, or no compiler. */
    static Optional<String> fault(Path file, URLClassLoader loader) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return Optional.empty();
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String classPath = Stream.concat(
                        Stream.of(System.getProperty("java.class.path")),
                        Arrays.stream(loader.getURLs())
                                .filter(url -> url.getProtocol().equals("file"))
                                .map(url -> Path.of(java.net.URI.create(url.toString()))
                                        .toString()))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of("-proc:none", "-cp", classPath);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(file));
            task.analyze();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .map(one -> file.getFileName() + ", line " + one.getLineNumber() + ": "
                        + one.getMessage(Locale.ROOT).lines().findFirst().orElse(""));
    }
}
