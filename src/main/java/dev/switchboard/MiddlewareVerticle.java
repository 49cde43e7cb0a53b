package dev.switchboard;

import io.vertx.core.Deployable;

/** Runs a middleware that is a class and no verticle. */
final class MiddlewareVerticle extends EventVerticle {
    private final Object middleware;

    /** @param middleware of a class that {@link #runs} */
    MiddlewareVerticle(Object middleware) {
        this.middleware = middleware;
    }

    static boolean runs(Class<?> type) {
        boolean is = ConnectionMiddleware.class.isAssignableFrom(type) || PacketMiddleware.class.isAssignableFrom(type);
        return is && !Deployable.class.isAssignableFrom(type);
    }

    @Override
    protected void events(Events on) {
        if (middleware instanceof ConnectionMiddleware connection) {
            on.connection(connection);
        }
        if (middleware instanceof PacketMiddleware packet) {
            on.packet(packet);
        }
    }
}
