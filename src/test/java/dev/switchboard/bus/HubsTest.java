package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.token.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubsTest {
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

    @Test
    void users_whoCameUnderTwoNames_countOnce() {
        List<Member> sockets = List.of(
                new Member("h.1", new User("1", "Ann")),
                new Member("h.2", new User("1", "Anna")),
                new Member("h.3", User.anonymous()));
        LocalHubs here = new LocalHubs(vertx);
        here.register("h", (message, answer) -> answer.accept(new HubAnswer.Sockets(sockets)), 1 << 20, () -> {});
        Hubs hubs = new Hubs(vertx);

        assertThat(await(hubs.users(Target.all("/")))).containsExactly(new User("1", "Ann"));
        assertThat(await(hubs.count(Target.all("/")))).isEqualTo(1);
    }
}
