package dev.switchboard;

import dev.switchboard.config.RoutesConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/** Finds and makes the classes with the application's HTTP routes. May block: for the start only. */
final class RouteClasses {
    private final ClassLoader loader;

    RouteClasses() {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        this.loader = own == null ? RouteClasses.class.getClassLoader() : own;
    }

    /** What is wrong with a class that is to have routes; empty when nothing is. */
    Optional<String> fault(String name) {
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of("there is no class \"" + name + "\"");
        }
        if (!HttpRoutes.class.isAssignableFrom(type)) {
            return Optional.of(name + " does not implement " + HttpRoutes.class.getName());
        }
        if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
            return Optional.of(name + " must be public and not abstract");
        }
        boolean made = Arrays.stream(type.getConstructors()).anyMatch(one -> one.getParameterCount() == 0);
        return made ? Optional.empty() : Optional.of(name + " has no public constructor without parameters");
    }

    /** @throws IllegalStateException when the class fails to make one */
    HttpRoutes create(RoutesConfig routes) {
        try {
            return Class.forName(routes.type(), true, loader)
                    .asSubclass(HttpRoutes.class)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the constructor of " + routes.type() + " failed", e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(routes.type() + " cannot be made", e);
        }
    }
}
