package dev.switchboard.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a socket costs that is in one room and does nothing: the slope between few and many. */
record MemoryCase(String title, int few, int many) implements Case {
    private static final long REST_MILLIS = 3_000;

    /** A server that has just started, so that nothing is left of others. */
    @Override
    public boolean isFresh() {
        return true;
    }

    @Override
    public Sample measure(Generator generator, Servers servers, Settings settings) throws InterruptedException {
        Traffic traffic = new Traffic(generator, servers, new Plans.Lobby(many), new ClosedLoop(0));
        try {
            Memory before = grow(traffic, few, servers);
            Memory after = grow(traffic, many, servers);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("RSS KB/socket", (after.resident() - before.resident()) / 1024.0 / (many - few));
            if (servers.peer().isJava()) {
                figures.put("heap KB/socket", (after.heap() - before.heap()) / 1024.0 / (many - few));
            }
            return new Sample(figures, 0, 0, false, traffic.ledger().verdict());
        } finally {
            traffic.crowd().leave();
        }
    }

    private static Memory grow(Traffic traffic, int size, Servers servers) throws InterruptedException {
        traffic.crowd().grow(size);
        servers.settle();
        Thread.sleep(REST_MILLIS);
        return Memory.of(servers);
    }
}
