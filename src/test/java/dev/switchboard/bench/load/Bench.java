package dev.switchboard.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Goes round the servers: each case is measured for one after the other, several times, so that what disturbs the machine disturbs
 * all. Two rounds before that, which count for nothing, warm them up: after a single one, however long, every JVM was half as
 * fast for a while, as if what happens when the clients of a round leave and others come had still to be learnt.
 */
final class Bench {
    /** Rounds are counted from 1. */
    private static final int FIRST_WARM_UP = -1;

    private final Settings settings;
    private final Generator generator;
    private final List<Result> results = new ArrayList<>();

    Bench(Settings settings, Generator generator) {
        this.settings = settings;
        this.generator = generator;
    }

    List<Result> run(List<Job> jobs) throws IOException, InterruptedException {
        for (Job job : jobs) {
            System.out.printf("%n%s: %s%n", job.name(), job.title());
            Map<String, Servers> running = new HashMap<>();
            try {
                for (Case one : job.cases().apply(settings)) {
                    if (one.title().contains(settings.only())) {
                        rounds(job, one, running);
                    }
                }
            } finally {
                running.values().forEach(Servers::close);
            }
        }
        return results;
    }

    private void rounds(Job job, Case one, Map<String, Servers> running) throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>(settings.peers());
        peers.removeIf(peer -> one.nodes() > 1 && !peer.nodes());
        for (int round = one.isFresh() ? 1 : FIRST_WARM_UP; round <= settings.rounds(); round++) {
            for (Peer peer : peers) {
                Result result =
                        new Result(job.name(), one.title(), peer.name(), round, sample(one, peer, round, running));
                show(result);
                if (round > 0 || !result.sample().faults().isEmpty()) {
                    results.add(result);
                }
            }
            // The next one goes the other way, or one would always come after the same other.
            Collections.reverse(peers);
        }
    }

    private Sample sample(Case one, Peer peer, int round, Map<String, Servers> running)
            throws IOException, InterruptedException {
        if (one.isFresh()) {
            try (Servers servers = Servers.start(peer, one.nodes(), settings)) {
                return measure(one, round, servers);
            }
        }
        String key = peer.name() + " on " + one.nodes();
        Servers servers = running.get(key);
        if (servers == null) {
            servers = Servers.start(peer, one.nodes(), settings);
            running.put(key, servers);
        }
        return measure(one, round, servers);
    }

    private Sample measure(Case one, int round, Servers servers) throws InterruptedException {
        try {
            return one.measure(generator, servers, round <= 0 ? settings.warming() : settings);
        } catch (IllegalStateException e) {
            return Sample.failed(String.valueOf(e.getMessage()));
        } finally {
            servers.settle();
        }
    }

    private void show(Result result) {
        Sample sample = result.sample();
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-34s %-8s %-16s",
                result.title(),
                result.round() <= 0 ? "warm-up" : result.round() + "/" + settings.rounds(),
                result.peer()));
        sample.figures()
                .forEach((name, value) ->
                        line.append(Figure.text(value)).append(' ').append(name).append("  "));
        line.append(String.format(
                Locale.ROOT, "busy %.0f %%, generator %.0f %%", 100 * sample.serverCpu(), 100 * sample.generatorCpu()));
        System.out.println(line + (sample.bound() ? ", generator-bound" : ""));
        sample.faults().forEach(fault -> System.out.println("    FAULT " + fault));
    }
}
