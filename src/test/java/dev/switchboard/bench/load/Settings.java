package dev.switchboard.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What was asked for.
 *
 * @param only the cases whose titles contain this
 * @param scale what numbers of clients, rooms and users are multiplied with
 * @param folder for what servers print, and for the report
 */
record Settings(
        List<Peer> peers,
        String only,
        Cores cores,
        int rounds,
        Duration warmUp,
        Duration duration,
        double scale,
        Path folder) {
    /** The same for one of two rounds that warm up. */
    Settings warming() {
        return new Settings(peers, only, cores, rounds, warmUp, warmUp.dividedBy(2), scale, folder);
    }

    int scaled(int number) {
        return (int) Math.max(2, Math.round(number * scale));
    }
}
