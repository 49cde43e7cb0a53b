package dev.switchboard.config;

import java.util.Optional;

/** Tells what a configuration may name: what there is on the class path. May block: for the start only. */
@FunctionalInterface
public interface Catalog {
    /** Whether a verticle of that name can be deployed. */
    boolean hasVerticle(String name);

    /** Whether a middleware of that name can be deployed: every verticle, and perhaps more. */
    default boolean hasMiddleware(String name) {
        return hasVerticle(name);
    }

    /** What is wrong with a class that is to have HTTP routes; empty when nothing is. */
    default Optional<String> routesFault(String type) {
        return Optional.empty();
    }

    /** What a file says, which lies in the working directory or on the class path; empty when there is none. */
    default Optional<String> text(String file) {
        return Optional.empty();
    }
}
