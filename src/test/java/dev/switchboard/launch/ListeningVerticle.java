package dev.switchboard.launch;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the port of its configuration and says so, with all that a test wants to know. */
public final class ListeningVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ListeningVerticle.class);

    @Override
    public Future<?> start() {
        int port = config().getJsonObject("http", new JsonObject()).getInteger("port", 0);
        return vertx.createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(port, "127.0.0.1")
                .onSuccess(server -> LOG.info(
                        "listening on {} with {} in {}",
                        server.actualPort(),
                        config(),
                        Thread.currentThread().getName()));
    }

    @Override
    public Future<?> stop() {
        LOG.info("stopped");
        return Future.succeededFuture();
    }
}
