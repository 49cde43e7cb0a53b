package dev.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hours pass in these tests, and no test takes as long as the least of its limits. */
final class TestClockTest {
    private static final JsonObject CONFIGURATION = new JsonObject("""
            {"limits": {"ping": "25s", "pong": "10s", "handshake": "1m"},
             "token": {"ttl": "1h"},
             "namespaces": {
               "/": {"auth": "none", "handlerTimeout": "10m",
                     "rates": {"seldom": {"socket": "1/h"}}},
               "/members": {}}}""");

    @RegisterExtension
    final SwitchboardExtension switchboard = SwitchboardExtension.of(CONFIGURATION);

    private static final class Patience extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.event("never", (socket, data) -> Promise.promise().future());
            on.event("later", (socket, data) -> vertx.timer(9, TimeUnit.MINUTES).map("done"));
            on.event(
                    "question",
                    (socket, data) ->
                            socket.ask("how many", data, Duration.ofMinutes(5)).map(Payload::number));
            on.event("seldom", (socket, data) -> "ok");
        }
    }

    private TestNode node() {
        return switchboard.node();
    }

    private TestClient ann() {
        node().deploy(Patience::new);
        return node().connect();
    }

    private void pass(Duration time) {
        node().clock().advance(time);
    }

    @Test
    void advance_movesTheClock_andNothingGoesBack() {
        Instant before = node().clock().now();

        pass(Duration.ofHours(3));

        assertThat(node().clock().now()).isAfterOrEqualTo(before.plus(Duration.ofHours(3)));
        assertThatIllegalArgumentException().isThrownBy(() -> node().clock().advance(Duration.ofMillis(-1)));
    }

    @Test
    void advance_firesTimers_inTheirOrder() {
        List<String> fired = new CopyOnWriteArrayList<>();
        Future<?> second = node().vertx().timer(59, TimeUnit.MINUTES).onComplete(t -> fired.add("second"));
        node().vertx().timer(10, TimeUnit.MINUTES).onComplete(t -> fired.add("first"));
        Future<?> last = node().vertx().timer(2, TimeUnit.HOURS);

        pass(Duration.ofHours(1));
        node().await(second);

        assertThat(fired).containsExactly("first", "second");
        assertThat(last.isComplete()).isFalse();
    }

    @Test
    void handler_thatNeverAnswers_failsWhenItsTimeIsOver() {
        TestClient ann = ann();
        CompletableFuture<Payload> answer = CompletableFuture.supplyAsync(() -> ann.ask("never"));
        node().awaitBusy(ann);

        pass(Duration.ofMinutes(9));
        assertThat(answer).isNotDone();
        pass(Duration.ofMinutes(2));

        assertThat(answer)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(EventException.class)
                .satisfies(late -> assertThat(((EventException) late).code()).isEqualTo("HANDLER_TIMEOUT"));
    }

    @Test
    void handler_thatWaitsByItself_answersInTime() {
        TestClient ann = ann();
        CompletableFuture<Payload> answer = CompletableFuture.supplyAsync(() -> ann.ask("later"));
        node().awaitBusy(ann);

        pass(Duration.ofMinutes(9).plusSeconds(10));

        assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Payload.of("done"));
    }

    @Test
    void question_thatTheClientDoesNotAnswer_fails() {
        TestClient ann = ann();
        CompletableFuture<Payload> answer = CompletableFuture.supplyAsync(() -> ann.ask("question"));
        ann.next("how many");

        pass(Duration.ofMinutes(6));

        assertThat(answer)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingRootCause()
                .satisfies(late -> assertThat(((EventException) late).code()).isEqualTo("ASK_TIMEOUT"));
    }

    @Test
    void client_thatFallsSilent_isTakenForDead_andOneThatAnswersIsNot() {
        TestClient ann = node().connect();
        TestClient bob = node().connect();

        ann.network().cut();
        pass(Duration.ofMinutes(1));

        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.BROKEN);
        assertThat(bob.isClosed()).isFalse();
    }

    @Test
    void cutAndMended_inTime_losesNothing() {
        TestClient ann = ann();

        ann.network().cut();
        ann.emit("seldom").emit("seldom");
        pass(Duration.ofSeconds(30));
        assertThat(ann.heard("error")).isEmpty();
        ann.network().mend();

        assertThat(ann.next("error").string("code")).isEqualTo("RATE_LIMITED");
        pass(Duration.ofMinutes(5));
        assertThat(ann.isClosed()).isFalse();
    }

    @Test
    void rates_allowMoreWhenTimeHasPassed() {
        TestClient ann = ann();

        assertThat(ann.ask("seldom").string()).isEqualTo("ok");
        assertThatExceptionOfType(EventException.class)
                .isThrownBy(() -> ann.ask("seldom"))
                .satisfies(limited -> assertThat(limited.code()).isEqualTo("RATE_LIMITED"));
        pass(Duration.ofMinutes(61));

        assertThat(ann.ask("seldom").string()).isEqualTo("ok");
    }

    @Test
    void token_thatIsNotRefreshed_expires() {
        TestClient ann = node().visit()
                .namespace("/members")
                .user(new User("u-1", "Ann"))
                .connect();

        pass(Duration.ofMinutes(59));
        assertThat(ann.isClosed()).isFalse();
        pass(Duration.ofMinutes(2));

        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.TOKEN_EXPIRED);
    }

    @Test
    void client_thatBringsNoToken_isNotWaitedForLonger() {
        TestClient nobody = node().visit().namespace("/members").connecting();

        pass(Duration.ofSeconds(62));

        assertThat(nobody.awaitClosed()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
    }
}
