package dev.switchboard.launch;

import dev.switchboard.config.ClusterConfig;
import dev.switchboard.config.TlsConfig;
import dev.switchboard.config.TlsException;
import dev.switchboard.config.TlsKeys;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the event bus speak TLS between nodes that both show a certificate, where that is configured. */
final class BusTls {
    private static final Logger LOG = LoggerFactory.getLogger(BusTls.class);

    private BusTls() {}

    /** @throws LaunchException when the files cannot be used any more */
    static void into(EventBusOptions bus, ClusterConfig cluster) {
        if (cluster.tls().isEmpty()) {
            return;
        }
        TlsConfig files = cluster.tls().get();
        try {
            TlsKeys keys = files.load();
            keys.warnings().forEach(LOG::warn);
            bus.setSsl(true)
                    .setKeyCertOptions(keys.own())
                    .setTrustOptions(keys.trust().orElseThrow())
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setEnabledSecureTransportProtocols(new LinkedHashSet<>(TlsKeys.VERSIONS));
            bus.setClusterNodeMetadata(new JsonObject().put("tls", true));
        } catch (TlsException unusable) {
            throw new LaunchException("cluster.tls: " + unusable.getMessage(), unusable);
        }
    }
}
