package dev.switchboard.resume;

import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Target;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.Position;
import dev.switchboard.journal.RecordStep;
import dev.switchboard.journal.SocketRecord;
import dev.switchboard.time.NodeClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a socket outlives its connection, and the way to its record. A client that comes back begins a new generation of
 * the same life; this is one of them.
 *
 * <pre>
 *   begun or taken ──save──► noted ⟲ changes ──leave──► may come back ──► (another generation, or its end)
 *                              │                            ▲
 *                              ╰──end──► ended               ╰ also when its node is lost
 * </pre>
 */
public final class Life {
    private static final Logger LOG = LoggerFactory.getLogger(Life.class);
    private static final long AGAIN_MILLIS = 500;
    private static final String OVER = "over";

    /** What is the same for all lives of a hub's namespace. */
    public record Setting(
            Journal journal,
            Context context,
            NodeClock clock,
            String namespace,
            String node,
            long windowMillis,
            long timeoutMillis,
            Predicate<String> isThere) {}

    private final Setting setting;
    private final String id;
    private final ResumeKey key;
    private final long generation;
    private final boolean resumed;
    private final Stays stays;
    private final Ledger ledger;
    private final JsonObject before;
    /** Where the live events of each log begin for this connection. */
    private final Map<String, Position> begins = new HashMap<>();

    private boolean noted;
    private boolean confirmed;
    private boolean over;
    private boolean writing;
    private @Nullable Promise<Void> next;
    private @Nullable Owner owner;

    /** Whose life it is. */
    public interface Owner {
        /** What is to be known of it when it comes back, the places where it is left out. */
        JsonObject describe();

        /** The id of its user. */
        String userId();

        /** Its client has come back on another connection. */
        void superseded();
    }

    private Life(
            Setting setting,
            String id,
            ResumeKey key,
            long generation,
            Stays stays,
            Map<Long, SocketRecord.Asked> asked,
            JsonObject before) {
        this.setting = setting;
        this.id = id;
        this.key = key;
        this.generation = generation;
        this.resumed = generation > 1;
        this.noted = resumed;
        this.stays = stays;
        this.ledger = new Ledger(this, setting.timeoutMillis(), asked);
        this.before = before;
    }

    /** A new one. */
    public static Life begin(Setting setting, String id) {
        return new Life(
                setting, id, ResumeKey.random(), 1, new Stays(setting.windowMillis()), Map.of(), new JsonObject());
    }

    /** One that a client has taken up again, or, without a key, one whose time is over. */
    static Life of(Setting setting, String id, ResumeKey key, SocketRecord record) {
        JsonObject state = record.state();
        Stays stays = new Stays(setting.windowMillis(), state.getJsonObject("stays", new JsonObject()));
        return new Life(setting, id, key, record.generation(), stays, record.asked(), state);
    }

    /** What was noted of one whose time is over. */
    public static Life of(Setting setting, String id, SocketRecord record) {
        return of(setting, id, ResumeKey.NONE, record);
    }

    public void of(Owner owning) {
        owner = owning;
    }

    public String id() {
        return id;
    }

    long generation() {
        return generation;
    }

    /** Whether it was on another connection before. */
    public boolean isResumed() {
        return resumed;
    }

    /** What {@link Owner#describe} said before it was taken up again. */
    public JsonObject before() {
        return before;
    }

    /** The rooms that it was in. */
    public Set<String> rooms() {
        return stays.rooms();
    }

    Stays stays() {
        return stays;
    }

    /** The logs that tell what its client missed; those that it needs no more are not among them. */
    public Set<Long> logs() {
        return stays.spans().values().stream()
                .flatMap(List::stream)
                .map(span -> span.from().log())
                .collect(Collectors.toSet());
    }

    Setting setting() {
        return setting;
    }

    /** What the client is told to come back with. */
    public JsonObject open() {
        return new JsonObject().put("key", key.text()).put("window", setting.windowMillis());
    }

    // ---- where it is

    /** It is one of those that a log is for; on this connection it gets what follows this position. */
    public void entered(Target target, Position at, long all) {
        begins.putIfAbsent(target.log(), at);
        stays.enter(target.log(), at, all);
    }

