package dev.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the kit shows of two nodes. */
final class TestClusterIT {
    private static final JsonObject OPEN = new JsonObject("{\"namespaces\": {\"/\": {\"auth\": \"none\"}}}");

    private static final class Talk extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.event("say", (socket, data) -> socket.broadcast("said", data));
            on.event("wait", (socket, data) -> Promise.promise().future());
        }
    }

    @Test
    void events_reachTheOtherNode_untilItIsLost() {
        try (TestCluster cluster = TestCluster.start(2, OPEN)) {
            cluster.node(1).deploy(Talk::new);
            TestClient ann = cluster.node(0).connect();
            TestClient bob = cluster.node(1).connect();

            ann.emit("say", "hi");
            assertThat(bob.heard("said")).containsExactly(Payload.of("hi"));
            assertThat(ann.heard("said")).isEmpty();

            CompletableFuture<Payload> answer = CompletableFuture.supplyAsync(() -> ann.ask("wait"));
            cluster.lose(1);
            assertThat(bob.awaitClosed()).isEqualTo(CloseReason.BROKEN);
            assertThat(answer)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(EventException.class)
                    .satisfies(
                            lost -> assertThat(((EventException) lost).code()).isIn("HANDLER_LOST", "NO_HANDLER"));
            assertThat(cluster.nodes()).isEqualTo(List.of(cluster.node(0)));
            assertThatExceptionOfType(EventException.class)
                    .isThrownBy(() -> ann.ask("say", 1))
                    .satisfies(gone -> assertThat(gone.code()).isIn("NO_HANDLER", "UNKNOWN_EVENT"));
        }
    }

    @Test
    void comeBack_onAnotherNode_afterItsOwnWasLost_missesNothing() {
        JsonObject kept =
                new JsonObject("{\"namespaces\": {\"/\": {\"auth\": \"none\", \"resume\": {\"window\": \"5m\"}}}}");
        try (TestCluster cluster = TestCluster.start(2, kept)) {
            cluster.node(0).deploy(Talk::new);
            TestClient ann = cluster.node(0).connect();
            TestClient bob = cluster.node(1).connect();
            String id = bob.id();
            ann.ask("say", 1);
            assertThat(bob.next("said").number()).isEqualTo(1);

            bob.breakOff();
            ann.ask("say", 2);
            cluster.lose(1);
            ann.ask("say", 3);
            assertThat(bob.comeBack(cluster.node(0))).isTrue();
            ann.ask("say", 4);

            assertThat(bob.id()).isEqualTo(id);
            assertThat(bob.heard("said")).containsExactly(Payload.of(2), Payload.of(3), Payload.of(4));

            bob.breakOff();
            cluster.clock().advance(Duration.ofMinutes(6));
            assertThat(bob.comeBack()).isFalse();
        }
    }
}
