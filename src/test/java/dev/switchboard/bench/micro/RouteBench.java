package dev.switchboard.bench.micro;

import dev.switchboard.bus.Announcement;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.metrics.Meters;
import dev.switchboard.routing.Route;
import dev.switchboard.routing.Routes;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Where an event goes. */
@State(Scope.Thread)
public class RouteBench {
    private final Routes routes = new Routes(
            "here",
            SwitchboardConfig.read(
                            new JsonObject("{\"namespaces\":{\"/\":{\"events\":{\"echo\":\"M\",\"other\":\"M\"}}}}"),
                            Map.of(),
                            verticle -> true)
                    .namespaces(),
            new Meters());

    @Setup
    public void announce() {
        routes.update(List.of(new Announcement("here", "1", "M", Map.of("/", Set.of("echo", "other")))));
    }

    @Benchmark
    public Route route() {
        return routes.route("/", "echo");
    }
}
