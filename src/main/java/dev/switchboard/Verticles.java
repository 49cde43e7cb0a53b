package dev.switchboard;

import dev.switchboard.config.Catalog;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileSystemException;
import io.vertx.core.spi.VerticleFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells what could be deployed, without deploying it. May block: for the start only. */
final class Verticles implements Catalog {
    private static final String JAVA = "java";

    private final Vertx vertx;
    private final Set<String> languages;
    private final ClassLoader loader;

    Verticles(Vertx vertx) {
        this.vertx = vertx;
        this.languages =
                vertx.verticleFactories().stream().map(VerticleFactory::prefix).collect(Collectors.toSet());
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        this.loader = own == null ? Verticles.class.getClassLoader() : own;
    }

    /** By the rules of Vert.x: {@code prefix:name}, {@code file.suffix}, or the name of a class. */
    @Override
    public boolean hasVerticle(String name) {
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

    /** A verticle, or a class that is a middleware. */
    @Override
    public boolean hasMiddleware(String name) {
        return hasVerticle(name) || middleware(name).isPresent();
    }

    @Override
    public Optional<String> routesFault(String type) {
        return new RouteClasses().fault(type);
    }

    @Override
    public Optional<String> text(String file) {
        try {
            return Optional.of(vertx.fileSystem().readFileBlocking(file).toString());
        } catch (FileSystemException absent) {
            return Optional.empty();
        }
    }

    /** The class of this name that is a middleware and no verticle. */
    Optional<Class<?>> middleware(String name) {
        return load(name).filter(MiddlewareVerticle::runs);
    }

    private boolean isFile(String name) {
        try {
            return loader.getResource(name) != null || Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private boolean isVerticle(String name) {
        return load(name).filter(Deployable.class::isAssignableFrom).isPresent();
    }

    private Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
