package dev.switchboard;

import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.core.spi.VerticleFactory;
import java.util.concurrent.Callable;

/**
 * Makes verticles of middleware that is a class and no verticle: {@code middleware:chat.Door}. A configuration names the
 * class alone; Vert.x finds this factory by itself.
 */
public final class MiddlewareFactory implements VerticleFactory {
    private static final String PREFIX = "middleware";

    /** What Vert.x is to deploy for a class. */
    static String verticle(String type) {
        return PREFIX + ":" + type;
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public void createVerticle2(String verticle, ClassLoader loader, Promise<Callable<? extends Deployable>> promise) {
        String name = VerticleFactory.removePrefix(verticle);
        try {
            Class<?> type = Class.forName(name, true, loader);
            if (!MiddlewareVerticle.runs(type)) {
                throw new IllegalArgumentException(name + " is no middleware");
            }
            promise.complete(() -> new MiddlewareVerticle(instance(type)));
        } catch (ClassNotFoundException | LinkageError | IllegalArgumentException e) {
            promise.fail(e);
        }
    }

    private static Object instance(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type.getName() + " needs a public constructor without parameters, which must not fail", e);
        }
    }
}
