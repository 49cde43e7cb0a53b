package dev.switchboard.resume;

import dev.switchboard.journal.Entry;
import dev.switchboard.journal.Kept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Puts what stands in several logs into one order that keeps that of each log and that of each sender. */
final class Merge {
    private final List<List<Kept>> logs;
    private final int[] next;
    private final Map<Long, TreeSet<Long>> numbers = new HashMap<>();

    private Merge(List<List<Kept>> logs) {
        this.logs = logs;
        this.next = new int[logs.size()];
        for (List<Kept> log : logs) {
            for (Kept kept : log) {
                Entry entry = kept.entry();
                numbers.computeIfAbsent(entry.sender(), sender -> new TreeSet<>())
                        .add(entry.number());
            }
        }
    }

    /** @param made makes the result of the number of a log and an entry of it */
    static <T> List<T> of(List<List<Kept>> logs, BiFunction<Integer, Kept, T> made) {
        Merge merge = new Merge(logs);
        List<T> all = new ArrayList<>();
        for (int log = merge.choose(); log >= 0; log = merge.choose()) {
            all.add(made.apply(log, merge.take(log)));
        }
        return all;
    }

    /** A log whose next entry has none of its sender before it elsewhere; -1 when there is nothing left. */
    private int choose() {
        int any = -1;
        for (int log = 0; log < next.length; log++) {
            if (next[log] < logs.get(log).size()) {
                any = any < 0 ? log : any;
                Entry entry = logs.get(log).get(next[log]).entry();
                TreeSet<Long> left = numbers.getOrDefault(entry.sender(), new TreeSet<>());
                if (left.isEmpty() || left.first() >= entry.number()) {
                    return log;
                }
            }
        }
        return any;
    }

    private Kept take(int log) {
        Kept kept = logs.get(log).get(next[log]++);
        numbers.getOrDefault(kept.entry().sender(), new TreeSet<>())
                .remove(kept.entry().number());
        return kept;
    }
}
