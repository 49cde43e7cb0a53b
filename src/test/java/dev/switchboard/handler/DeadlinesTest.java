package dev.switchboard.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(20)
class DeadlinesTest {
    private static final long SHORT = 100;
    private static final long LONG = 400;
    private static final long NEVER = 60_000;

    private final BlockingQueue<String> late = new LinkedBlockingQueue<>();
    private Context context;
    private Deadlines<String> deadlines;

    @BeforeEach
    void create(Vertx vertx) {
        context = vertx.getOrCreateContext();
        deadlines = new Deadlines<>(vertx, late::add);
    }

    private String nextLate() throws InterruptedException {
        return late.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void late_isToldInTheOrderOfTheLimits() throws Exception {
        long begun = System.nanoTime();
        context.runOnContext(v -> {
            deadlines.begin("never", NEVER);
            deadlines.begin("long", LONG);
            deadlines.begin("first", SHORT);
            deadlines.begin("second", SHORT);
        });

        assertThat(nextLate()).isEqualTo("first");
        assertThat(nextLate()).isEqualTo("second");
        assertThat(nextLate()).isEqualTo("long");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LONG);
        assertThat(late).isEmpty();
    }

    @Test
    void end_inTime_isNotLate() throws Exception {
        context.runOnContext(v -> {
            deadlines.begin("ends", SHORT);
            deadlines.begin("stays", SHORT);
            deadlines.end("ends", SHORT);
        });

        assertThat(nextLate()).isEqualTo("stays");
    }

    @Test
    void begin_whileTheTimerOfAnEarlierOneRuns_hasItsOwnTime() throws Exception {
        long[] begun = new long[1];
        context.runOnContext(v -> {
            deadlines.begin("earlier", LONG);
            context.owner().setTimer(LONG / 2, t -> {
                begun[0] = System.nanoTime();
                deadlines.begin("later", LONG);
            });
        });

        assertThat(nextLate()).isEqualTo("earlier");
        assertThat(nextLate()).isEqualTo("later");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun[0])).isGreaterThanOrEqualTo(LONG);
    }

    @Test
    void begin_afterAllHaveEnded_isLookedAfterAgain() throws Exception {
        context.runOnContext(v -> deadlines.begin("one", SHORT));
        assertThat(nextLate()).isEqualTo("one");

        context.runOnContext(v -> deadlines.begin("other", SHORT));
        assertThat(nextLate()).isEqualTo("other");
    }
}
