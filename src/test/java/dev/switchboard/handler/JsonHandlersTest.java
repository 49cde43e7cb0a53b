package dev.switchboard.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonHandlersTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private Object sockets() {
        return await(vertx.eventBus().request(Addresses.VERBS, new JsonObject().put("verb", "sockets")))
                .body();
    }

    @Test
    void deployed_again_servesAgain() {
        await(vertx.undeploy(await(vertx.deployVerticle(new JsonHandlers()))));
        await(vertx.deployVerticle(new JsonHandlers()));

        assertThat(sockets()).isEqualTo(new JsonArray());
    }

    @Test
    void second_endsBeforeTheFirst_whichGoesOn() {
        await(vertx.deployVerticle(new JsonHandlers()));
        await(vertx.undeploy(await(vertx.deployVerticle(new JsonHandlers()))));

        assertThat(sockets()).isEqualTo(new JsonArray());
    }
}
