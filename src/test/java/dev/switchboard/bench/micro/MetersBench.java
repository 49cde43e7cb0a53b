package dev.switchboard.bench.micro;

import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.metrics.EventMeters;
import dev.switchboard.metrics.Meters;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an event pays for being measured: it came, its handler took a time, and it is over. */
@State(Scope.Benchmark)
public class MetersBench {
    private static final NamespaceConfig NAMESPACE = SwitchboardConfig.read(
                    new JsonObject("{\"namespaces\":{\"/\":{\"events\":{\"echo\":\"M\"}}}}"),
                    Map.of(),
                    verticle -> true)
            .namespaces()
            .get("/");

    private final EventMeters meters = new Meters().namespace(NAMESPACE).event("echo");

    @Benchmark
    public void event() {
        long read = System.nanoTime();
        meters.came();
        long begun = System.nanoTime();
        meters.handled(System.nanoTime() - begun);
        meters.over(System.nanoTime() - read);
    }
}
