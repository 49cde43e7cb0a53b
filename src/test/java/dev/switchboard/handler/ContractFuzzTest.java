package dev.switchboard.handler;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractFuzzTest {
    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void start() throws Exception {
        vertx.deployVerticle(new JsonHandlers())
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void contract_anyMessage_isAnswered() {
        ContractFuzz.all(vertx).forEach(fuzz -> fuzz.run(1, 1_000));
    }
}
