package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalHubsTest {
    private final Vertx vertx = Vertx.vertx();
    private final LocalHubs hubs = new LocalHubs(vertx);

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void ask_ofAHubThatDoesNotAnswer_isATimeoutOfTheNode() {
        SocketIds ids = new SocketIds();
        hubs.register(ids.hub(), (message, answer) -> {}, 1 << 20, () -> {});
        Target room = Target.room("/", "r");

        for (Target target : new Target[] {room, Target.socket("/", ids.next())}) {
            assertThatThrownBy(() -> hubs.ask(new HubMessage.Move(target, "r", true), 10)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            EventException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NODE_TIMEOUT.name()));
        }
    }
}
