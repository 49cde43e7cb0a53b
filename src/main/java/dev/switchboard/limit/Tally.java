package dev.switchboard.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** So many at once for each of some names, and no more. Who has none costs nothing. For any thread. */
final class Tally {
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final int most;

    Tally(int most) {
        this.most = most;
    }

    /** Takes one; false when all of this name are taken. Whoever got one calls {@link #giveBack} once. */
    boolean take(String name) {
        boolean[] fits = new boolean[1];
        taken.compute(name, (same, before) -> {
            int count = before == null ? 0 : before;
            fits[0] = count < most;
            return fits[0] ? Integer.valueOf(count + 1) : before;
        });
        return fits[0];
    }

    void giveBack(String name) {
        taken.computeIfPresent(name, (same, before) -> before == 1 ? null : before - 1);
    }

    /** How many names have some. */
    int names() {
        return taken.size();
    }
}
