package dev.switchboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** What {@link HttpRoutes} may need of the server that they are part of. On its event loop. */
public final class Door {
    private final Vertx vertx;
    private final JsonObject config;
    private final Tokens tokens;
    private final Function<RoutingContext, Future<Void>> save;

    Door(Vertx vertx, JsonObject config, Tokens tokens, Function<RoutingContext, Future<Void>> save) {
        this.vertx = vertx;
        this.config = config;
        this.tokens = tokens;
        this.save = save;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** What the configuration has for these routes; a copy. */
    public JsonObject config() {
        return config.copy();
    }

    public Tokens tokens() {
        return tokens;
    }

    /**
     * Stores the session of a request before the answer. Without it the session is stored while the answer is on its way,
     * which in a cluster may be after the client's next event.
     */
    public Future<Void> save(RoutingContext request) {
        return save.apply(request);
    }
}
