package dev.switchboard.resume;

import dev.switchboard.bus.HubMessage.Deliver;
import dev.switchboard.bus.Target;
import dev.switchboard.journal.Position;
import dev.switchboard.journal.RecordStep;
import dev.switchboard.journal.SocketRecord;
import dev.switchboard.metrics.ResumeOutcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lives of the sockets of one namespace on one hub: they begin, are taken up again, and end when nobody does. */
public final class Lives {
    /** How often those are looked for whose time is over: so many times in a window, or more. */
    private static final int PAUSES = 20;

    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    /** A life, and what its client missed if it was taken up again. */
    public static final class Beginning {
        private final Life life;
        private final @Nullable Replay replay;
        private final @Nullable ResumeOutcome insteadOf;

        /** One that nobody took up again. */
        public static Beginning over(Life life) {
            return new Beginning(life, null, null);
        }

        private Beginning(Life life, @Nullable Replay replay, @Nullable ResumeOutcome insteadOf) {
            this.life = life;
            this.replay = replay;
            this.insteadOf = insteadOf;
        }

        public Life life() {
            return life;
        }

        /** Why it is not the life that its client asked for; empty when it is, or when the client asked for none. */
        public Optional<ResumeOutcome> insteadOf() {
            return Optional.ofNullable(insteadOf);
        }

        /**
         * What the client missed, in order.
         *
         * @param begin where the live events of a log begin; empty where that is not known
         * @return empty when it cannot be told any more
         */
        public Future<Optional<List<Deliver>>> missed(Function<Target, Optional<Position>> begin) {
            return replay == null ? Future.succeededFuture(Optional.of(List.of())) : replay.upTo(begin);
        }
    }

    private final Life.Setting setting;
    private boolean looking;
    private long nextLook;

    public Lives(Life.Setting setting) {
        this.setting = setting;
    }

    /**
     * A client is there.
     *
     * @param newId the id of its socket if it has none
     * @param user who it is, empty for anonymous
     * @param given what it says of the socket that it had; null when it says nothing
     * @param former told of the life that is taken up: what was noted of its connection
     */
    public Future<Beginning> begin(
            String newId, String user, @Nullable Former given, BiConsumer<String, JsonObject> former) {
        if (given == null) {
            return Future.succeededFuture(fresh(newId, null));
        }
        ResumeKey next = given.next();
        long now = setting.clock().millis();
        RecordStep take = new RecordStep.Take(user, given.key().hash(), next.hash(), setting.node(), now);
        return setting.journal()
                .record(setting.namespace(), given.id(), take)
                .compose(taken -> taken.record()
                        .map(record -> resume(newId, Life.of(setting, given.id(), next, record), given, former))
                        .orElseGet(() -> Future.succeededFuture(fresh(newId, ResumeOutcome.UNKNOWN))));
    }

    private Beginning fresh(String id, @Nullable ResumeOutcome insteadOf) {
        return new Beginning(Life.begin(setting, id), null, insteadOf);
    }

    private Future<Beginning> resume(String newId, Life life, Former given, BiConsumer<String, JsonObject> former) {
        former.accept(life.id(), life.before());
        return Replay.of(life, given.has()).onFailure(cause -> life.leave()).map(replay -> {
            if (replay.isEmpty()) {
                life.abandon();
            }
            return replay.map(missed -> new Beginning(life, missed, null))
                    .orElseGet(() -> fresh(newId, ResumeOutcome.INCOMPLETE));
        });
    }

    /**
     * Ends those whose clients did not come back in time, each on one node of all.
     *
     * @param ended told the id and what was noted
     */
    public void endOverdue(BiConsumer<String, Life> ended) {
        long now = setting.clock().millis();
        if (looking || now < nextLook) {
            return;
        }
        looking = true;
        nextLook = now + Math.min(LONGEST_PAUSE_MILLIS, setting.windowMillis() / PAUSES);
        setting.journal().overdue(setting.namespace(), now).onComplete(found -> {
            looking = false;
            if (found.succeeded()) {
                found.result().forEach(id -> end(id, now, ended));
            }
        });
    }

    private static long claimer() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    private void end(String id, long now, BiConsumer<String, Life> ended) {
        setting.journal()
                .record(setting.namespace(), id, new RecordStep.End(0, now, claimer()))
                .onSuccess(over -> {
                    Optional<SocketRecord> record = over.record();
                    record.ifPresent(last -> ended.accept(id, Life.of(setting, id, last)));
                });
    }
}
