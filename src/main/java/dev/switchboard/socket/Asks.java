package dev.switchboard.socket;

import dev.switchboard.bus.Outcome;
import dev.switchboard.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What one client was asked and has not answered. Ids rise and are never used again. */
final class Asks {
    private record Pending(long deadline, Consumer<Outcome> answer) {}

    private final Map<Long, Pending> pending = new LinkedHashMap<>(0);
    private final int most;
    private long last;

    Asks(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    boolean isFull() {
        return pending.size() >= most;
    }

    /** The least id to ask with. */
    long next() {
        return last + 1;
    }

    /** The id to ask with; {@code answer} is called once. */
    long start(long deadline, Consumer<Outcome> answer) {
        return start(next(), deadline, answer);
    }

    /** The same with an id that others are asked with, too: not less than {@link #next}. */
    long start(long id, long deadline, Consumer<Outcome> answer) {
        last = id;
        pending.put(id, new Pending(deadline, answer));
        return id;
    }

    /** An answer came; an unknown or late one is ignored. */
    void settle(long id, Outcome outcome) {
        Pending asked = pending.remove(id);
        if (asked != null) {
            asked.answer().accept(outcome);
        }
    }

    /** Ends what has waited too long. */
    void expire(long now) {
        if (pending.isEmpty()) {
            return;
        }
        List<Long> over = new ArrayList<>();
        pending.forEach((id, asked) -> {
            if (asked.deadline() <= now) {
                over.add(id);
            }
        });
        over.forEach(id -> settle(id, Outcome.failed(ErrorCode.ASK_TIMEOUT)));
    }

    /** The client is gone. */
    void end() {
        List.copyOf(pending.keySet()).forEach(id -> settle(id, Outcome.failed(ErrorCode.NO_SOCKET)));
    }
}
