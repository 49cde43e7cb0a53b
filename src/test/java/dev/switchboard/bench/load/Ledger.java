package dev.switchboard.bench.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The account of every delivery: what is lost, comes twice, out of order, or to the wrong client. Lives on one thread. */
final class Ledger {
    private static final int MOST_FAULTS = 20;

    private final Plan plan;
    private final int lanes;
    private final int[] sent;

    /** By client and lane: the number of the next message. */
    private final int[] next;

    /** Passed over; may still come. */
    private final Set<String> missing = new HashSet<>();

    private final List<String> faults = new ArrayList<>();
    private long expected;
    private long heard;
    private long doubled;
    private long reordered;
    private long misrouted;

    Ledger(Plan plan) {
        this.plan = plan;
        this.lanes = plan.lanes();
        this.sent = new int[plan.routes()];
        this.next = new int[plan.clients() * lanes];
    }

    /** Enters a message, and tells its number on its route. */
    int sent(int route, int receivers) {
        expected += receivers;
        return sent[route]++;
    }

    void heard(int client, int route, int number) {
        if (route < 0 || route >= sent.length || !plan.hears(client, plan.group(route))) {
            misrouted++;
            return;
        }
        int lane = client * lanes + route % lanes;
        if (number == next[lane]) {
            next[lane]++;
            heard++;
        } else {
            outOfOrder(lane, number);
        }
    }

    private void outOfOrder(int lane, int number) {
        if (number > next[lane]) {
            for (int skipped = next[lane]; skipped < number && missing.size() < 1_000_000; skipped++) {
                missing.add(lane + " " + skipped);
            }
            next[lane] = number + 1;
            heard++;
        } else if (missing.remove(lane + " " + number)) {
            reordered++;
            heard++;
        } else {
            doubled++;
        }
    }

    void fault(String text) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(text);
        }
    }

    long heard() {
        return heard;
    }

    boolean isComplete() {
        return heard >= expected;
    }

    /** What went wrong, or nothing. */
    List<String> verdict() {
        List<String> all = new ArrayList<>(faults);
        if (expected - heard + doubled + reordered + misrouted > 0) {
            all.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d deliveries lost, %,d doubled, %,d reordered, %,d misrouted",
                    expected - heard,
                    expected,
                    doubled,
                    reordered,
                    misrouted));
        }
        return all;
    }
}
