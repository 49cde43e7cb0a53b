package dev.switchboard.launch;

import dev.switchboard.deployment.Order;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Sends orders to running nodes, and prints what they did. */
final class Orders {
    private Orders() {}

    /** @throws LaunchException with the fault of the first node that had one */
    static void send(String what, Order order, String node, @Nullable CommandSpec spec) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ControlClient client = new ControlClient(RunDirectory.ofUser());
        JsonObject request =
                new JsonObject().put("do", what).put("order", order.json()).put("node", node);
        for (ControlClient.Group group : client.meant(node)) {
            JsonObject report = client.ask(group.socket(), request);
            report.getJsonArray("done", new JsonArray()).forEach(out::println);
            out.flush();
            if (report.containsKey("fault")) {
                throw new LaunchException(report.getString("fault"));
            }
        }
    }
}
