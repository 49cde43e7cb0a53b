package dev.switchboard.language;

import io.vertx.core.spi.VerticleFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A script.
 *
 * @param name as it was asked for, without the prefix of its language
 * @param loader where it and its classes are looked for
 */
public record ScriptFile(String name, URL url, ClassLoader loader) {
    /**
     * Looks on the class path, then in the working directory.
     *
     * @param verticle {@code js:handlers/typing.js} or {@code handlers/typing.js}
     * @throws ScriptException when there is none
     */
    static ScriptFile find(String verticle, ClassLoader loader) {
        String name = VerticleFactory.removePrefix(verticle);
        URL resource = loader.getResource(name);
        URL url = resource == null ? file(name) : resource;
        if (url == null) {
            throw new ScriptException(name + ": no such file", null);
        }
        return new ScriptFile(name, url, loader);
    }

    private static @Nullable URL file(String name) {
        try {
            Path path = Path.of(name).toAbsolutePath();
            return Files.isRegularFile(path) ? path.toUri().toURL() : null;
        } catch (InvalidPathException | MalformedURLException e) {
            return null;
        }
    }

    /** Where it is; empty when it is part of a jar. */
    public Optional<Path> path() {
        return url.getProtocol().equals("file") ? Optional.of(Path.of(URI.create(url.toString()))) : Optional.empty();
    }

    /**
     * What is in it now.
     *
     * @throws ScriptException when it cannot be read
     */
    public String text() {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ScriptException(name + ": cannot be read", e);
        }
    }
}
