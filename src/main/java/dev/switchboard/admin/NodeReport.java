package dev.switchboard.admin;

import com.sun.management.OperatingSystemMXBean;
import dev.switchboard.bus.Drain;
import dev.switchboard.bus.Peers;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.Series;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;

/** How this node is, as JSON. */
final class NodeReport {
    private final Peers peers;
    private final Drain drain;
    private final Meters meters;
    private final LogLevels levels;
    private final Supplier<String> address;

    /** @param address where it listens */
    NodeReport(Vertx vertx, Meters meters, LogLevels levels, Supplier<String> address) {
        this.peers = Peers.of(vertx);
        this.drain = Drain.of(vertx);
        this.meters = meters;
        this.levels = levels;
        this.address = address;
    }

    JsonObject json() {
        Runtime runtime = Runtime.getRuntime();
        return new JsonObject()
                .put("node", peers.self())
                .put("address", address.get())
                .put("process", ManagementFactory.getRuntimeMXBean().getName())
                .put("java", Runtime.version().feature())
                .put("uptime", ManagementFactory.getRuntimeMXBean().getUptime())
                .put("draining", drain.hasBegun())
                .put("heap", runtime.totalMemory() - runtime.freeMemory())
                .put("heapMost", runtime.maxMemory())
                .put("cpu", cpu())
                .put("levels", levels.json())
                .put("meters", meters());
    }

    /** Of the process, from 0 to 1 for all processors; negative where it is not known. */
    private static double cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuLoad()
                : -1;
    }

    private JsonObject meters() {
        JsonObject all = new JsonObject();
        for (Series one : meters.series()) {
            JsonObject json = new JsonObject().put("value", one.value());
            one.labels().forEach(json::put);
            if (!one.buckets().isEmpty()) {
                json.put("seconds", one.seconds())
                        .put("max", one.max())
                        .put("buckets", new JsonArray(List.copyOf(one.buckets())));
            }
            if (!all.containsKey(one.meter())) {
                all.put(one.meter(), new JsonArray());
            }
            all.getJsonArray(one.meter()).add(json);
        }
        return all;
    }
}
