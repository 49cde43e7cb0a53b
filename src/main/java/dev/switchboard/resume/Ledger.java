package dev.switchboard.resume;

import dev.switchboard.bus.Outcome;
import dev.switchboard.journal.RecordStep;
import dev.switchboard.journal.SocketRecord.Asked;
import dev.switchboard.wire.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client has asked, over all its connections: each number begins once. It is noted before it begins, so events wait
 * here for a moment, in their order; those that want no answer wait only behind others.
 *
 * <pre>
 *   take ──► noted? ──► run ──► answered ──► noted
 *     ╰─ asked before ─► the answer it got; or, if its handler died half-way, HANDLER_LOST
 * </pre>
 */
final class Ledger {
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_ANSWERS = 256;
    private static final long LOOK_MILLIS = 250;

    /** @param number 0 when it wants no answer */
    private record Waiting(long number, Runnable run, Consumer<Outcome> answer) {}

    private final Life life;
    private final long timeoutMillis;
    private final Map<Long, Asked> known = new LinkedHashMap<>();

    /** What has begun on this connection, and is answered when it is done. */
    private final Set<Long> own = new HashSet<>();

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean writing;

    /** @param timeoutMillis after which no handler is at work for an event any more */
    Ledger(Life life, long timeoutMillis, Map<Long, Asked> asked) {
        this.life = life;
        this.timeoutMillis = timeoutMillis;
        this.known.putAll(asked);
    }

    /**
     * An event came.
     *
     * @param run lets it begin
     * @param answer told instead if it is not to begin
     */
    void take(long number, Runnable run, Consumer<Outcome> answer) {
        Asked asked = known.get(number);
        if (asked != null) {
            repeat(number, asked, run, answer);
        } else if (waiting.size() >= MOST_WAITING) {
            answer.accept(Outcome.failed(ErrorCode.TOO_MANY_PENDING));
        } else if (number == 0 && waiting.isEmpty()) {
            run.run();
        } else {
            if (number != 0) {
                known.put(number, new Asked("", Optional.empty()));
                own.add(number);
            }
            waiting.add(new Waiting(number, run, answer));
            write();
        }
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    private void write() {
        if (writing || waiting.isEmpty()) {
            return;
        }
        writing = true;
        List<Waiting> batch = new ArrayList<>(waiting);
        List<Long> numbers = batch.stream()
                .map(Waiting::number)
                .filter(number -> number != 0)
                .toList();
        life.step(new RecordStep.Begin(life.generation(), numbers)).onComplete(done -> {
            writing = false;
            boolean noted = done.succeeded() && done.result().done();
            for (Waiting next : batch) {
                waiting.remove();
                if (noted || next.number() == 0) {
                    next.run().run();
                } else {
                    known.remove(next.number());
                    own.remove(next.number());
                    next.answer().accept(Outcome.failed(ErrorCode.NOT_KEPT));
                }
            }
            if (done.succeeded() && !noted) {
                life.superseded();
            }
            write();
        });
    }

    private void repeat(long number, Asked asked, Runnable run, Consumer<Outcome> answer) {
        if (asked.answer().isPresent()) {
            answer.accept(Outcomes.of(asked.answer().get()));
        } else if (!own.contains(number)) {
            look(number, asked.node(), life.setting().clock().nanos() + timeoutMillis * 1_000_000, run, answer);
        }
    }

    /** Somebody began it before this connection, and may still be at it. */
    private void look(long number, String node, long until, Runnable run, Consumer<Outcome> answer) {
        life.step(new RecordStep.Look()).onComplete(looked -> {
            if (life.isOver()) {
                return;
            }
            boolean told = looked.succeeded() && looked.result().record().isPresent();
            @Nullable
            Asked asked = told ? looked.result().record().get().asked().get(number) : null;
            if (told && asked == null) {
                known.remove(number);
                take(number, run, answer);
            } else if (asked != null && asked.answer().isPresent()) {
                known.put(number, asked);
                answer.accept(Outcomes.of(asked.answer().get()));
            } else if (!life.isThere(node) || life.setting().clock().nanos() > until) {
                Outcome lost = Outcome.failed(ErrorCode.HANDLER_LOST);
                answered(number, lost);
                answer.accept(lost);
            } else {
                life.later(LOOK_MILLIS, () -> look(number, node, until, run, answer));
            }
        });
    }

    /** How an event ended. */
    void answered(long number, Outcome outcome) {
        if (known.containsKey(number)) {
            own.remove(number);
            known.put(number, new Asked("", Optional.of(Outcomes.json(outcome))));
            forgetOldest();
            life.step(new RecordStep.Answered(number, Outcomes.json(outcome)));
        }
    }

    /** It waited, and will not run: who asks again may have it run. */
    void dropped(long number) {
        if (known.remove(number) != null) {
            own.remove(number);
            life.step(new RecordStep.Answered(number, null));
        }
    }

    private void forgetOldest() {
        if (known.size() > 2 * MOST_ANSWERS) {
            Map<Long, Asked> answered = new HashMap<>(known);
            answered.values().removeIf(asked -> asked.answer().isEmpty());
            known.keySet().stream()
                    .filter(answered::containsKey)
                    .limit(MOST_ANSWERS)
                    .toList()
                    .forEach(known::remove);
        }
    }
}
