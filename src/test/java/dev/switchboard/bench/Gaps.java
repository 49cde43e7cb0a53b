package dev.switchboard.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;

/** How long the event loops of a node did nothing else than one thing. */
final class Gaps {
    private final AtomicLong longest = new AtomicLong();

    private Gaps() {}

    static Gaps of(Vertx vertx) {
        Gaps gaps = new Gaps();
        vertx.deployVerticle(() -> new Pulse(gaps.longest), new DeploymentOptions().setInstances(4))
                .await();
        gaps.reset();
        return gaps;
    }

    void reset() {
        longest.set(0);
    }

    double longestMillis() {
        // A loop that has just been busy notices it only now.
        Wait.pause(100);
        return longest.get() / 1e6;
    }

    private static final class Pulse extends VerticleBase {
        private final AtomicLong longest;
        private long last;

        Pulse(AtomicLong longest) {
            this.longest = longest;
        }

        @Override
        public Future<?> start() {
            last = System.nanoTime();
            vertx.setPeriodic(1, t -> {
                long now = System.nanoTime();
                longest.accumulateAndGet(now - last, Math::max);
                last = now;
            });
            return Future.succeededFuture();
        }
    }
}
