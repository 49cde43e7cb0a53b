package dev.switchboard.tracing;

import dev.switchboard.config.TracingConfig;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import io.vertx.core.spi.cluster.ClusterManager;
import org.jspecify.annotations.Nullable;

/** Whether the node of a Vert.x traces, and by what. For any thread. */
public final class Tracing implements Shareable {
    private volatile @Nullable Spans spans;

    private Tracing() {}

    /** The one of this node. */
    public static Tracing of(Vertx vertx) {
        LocalMap<String, Tracing> all = vertx.sharedData().getLocalMap("switchboard.tracing");
        return all.computeIfAbsent("", key -> new Tracing());
    }

    /** Null while nothing is traced: then this look is all that an event pays. */
    public @Nullable Spans spans() {
        return spans;
    }

    /** Traces from now on, what this node does. */
    public void begin(Vertx vertx, OpenTelemetry telemetry, TracingConfig.Clients clients) {
        @Nullable ClusterManager cluster = ((VertxInternal) vertx).clusterManager();
        spans = new Spans(telemetry.getTracer("dev.switchboard"), cluster == null ? "" : cluster.getNodeId(), clients);
    }

    /** Traces no more; what is under way ends as it would have. */
    public void end() {
        spans = null;
    }
}
