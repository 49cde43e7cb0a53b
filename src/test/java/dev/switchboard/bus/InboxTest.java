package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hubs whose event loop is busy with something else. */
class InboxTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int MOST = 100_000;
    private static final Payload DATA = Payload.of("x".repeat(1_000));

    private final Vertx vertx = Vertx.vertx();
    private final Hubs hubs = new Hubs(vertx);
    private final LocalHubs here = new LocalHubs(vertx);
    private final CountDownLatch busy = new CountDownLatch(1);
    private final List<HubMessage> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        busy.countDown();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    /** Registers a hub on an event loop of its own, which then does nothing before the test says so, or goes on. */
    private void register(String hub, boolean isBusy) throws InterruptedException {
        CountDownLatch registered = new CountDownLatch(1);
        ((VertxInternal) vertx).createEventLoopContext().runOnContext(v -> {
            here.register(
                    hub,
                    (message, answer) -> {
                        told.add(message);
                        came.incrementAndGet();
                        answer.accept(new HubAnswer.Done(Outcome.DONE));
                    },
                    MOST,
                    refused::incrementAndGet);
            registered.countDown();
            if (isBusy) {
                awaitBusy();
            }
        });
        assertThat(registered.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitBusy() {
        try {
            assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String emit() {
        return hubs.emit(Target.all("/"), "e", DATA)
                .map("taken")
                .otherwise(cause -> ((EventException) cause).code())
                .result();
    }

    @Test
    void emit_toABusyHub_isRefusedBeyondTheBoundAndTakenAgainLater() throws Exception {
        register("busy", true);
        int taken = 0;
        while (emit().equals("taken")) {
            taken++;
            assertThat(taken).isLessThan(MOST / DATA.size());
        }

        assertThat(emit()).isEqualTo(ErrorCode.TOO_MANY_PENDING.name());
        assertThat(taken).isGreaterThan(MOST / 2 / DATA.size());
        assertThat(refused).hasValue(2);
        busy.countDown();
        await().atMost(DEADLINE).untilAtomic(came, is(taken));
        assertThat(emit()).isEqualTo("taken");
    }

    @Test
    void questionBetweenEvents_toABusyHub_keepsItsPlace() throws Exception {
        register("busy", true);
        Target all = Target.all("/");
        List<Future<Void>> done = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            done.add(hubs.emit(all, "e" + i, DATA));
            done.add(hubs.act(new HubMessage.Move(all, "r" + i, true)));
        }
        busy.countDown();

        Future.all(done).await(20, TimeUnit.SECONDS);
        assertThat(told.stream().map(InboxTest::name)).containsExactly("e0", "r0", "e1", "r1", "e2", "r2");
    }

    private static String name(HubMessage message) {
        return message instanceof HubMessage.Deliver deliver
                ? deliver.delivery().event()
                : ((HubMessage.Move) message).room();
    }

    @Test
    void emit_toABusyHubAndAnother_reachesTheOther() throws Exception {
        register("busy", true);
        register("other", false);
        int sent = 0;
        for (String outcome = "taken"; outcome.equals("taken"); sent++) {
            outcome = emit();
            await().atMost(DEADLINE).untilAtomic(came, is(sent + 1));
        }

        assertThat(sent).isBetween(2, MOST / 2 / DATA.size() + 1);
    }
}
