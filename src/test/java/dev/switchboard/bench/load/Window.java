package dev.switchboard.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A stretch of time, and how busy server and generator are in it. */
final class Window {
    private final Servers servers;
    private final long begun = System.nanoTime();
    private final Duration server;
    private final Duration generator = own();

    private Window(Servers servers) {
        this.servers = servers;
        this.server = servers.cpu();
    }

    static Window open(Servers servers) {
        return new Window(servers);
    }

    private static Duration own() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    Shut shut() {
        return new Shut(
                (System.nanoTime() - begun) / 1e9,
                seconds(servers.cpu().minus(server)),
                seconds(own().minus(generator)));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** How long it was, and the seconds on processors. */
    record Shut(double seconds, double server, double generator) {
        /** A server that is less busy waits for somebody. */
        private static final double BUSY = 0.9;

        private static final double MILLION = 1_000_000;

        double rate(long count) {
            return count / seconds;
        }

        /** The server's time for each of so many, in microseconds. */
        double micros(long count) {
            return server * MILLION / Math.max(1, count);
        }

        /** @param full whether the server should have had all that it can do */
        Sample sample(Map<String, Double> figures, boolean full, List<String> faults, Settings settings) {
            double busy = server / seconds / settings.cores().servers().size();
            return new Sample(figures, busy, generator / seconds, full && busy < BUSY, faults);
        }
    }
}
