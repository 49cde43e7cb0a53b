package dev.switchboard.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** How much of a plan's traffic a server can take. */
record TrafficCase(String title, Plan plan, int nodes) implements Case {
    private static final String RATE = "deliveries/s";
    private static final String COST = "server µs/delivery";

    private static final long BEGIN_MILLIS = 500;

    TrafficCase(String title, Plan plan) {
        this(title, plan, 1);
    }

    @Override
    public Sample measure(Generator generator, Servers servers, Settings settings) throws InterruptedException {
        Traffic traffic = new Traffic(generator, servers, plan, new ClosedLoop(plan.underWay()));
        try {
            traffic.crowd().grow(plan.clients());
            generator.run(traffic::begin);
            Thread.sleep(BEGIN_MILLIS);
            Window window = Window.open(servers);
            long before = generator.call(traffic.ledger()::heard);
            Thread.sleep(settings.duration().toMillis());
            long heard = generator.call(traffic.ledger()::heard) - before;
            Window.Shut shut = window.shut();
            traffic.drain(generator);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(RATE, shut.rate(heard));
            figures.put(COST, shut.micros(heard));
            return shut.sample(figures, true, traffic.ledger().verdict(), settings);
        } finally {
            traffic.crowd().leave();
        }
    }
}
