package dev.switchboard.launch;

import dev.switchboard.deployment.Order;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A verticle's name as Vert.x wants it, and the class loader in which Vert.x finds it.
 *
 * <p>Verticle factories look up a source file as a resource of the class path. So the folder of a named file is put on
 * the class path, and the verticle goes by the file's bare name: {@code /home/me/Hello.java} becomes {@code Hello.java}.
 */
record VerticleSource(String name, List<Path> roots, Optional<Path> file, ClassLoader loader) {

    /** Order of the look-up: the jar, the given class path, the file's own folder, the working directory, home. */
    static VerticleSource locate(String verticle, String classPath, SearchPath searchPath) {
        List<Path> roots = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (!entry.isBlank()) {
                roots.add(searchPath.workingDirectory().resolve(entry));
            }
        }
        String prefix = verticle.substring(0, verticle.indexOf(':') + 1);
        Path file = searchPath.file(verticle.substring(prefix.length()));
        String name = verticle;
        if (file != null) {
            roots.add(file.resolveSibling(""));
            name = prefix + file.getFileName();
        }
        roots.addAll(searchPath.folders());
        URL[] urls = roots.stream().map(VerticleSource::url).toArray(URL[]::new);
        return new VerticleSource(
                name,
                List.copyOf(roots),
                Optional.ofNullable(file),
                new URLClassLoader(urls, VerticleSource.class.getClassLoader()));
    }

    private static URL url(Path root) {
        try {
            return root.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new LaunchException(root + ": cannot be on a class path", impossible);
        }
    }

    /** Whether a language other than Java runs it, which has to be read before it starts, and may take its time. */
    boolean isScript() {
        return name.matches("(js|groovy):.*|.*\\.(js|groovy)");
    }

    /** @param given what the user calls it */
    Order order(String given, Optional<JsonObject> config, Optional<Integer> instances) {
        String known = name;
        return new Order(given, known, file, roots, config, instances);
    }
}
