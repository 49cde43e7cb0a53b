package dev.switchboard.handler;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Passage;
import dev.switchboard.bus.Passage.Point;
import dev.switchboard.bus.SocketView;
import dev.switchboard.bus.Target;
import dev.switchboard.token.User;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Payload;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HandlerLaneTest {
    private final Vertx vertx = Vertx.vertx();
    private final HandlerLane lane = new HandlerLane(new Attributes(new Hubs(vertx), Target.socket("", "h.s")));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static EventMessage event(String name, long seq, @Nullable Passage passage) {
        Handshake handshake = new Handshake("/ws", Map.of(), Map.of(), "127.0.0.1", false, Instant.EPOCH);
        SocketView socket = new SocketView("h.s", "/", User.anonymous(), new JsonObject(), handshake, "h.s");
        return new EventMessage(
                socket, Map.of(), 0, name, Payload.absent(), seq, passage != null, 1, 1_000, null, passage, null);
    }

    private boolean isToldOf(EventMessage event) {
        assertThat(lane.start()).isSameAs(event);
        lane.end();
        return lane.tells(event, Outcome.DONE, 0);
    }

    private EventMessage begun(EventMessage event) {
        lane.add(event);
        assertThat(lane.start()).isSameAs(event);
        return event;
    }

    @Test
    void events_inARow_areToldOfWithTheLast() {
        EventMessage first = event("a", 1, null);
        EventMessage last = event("b", 2, null);
        lane.add(first);
        lane.add(last);

        assertThat(isToldOf(first)).isFalse();
        assertThat(isToldOf(last)).isTrue();
    }

    @Test
    void event_beforeWhatPassesAMiddleware_isToldOfByItself() {
        EventMessage close = event("close", 3, null);
        EventMessage back = event("$connection", -2, new Passage(Point.BACK, 1, null));
        lane.add(close);
        lane.add(back);

        assertThat(isToldOf(close)).isTrue();
        assertThat(isToldOf(back)).isTrue();
    }

    @Test
    void eventBehindOneThatLeaves_beginsAtOnce_andIsToldOfAfterIt() {
        EventMessage first = begun(event("a", 1, null));
        lane.leave(first);
        EventMessage second = begun(event("b", 2, null));

        lane.end(second, Outcome.DONE, 1);
        assertThat(lane.ended()).isNull();
        lane.end(first, Outcome.DONE, 1);

        assertThat(requireNonNull(lane.ended()).event()).isSameAs(first);
        assertThat(lane.isIdle()).isFalse();
        assertThat(requireNonNull(lane.ended()).event()).isSameAs(second);
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void whatPassesAMiddleware_waitsForWhatLeaves() {
        EventMessage first = begun(event("a", 1, null));
        lane.leave(first);
        EventMessage visit = event("$packet", -1, new Passage(Point.PACKET, 1, null));
        lane.add(visit);
        assertThat(lane.start()).isNull();

        lane.end(first, Outcome.DONE, 1);
        assertThat(requireNonNull(lane.ended()).event()).isSameAs(first);

        assertThat(lane.start()).isSameAs(visit);
    }

    @Test
    void nextEvent_whileAHandlerIsAtWork_waits() {
        begun(event("a", 1, null));
        lane.add(event("b", 2, null));

        assertThat(lane.start()).isNull();
    }
}
