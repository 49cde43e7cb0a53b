package dev.switchboard.fuzz;

import dev.switchboard.cluster.ParcelsFuzz;
import dev.switchboard.config.ConfigFuzz;
import dev.switchboard.handler.ContractFuzz;
import dev.switchboard.handler.JsonHandlers;
import dev.switchboard.it.FrameFuzz;
import dev.switchboard.wire.WireFuzz;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The long run: {@code run.sh fuzz [--tries N] [--seed S]}. Fails with the input that broke something, and its seed. */
public final class Main {
    private static final long TRIES = 1_000_000;

    /** Where a whole configuration is read, a message is awaited, or a connection is made, fewer are tried. */
    private static final int CONFIGURATIONS = 20;

    private static final int MESSAGES = 20;
    private static final int PEERS = 50;

    private final long seed;

    private Main(long seed) {
        this.seed = seed;
    }

    public static void main(String[] arguments) throws Exception {
        long tries = TRIES;
        long seed = System.currentTimeMillis();
        for (int n = 0; n < arguments.length; n += 2) {
            long value = n + 1 < arguments.length ? Long.parseLong(arguments[n + 1]) : -1;
            switch (arguments[n]) {
                case "--tries" -> tries = value;
                case "--seed" -> seed = value;
                default -> throw new IllegalArgumentException("fuzz [--tries N] [--seed S], not " + arguments[n]);
            }
        }
        System.out.println("seed " + seed + ", up to " + tries + " inputs each");
        new Main(seed).run(tries);
        System.exit(0);
    }

    private void run(long tries) {
        List<Fuzz<?>> all = new ArrayList<>(WireFuzz.all());
        all.addAll(ParcelsFuzz.all());
        long before = heap();
        all.forEach(fuzz -> run(fuzz, tries));
        ConfigFuzz.all().forEach(fuzz -> run(fuzz, tries / CONFIGURATIONS));
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(new JsonHandlers()).await();
        ContractFuzz.all(vertx).forEach(fuzz -> run(fuzz, tries / MESSAGES));
        vertx.close().await();
        System.out.printf(Locale.ROOT, "heap after all of these: %+.1f MB%n", (heap() - before) / 1e6);
        peers(tries / PEERS);
    }

    private void run(Fuzz<?> fuzz, long tries) {
        long begun = System.nanoTime();
        fuzz.run(seed, tries);
        row(fuzz.name(), tries, begun);
    }

    private void peers(long tries) {
        try (FrameFuzz frames = new FrameFuzz()) {
            long begun = System.nanoTime();
            frames.run(seed, tries);
            row("peers that send frames", tries, begun);
            System.out.printf(
                    Locale.ROOT, "no socket is left; heap after them: %+.1f MB%n", frames.assertNothingStays() / 1e6);
        }
    }

    private static void row(String name, long tries, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT, "%-32s %10d inputs %8.1f s %9.0f/s%n", name, tries, seconds, tries / seconds);
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
