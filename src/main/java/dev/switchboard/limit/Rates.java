package dev.switchboard.limit;

import dev.switchboard.config.EventRates;
import dev.switchboard.config.Rate;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.Pacer;
import io.github.bucket4j.TimeMeter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How fast the events of one namespace may come, and what its sockets share of that. For any thread. */
final class Rates {
    /**
     * One rate of one event, or of all.
     *
     * @param number counts the rates that each socket has for itself
     * @param shared what sockets have together; null when each has its own
     */
    record Limit(Pacer by, Rate rate, int number, @Nullable Allowances shared) {}

    private final Meters meters;
    private final TimeMeter time;
    private final int most;
    private final List<Limit> ofAll;
    private final Map<String, List<Limit>> ofEvents = new HashMap<>();
    private final List<Allowances> shared = new ArrayList<>();
    private int own;

    /** @param most names that are remembered for each shared rate */
    Rates(Map<String, EventRates> rates, int most, Meters meters, TimeMeter time) {
        this.meters = meters;
        this.time = time;
        this.most = most;
        EventRates none = new EventRates(Optional.empty(), Optional.empty(), Optional.empty());
        this.ofAll = limits(rates.getOrDefault(EventRates.ALL, none));
        rates.forEach((event, its) -> {
            if (!event.equals(EventRates.ALL)) {
                List<Limit> limits = new ArrayList<>(limits(its));
                limits.addAll(ofAll);
                ofEvents.put(event, List.copyOf(limits));
            }
        });
    }

    private List<Limit> limits(EventRates rates) {
        List<Limit> limits = new ArrayList<>();
        rates.socket().ifPresent(rate -> limits.add(new Limit(Pacer.SOCKET, rate, own++, null)));
        rates.user().ifPresent(rate -> limits.add(new Limit(Pacer.USER, rate, -1, share(rate))));
        rates.address().ifPresent(rate -> limits.add(new Limit(Pacer.ADDRESS, rate, -1, share(rate))));
        return List.copyOf(limits);
    }

    private Allowances share(Rate rate) {
        Allowances fresh = new Allowances(rate, most, time);
        shared.add(fresh);
        return fresh;
    }

    /** What an event must pass, its own rates first. */
    List<Limit> of(String event) {
        return ofEvents.getOrDefault(event, ofAll);
    }

    /** A socket from this address. */
    Pace pace(String address) {
        return new Pace(this, new Allowance[own], AddressBlock.of(address));
    }

    Allowance fresh(Rate rate) {
        return new Allowance(rate, time);
    }

    void limited(Pacer by) {
        meters.limited(by);
    }

    /** How many users and addresses are remembered; one may count several times. */
    long entries() {
        return shared.stream().mapToLong(Allowances::size).sum();
    }
}
