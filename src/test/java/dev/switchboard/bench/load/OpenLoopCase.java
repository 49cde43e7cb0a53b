package dev.switchboard.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long deliveries take while messages come at a rate that the server can bear. */
record OpenLoopCase(String title, Plan plan, int perSecond) implements Case {
    private static final double[] PERCENTILES = {50, 99, 99.9};
    private static final long BEGIN_MILLIS = 1_000;

    @Override
    public Sample measure(Generator generator, Servers servers, Settings settings) throws InterruptedException {
        OpenLoop tempo = new OpenLoop(generator.loop(), plan.underWay(), perSecond);
        Traffic traffic = new Traffic(generator, servers, plan, tempo);
        try {
            traffic.crowd().grow(plan.clients());
            generator.run(traffic::begin);
            Thread.sleep(BEGIN_MILLIS);
            generator.run(tempo::reset);
            Window window = Window.open(servers);
            Thread.sleep(settings.duration().toMillis());
            Map<String, Double> figures = generator.call(() -> figures(tempo));
            Window.Shut shut = window.shut();
            traffic.drain(generator);
            return shut.sample(figures, false, traffic.ledger().verdict(), settings);
        } finally {
            traffic.crowd().leave();
        }
    }

    private static Map<String, Double> figures(OpenLoop tempo) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (double percentile : PERCENTILES) {
            figures.put("p" + Double.toString(percentile).replace(".0", "") + " µs", tempo.micros(percentile));
        }
        return figures;
    }
}
