package dev.switchboard.limit;

import java.util.HashMap;
import java.util.Map;

/** So many different names at once, each for as long as somebody has it. For any thread. */
final class Names {
    private final int most;
    private final Map<String, Integer> had = new HashMap<>();

    Names(int most) {
        this.most = most;
    }

    /** Takes a name; false when there are too many others. Whoever has one calls {@link #giveBack} once. */
    synchronized boolean take(String name) {
        boolean fits = had.containsKey(name) || had.size() < most;
        if (fits) {
            had.merge(name, 1, Integer::sum);
        }
        return fits;
    }

    synchronized void giveBack(String name) {
        had.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1);
    }
}
