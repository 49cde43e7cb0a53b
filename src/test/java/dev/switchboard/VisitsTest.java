package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.Passage;
import dev.switchboard.bus.Passage.Point;
import dev.switchboard.bus.SocketView;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Payload;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VisitsTest {
    private static final Failure LOST = ErrorCode.HANDLER_TIMEOUT.failure();

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Visits visits = new Visits(context);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static EventMessage event(Passage passage, @Nullable CloseReason reason) {
        Handshake handshake = new Handshake("/ws", Map.of(), Map.of(), "127.0.0.1", false, Instant.EPOCH);
        SocketView socket = new SocketView("h.s", "/", User.anonymous(), new JsonObject(), handshake, "h.s");
        return new EventMessage(socket, Map.of(), 0, "e", Payload.of(1), -1, true, 1, 1_000, reason, passage, null);
    }

    private <T> T on(Callable<Future<T>> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(v -> {
            try {
                step.call().onComplete(done);
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private Payload in(long visit, Visits.Body<Payload> body) {
        Passage passage = new Passage(Point.PACKET, visit, null);
        EventMessage event = event(passage, null);
        Packet packet = new Packet(event.event(), event.data());
        return on(() -> visits.packet(event, passage, seen -> {}, packet, body)
                .recover(failure -> Future.succeededFuture(Payload.of(failure.getMessage()))));
    }

    private Payload back(long visit, @Nullable Failure failure) {
        Passage passage = new Passage(Point.BACK, visit, failure);
        return on(() -> visits.back(event(passage, null), passage)
                .recover(cause -> Future.succeededFuture(Payload.of(cause.getMessage()))));
    }

    @Test
    void manyPackets_leaveNothingBehind() {
        for (long visit = 1; visit <= 300; visit += 3) {
            in(visit, Next::run);
            back(visit, null);
            in(visit + 1, next -> Future.succeededFuture());
            in(visit + 2, next -> next.run().compose(v -> Future.failedFuture("after")));
            assertThat(back(visit + 2, null).string()).isEqualTo("after");
        }
        assertThat(on(() -> Future.succeededFuture(visits.open()))).isZero();
    }

    @Test
    void packet_givenUpOutside_leavesNothingBehindWhenItsMiddlewareGoesOnAtLast() {
        Promise<Void> slow = Promise.promise();
        Passage passage = new Passage(Point.PACKET, 1, null);
        EventMessage event = event(passage, null);
        Future<Payload> in = on(() -> Future.succeededFuture(visits.packet(
                event,
                passage,
                seen -> {},
                new Packet("e", Payload.of(1)),
                next -> slow.future().compose(v -> next.run()))));

        Future<Payload> back = on(() -> {
            Passage way = new Passage(Point.BACK, 1, LOST);
            return Future.succeededFuture(visits.back(event(way, null), way));
        });
        slow.complete();

        assertThat(on(() -> back.otherwise(Payload.of("failed"))).string()).isEqualTo("failed");
        assertThat(in.isComplete()).isTrue();
        assertThat(on(() -> Future.succeededFuture(visits.open()))).isZero();
    }

    @Test
    void back_ofWhatIsNotThere_isNothing() {
        assertThat(back(7, null).isAbsent()).isTrue();
    }

    @Test
    void connection_whenTheVerticleEnds_isToldThatItIsLost() {
        Promise<String> told = Promise.promise();
        Passage passage = new Passage(Point.CONNECTION, 1, null);
        on(() -> visits.connection(
                event(passage, null),
                passage,
                seen -> {},
                next -> next.run().onFailure(lost -> told.complete(lost.getMessage()))));

        visits.end();

        assertThat(on(told::future)).isEqualTo("The handler went away, the outcome is unknown");
    }
}
