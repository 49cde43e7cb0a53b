package dev.switchboard.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.HubMessage.Settled;
import dev.switchboard.bus.Outcome;
import dev.switchboard.metrics.EventMeters;
import dev.switchboard.routing.Route;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LaneTest {
    private static final int WINDOW = 4;
    private static final int WINDOW_BYTES = 1_000;
    private static final long TIMEOUT = 1_000;
    private static final Announcement A = new Announcement("", "a", "A", Map.of());
    private static final Announcement B = new Announcement("", "b", "B", Map.of());

    private final Map<String, Route> routes = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final Lane lane = new Lane(new Owner(), 0, WINDOW, WINDOW_BYTES, TIMEOUT);

    private class Owner implements Lane.Owner {
        @Override
        public Route route(String event) {
            return routes.getOrDefault(event, new Route.Nowhere(ErrorCode.UNKNOWN_EVENT, EventMeters.none()));
        }

        @Override
        public void dispatch(Announcement to, Lane.Pending event, long seq) {
            log.add(to.instance() + seq + ":" + event.event());
        }

        @Override
        public void answer(Lane.Pending event, Outcome outcome) {
            Failure failure = outcome.failure();
            log.add(event.event() + "=" + (failure == null ? "ok" : failure.code()));
        }
    }

    private void to(String event, Announcement... instances) {
        routes.put(event, new Route.To(List.of(instances), true, EventMeters.none()));
    }

    private void offer(String... events) {
        for (String event : events) {
            lane.offer(Lane.Pending.sent(event, Payload.absent(), 0), 0);
        }
    }

    private void settle(long seq) {
        lane.settled(new Settled("s", seq, true, Outcome.DONE), 0);
    }

    @Test
    void offer_sameInstance_isPipelinedUpToTheWindow() {
        to("x", A);

        offer("x", "x", "x", "x", "x");

        assertThat(log).containsExactly("a1:x", "a2:x", "a3:x", "a4:x");
        assertThat(lane.bytes()).isPositive();
    }

    @Test
    void settled_upToASeq_frees_theWindow() {
        to("x", A);
        offer("x", "x", "x", "x", "x", "x");
        log.clear();

        settle(2);

        assertThat(log).containsExactly("x=ok", "a5:x", "a6:x");
        assertThat(lane.bytes()).isZero();
    }

    @Test
    void pump_otherInstance_waitsUntilAllIsSettled() {
        to("x", A);
        to("y", B);

        offer("x", "x", "y", "x");
        settle(1);
        assertThat(log).containsExactly("a1:x", "a2:x", "x=ok");
        settle(2);

        assertThat(log).endsWith("x=ok", "b3:y");
        settle(3);
        assertThat(log).endsWith("y=ok", "a4:x");
    }

    @Test
    void pump_instanceAdded_staysWhileEventsAreUnderWay() {
        to("x", B);
        offer("x");
        to("x", A, B);

        offer("x");
        assertThat(log).containsExactly("b1:x", "b2:x");
        settle(2);
        offer("x");

        assertThat(log).endsWith("a3:x");
    }

    @Test
    void pump_instanceWithdrawn_waitsForItAndGoesOnElsewhere() {
        to("x", A);
        offer("x");
        to("x", B);

        offer("x");
        assertThat(log).containsExactly("a1:x");
        settle(1);

        assertThat(log).endsWith("b2:x");
    }

    @Test
    void pump_noHandler_isAnsweredAtOnceAndTheRestGoesOn() {
        to("x", A);
        routes.put("n", new Route.Nowhere(ErrorCode.NO_HANDLER, EventMeters.none()));

        offer("n", "u", "x");

        assertThat(log).containsExactly("n=NO_HANDLER", "u=UNKNOWN_EVENT", "a1:x");
    }

    @Test
    void offer_lifecycleNobodyHandles_isSilent() {
        lane.offer(Lane.Pending.life("open", Payload.absent(), null), 0);
        lane.offer(Lane.Pending.life("close", Payload.absent(), CloseReason.NORMAL), 0);

        assertThat(log).isEmpty();
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void expire_noProgress_givesUp_andGoesOnElsewhere() {
        to("x", A);
        offer("x", "x", "x", "x", "x");
        to("x", A, B);
        log.clear();

        lane.expire(TIMEOUT + 1_000);
        assertThat(log).isEmpty();
        lane.expire(TIMEOUT + 1_001);

        assertThat(log)
                .containsExactly(
                        "x=HANDLER_TIMEOUT", "x=HANDLER_TIMEOUT", "x=HANDLER_TIMEOUT", "x=HANDLER_TIMEOUT", "b5:x");
    }

    @Test
    void pump_onlyAStuckInstance_hasNoHandlerUntilItIsHeardOf() {
        to("x", A);
        offer("x");
        lane.expire(10_000);
        log.clear();

        offer("x");
        assertThat(log).containsExactly("x=NO_HANDLER");
        settle(1);
        offer("x");

        assertThat(log).endsWith("a2:x");
    }

    @Test
    void pump_largeEvents_areBoundedInBytes() {
        to("x", A);
        for (int i = 0; i < 3; i++) {
            lane.offer(Lane.Pending.sent("x", Payload.of("y".repeat(600)), 0), 0);
        }

        assertThat(log).containsExactly("a1:x");
        settle(1);

        assertThat(log).containsExactly("a1:x", "x=ok", "a2:x");
    }

    @Test
    void settled_lateAnswer_isIgnored() {
        to("x", A);
        offer("x", "x");
        to("x", A, B);
        lane.expire(10_000);
        offer("x");
        log.clear();

        settle(2);

        assertThat(log).isEmpty();
        assertThat(lane.isIdle()).isFalse();
    }

    @Test
    void settled_outOfOrder_settlesOnlyThatOne() {
        to("x", A);
        offer("x", "x", "x");
        log.clear();

        lane.settled(new Settled("s", 2, false, Outcome.DONE), 0);
        lane.settled(new Settled("s", 1, false, Outcome.DONE), 0);
        assertThat(lane.isIdle()).isFalse();
        lane.settled(new Settled("s", 3, false, Outcome.DONE), 0);

        assertThat(log).hasSize(3);
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void drop_waitingEvents_areForgotten_butTheCloseGoesLast() {
        to("x", A);
        to("close", A);
        offer("x", "x", "x", "x", "x", "x");
        log.clear();

        lane.drop();
        lane.offer(Lane.Pending.life("close", Payload.absent(), CloseReason.KICKED), 0);
        settle(4);

        assertThat(log).containsExactly("x=ok", "a5:close");
    }

    @Test
    void lost_nodeOfTheInstance_failsWhatIsUnderWayAndSendsTheRestElsewhere() {
        Announcement there = new Announcement("n1", "t", "A", Map.of());
        routes.put("x", new Route.To(List.of(there), false, EventMeters.none()));
        offer("x", "x", "x", "x", "x");
        log.clear();
        to("x", A);

        lane.lost("n2", 0);
        assertThat(log).isEmpty();
        lane.lost("n1", 0);

        assertThat(log).containsExactly("x=HANDLER_LOST", "x=HANDLER_LOST", "x=HANDLER_LOST", "x=HANDLER_LOST", "a5:x");
        settle(2);
        assertThat(log).hasSize(5);
    }

    @Test
    void pump_instancesOfOtherNodes_takeTurns() {
        Announcement one = new Announcement("n1", "1", "A", Map.of());
        Announcement two = new Announcement("n2", "2", "A", Map.of());
        routes.put("x", new Route.To(List.of(one, two), false, EventMeters.none()));

        offer("x", "x");
        settle(2);
        offer("x");
        settle(3);
        offer("x");

        assertThat(log).containsExactly("11:x", "12:x", "x=ok", "23:x", "x=ok", "14:x");
    }

    @Test
    void manyThatGoNowhere_eachAnsweredByAnotherOffer_areTakenWithoutDepth() {
        Lane[] deep = new Lane[1];
        int[] errors = new int[1];
        deep[0] = new Lane(
                new Owner() {
                    @Override
                    public void answer(Lane.Pending event, Outcome outcome) {
                        if (event.event().equals("unknown")) {
                            errors[0]++;
                            deep[0].offer(Lane.Pending.life("error", Payload.absent(), null), 0);
                        }
                    }
                },
                0,
                1,
                1 << 30,
                TIMEOUT);
        to("slow", A);
        to("error", A);
        deep[0].offer(Lane.Pending.sent("slow", Payload.absent(), 0), 0);
        for (int n = 0; n < 20_000; n++) {
            deep[0].offer(Lane.Pending.sent("unknown", Payload.absent(), 0), 0);
        }

        deep[0].settled(new Settled("s", 1, true, Outcome.DONE), 0);

        assertThat(errors[0]).isEqualTo(20_000);
    }
}
