package dev.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.token.User;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients of the kit come back as real ones do. */
final class ComingBackTest {
    private static final JsonObject CONFIGURATION = new JsonObject("""
            {"namespaces": {
               "/": {"auth": "none", "handlerTimeout": "1m", "resume": {"window": "2m"}},
               "/members": {"resume": {"window": "2m"}},
               "/forgetful": {"auth": "none"}}}""");

    @RegisterExtension
    static final SwitchboardExtension switchboard = SwitchboardExtension.of(CONFIGURATION);

    private static final class Talk extends EventVerticle {
        private final AtomicInteger runs = new AtomicInteger();

        @Override
        protected void events(Events on) {
            on.event("join", (socket, data) -> socket.join(data.string()));
            on.event("count", (socket, data) -> vertx.timer(100).map(t -> runs.incrementAndGet()));
            on.close((socket, reason) -> socket.toAll().emit("left", socket.id()));
        }
    }

    private static TestNode node() {
        return switchboard.node();
    }

    private static void say(String room, Object data) {
        node().await(node().namespace("/").room(room).emit("said", data));
    }

    private static List<Object> numbers(List<Payload> data) {
        return data.stream().map(Payload::value).toList();
    }

    @Test
    void comeBack_inTime_isTheSameSocketAndHasWhatItMissed() {
        String deployment = node().deploy(Talk::new);
        TestClient ann = node().connect();
        String id = ann.id();
        ann.ask("join", "north");
        say("north", 1);
        assertThat(ann.next("said").number()).isEqualTo(1);

        ann.breakOff();
        say("north", 2);
        say("north", 3);
        node().clock().advance(Duration.ofSeconds(100));
        assertThat(ann.comeBack()).isTrue();
        say("north", 4);

        assertThat(ann.id()).isEqualTo(id);
        assertThat(numbers(ann.heard("said"))).containsExactly(2, 3, 4);
        node().undeploy(deployment);
    }

    @Test
    void comeBack_whatWasUnderWayWhenItBroke_isSentAgain() {
        String deployment = node().deploy(Talk::new);
        TestClient ann = node().connect();
        ann.ask("join", "south");

        ann.network().hold();
        say("south", 1);
        node().settle();
        assertThat(ann.comeBack()).isTrue();

        assertThat(numbers(ann.heard("said"))).containsExactly(1);
        node().undeploy(deployment);
    }

    @Test
    void comeBack_tooLate_isANewSocket_andTheOldOneHasLeft() {
        String deployment = node().deploy(Talk::new);
        TestClient ann = node().connect();
        TestClient bob = node().connect();
        String id = ann.id();
        ann.ask("join", "west");

        ann.breakOff();
        say("west", 1);
        node().settle();
        assertThat(bob.heard("left")).isEmpty();
        node().clock().advance(Duration.ofMinutes(3));
        assertThat(bob.next("left").string()).isEqualTo(id);

        assertThat(ann.comeBack()).isFalse();
        assertThat(ann.id()).isNotEqualTo(id);
        assertThat(ann.heard("said")).isEmpty();
        node().undeploy(deployment);
    }

    @Test
    void comeBack_unanswered_asksAgain_andTheHandlerHasRunOnce() {
        String deployment = node().deploy(Talk::new);
        TestClient ann = node().connect();

        ann.network().hold();
        CompletableFuture<Payload> answer = CompletableFuture.supplyAsync(() -> ann.ask("count"));
        node().awaitBusy(ann);
        assertThat(ann.comeBack()).isTrue();

        assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Payload.of(1));
        assertThat(ann.ask("count").number()).isEqualTo(2);
        node().undeploy(deployment);
    }

    @Test
    void comeBack_asTheSameUser_needsItsToken() {
        TestClient ann = node().visit()
                .namespace("/members")
                .user(new User("u-1", "Ann"))
                .connect();

        assertThat(ann.comeBack()).isTrue();
        node().await(node().namespace("/members").user("u-1").emit("hi", 1));
        assertThat(ann.next("hi").number()).isEqualTo(1);
    }

    @Test
    void comeBack_whereNothingIsKept_isANewSocket() {
        TestClient ann = node().visit().namespace("/forgetful").connect();
        String id = ann.id();

        ann.close();
        assertThat(ann.comeBack()).isFalse();

        assertThat(ann.id()).isNotEqualTo(id);
        node().await(node().namespace("/forgetful").all().emit("hi", 1));
        assertThat(ann.next("hi").number()).isEqualTo(1);
    }
}