    /** Where the live events of a log begin. */
    public Optional<Position> begin(Target target) {
        return Optional.ofNullable(begins.get(target.log()));
    }

    /** Its client has said something: it knows the key that it was told. */
    public void heardOf() {
        if (resumed && !confirmed && !over) {
            confirmed = true;
            step(new RecordStep.Confirm(generation));
        }
    }

    /** Whether nothing that its client sent waits to begin. */
    public boolean isQuiet() {
        return ledger.isEmpty();
    }

    /** It is none of them any more. */
    public void left(Target target, Position at, long all) {
        stays.leave(target.log(), at, all, setting.clock().millis());
    }

    // ---- what it asks

    /** An event of the client came; see {@link Ledger#take}. */
    public void take(long number, Runnable run, Consumer<Outcome> answer) {
        ledger.take(number, run, answer);
    }

    /** An event that wanted an answer has one. */
    public void answered(long number, Outcome outcome) {
        ledger.answered(number, outcome);
    }

    /** An event that wanted an answer will not run. */
    public void dropped(long number) {
        ledger.dropped(number);
    }

    // ---- its record

    Future<RecordStep.Answer> step(RecordStep step) {
        return setting.journal()
                .record(setting.namespace(), id, step)
                .onFailure(cause -> LOG.debug("a socket's record does not take a step yet", cause));
    }

    /** Notes what is known of it now; the Future succeeds when that is done, and fails when it is not to be done any more. */
    public Future<Void> save() {
        if (over) {
            return Future.failedFuture(OVER);
        }
        Promise<Void> saved = next == null ? Promise.promise() : next;
        next = saved;
        if (!writing) {
            write();
        }
        return saved.future();
    }

    private void write() {
        Promise<Void> saved = next;
        Owner owning = owner;
        if (saved == null || owning == null) {
            return;
        }
        next = null;
        writing = true;
        JsonObject state = owning.describe().put("stays", stays.json());
        step(noted
                        ? new RecordStep.Write(generation, state)
                        : new RecordStep.Create(
                                owning.userId(), setting.windowMillis(), setting.node(), key.hash(), state))
                .onComplete(done -> {
                    writing = false;
                    if (over) {
                        saved.tryFail(OVER);
                        failNext();
                    } else if (done.failed()) {
                        setting.context().owner().setTimer(AGAIN_MILLIS, t -> save().onComplete(saved));
                    } else if (done.result().done()) {
                        noted = true;
                        saved.complete();
                        write();
                    } else {
                        superseded();
                        saved.tryFail(OVER);
                        failNext();
                    }
                });
    }

    private void failNext() {
        if (next != null) {
            next.tryFail(OVER);
        }
    }

    void superseded() {
        Owner owning = owner;
        if (!over && owning != null) {
            over = true;
            owning.superseded();
        }
    }

    boolean isOver() {
        return over;
    }

    boolean isThere(String node) {
        return setting.isThere().test(node);
    }

    void later(long millis, Runnable task) {
        setting.context().owner().setTimer(millis, t -> {
            if (!over) {
                task.run();
            }
        });
    }

    /** The connection is gone; the client may come back for a while. */
    public void leave() {
        if (!over && (noted || writing)) {
            leave(setting.clock().millis() + setting.windowMillis());
        }
        over = true;
    }

    /** Nobody will come back: whoever looks after those whose time is over may end it. */
    public void abandon() {
        if (!over && noted) {
            leave(1);
        }
        over = true;
    }

    private void leave(long until) {
        step(new RecordStep.Leave(generation, until))
                .onFailure(cause -> setting.context().owner().setTimer(AGAIN_MILLIS, t -> leave(until)));
    }

    /** It ends now; tells whether it was this connection's to end. */
    public Future<Boolean> end() {
        if (over) {
            return Future.succeededFuture(false);
        }
        over = true;
        return endNow(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    private Future<Boolean> endNow(long claimer) {
        Promise<Boolean> mine = Promise.promise();
        step(new RecordStep.End(generation, 0, claimer)).onComplete(done -> {
            if (done.succeeded()) {
                mine.complete(done.result().done());
            } else {
                setting.context()
                        .owner()
                        .setTimer(AGAIN_MILLIS, t -> endNow(claimer).onComplete(mine));
            }
        });
        return mine.future();
    }
}
