package dev.switchboard.it;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Handles an event by the bus contract alone, as a verticle in another language would. */
public final class JsonShoutVerticle extends VerticleBase {
    @Override
    public Future<?> start() {
        vertx.eventBus().<JsonObject>localConsumer("my.shout", message -> {
            String loud = message.body().getString("data").toUpperCase(java.util.Locale.ROOT);
            vertx.eventBus()
                    .request(
                            "switchboard.verbs",
                            new JsonObject()
                                    .put("verb", "emit")
                                    .put("event", "shouted")
                                    .put("data", loud))
                    .onSuccess(v -> message.reply(loud))
                    .onFailure(cause -> message.fail(1, cause.getMessage()));
        });
        return vertx.eventBus()
                .request(
                        "switchboard.announce",
                        new JsonObject()
                                .put("address", "my.shout")
                                .put("events", new JsonObject().put("/", new JsonArray().add("shout"))));
    }
}
