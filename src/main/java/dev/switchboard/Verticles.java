package dev.switchboard;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.spi.VerticleFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells whether a verticle of some name could be deployed, without deploying it. May block: for the start only. */
final class Verticles {
    private static final String JAVA = "java";

    private final Set<String> languages;
    private final ClassLoader loader;

    Verticles(Vertx vertx) {
        this.languages =
                vertx.verticleFactories().stream().map(VerticleFactory::prefix).collect(Collectors.toSet());
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        this.loader = own == null ? Verticles.class.getClassLoader() : own;
    }

    /** By the rules of Vert.x: {@code prefix:name}, {@code file.suffix}, or the name of a class. */
    boolean exists(String name) {
        int colon = name.indexOf(':');
        String prefix = colon < 0 ? "" : name.substring(0, colon);
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        if (languages.contains(prefix)) {
            return !suffix.equals(prefix) || isFile(name.substring(colon + 1));
        }
        if (colon < 0 && (languages.contains(suffix) || suffix.equals(JAVA))) {
            return isFile(name);
        }
        return isVerticle(prefix.equals(JAVA) ? name.substring(colon + 1) : name);
    }

    private boolean isFile(String name) {
        try {
            return loader.getResource(name) != null || Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private boolean isVerticle(String name) {
        try {
            return Deployable.class.isAssignableFrom(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
