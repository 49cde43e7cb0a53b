package dev.switchboard.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a verticle was read from.
 *
 * @param url nowhere for a verticle that was deployed as an object
 */
record Source(Optional<URL> url) {
    private static final int SHOWN = 8;

    /** @param verticle a file or a class, with or without the prefix of a language */
    static Source of(String verticle, ClassLoader loader) {
        String name = verticle.substring(verticle.indexOf(':') + 1);
        URL found = loader.getResource(name);
        if (found == null) {
            found = loader.getResource(name.replace('.', '/') + ".class");
        }
        return new Source(Optional.ofNullable(found == null ? file(name) : found));
    }

    private static @Nullable URL file(String name) {
        try {
            Path path = Path.of(name).toAbsolutePath();
            return Files.isRegularFile(path) ? path.toUri().toURL() : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The file, unless it is part of a jar. */
    Optional<Path> path() {
        return url.filter(found -> found.getProtocol().equals("file"))
                .map(found -> Path.of(URI.create(found.toString())));
    }

    /** The script or source that can be edited; no class. */
    Optional<Path> text() {
        return path().filter(file -> !file.toString().endsWith(".class"));
    }

    /** The beginning of the SHA-256 of what is there now; empty when nothing is. */
    String hash() {
        if (url.isEmpty()) {
            return "";
        }
        try (InputStream in = url.get().openStream()) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return HexFormat.of().formatHex(hash).substring(0, SHOWN);
        } catch (IOException gone) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
