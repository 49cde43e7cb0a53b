package dev.switchboard.config;

import io.vertx.core.json.JsonObject;

/**
 * How a handler verticle is deployed.
 *
 * @param config read-only by habit: each call returns a copy
 */
public record HandlerConfig(int instances, Threading threading, JsonObject config) {
    /** The first Java release that has virtual threads (JEP 444). */
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    /** What a handler runs on. */
    public enum Threading {
        /** A pool of threads that may block. */
        WORKER,
        /** A virtual thread of its own, where the JDK has them. */
        VIRTUAL,
        /** An event loop, which must never be blocked. */
        EVENT_LOOP
    }

    public HandlerConfig {
        config = config.copy();
    }

    @Override
    public JsonObject config() {
        return config.copy();
    }

    /** What a handler gets that the configuration says nothing about. */
    static HandlerConfig usual() {
        return new HandlerConfig(1, Threading.WORKER, new JsonObject());
    }

    static HandlerConfig read(Section handler, int javaRelease) {
        HandlerConfig usual = usual();
        Threading threading = handler.key(
                        "threading",
                        "what it runs on: threads that may block, a virtual thread of its own (Java 21), or an event loop,"
                                + " which must never be blocked")
                .choice(usual.threading);
        if (threading == Threading.VIRTUAL && javaRelease < FIRST_WITH_VIRTUAL_THREADS) {
            handler.fault("threading", "must not be \"virtual\": Java " + javaRelease + " has no virtual threads");
        }
        return new HandlerConfig(
                handler.key("instances", "how many run on this node").number(usual.instances, 1, 1024),
                threading,
                handler.key("config", "what the verticle gets as its own configuration")
                        .object());
    }
}
