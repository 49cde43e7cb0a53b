package dev.switchboard.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

/** Whether nodes speak TLS with each other on the event bus. That is settled before there is any verticle. */
public final class BusEncryption {
    private BusEncryption() {}

    /** What the launcher that set up the bus of a clustered Vert.x says. For any thread. */
    public static boolean isOn(Vertx vertx) {
        var metadata = ((VertxInternal) vertx).clusterManager().getNodeInfo().metadata();
        return metadata != null && metadata.getBoolean("tls", false);
    }
}
