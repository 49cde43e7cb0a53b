package dev.switchboard.http;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Drain;
import dev.switchboard.bus.HandlerDirectory;
import dev.switchboard.bus.Peers;
import dev.switchboard.config.NamespaceConfig;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What must hold for clients to be sent to this node. For any thread. */
final class Readiness {
    private final Peers peers;
    private final HandlerDirectory directory;
    private final Drain drain;
    private final Set<String> verticles;

    Readiness(Vertx vertx, Collection<NamespaceConfig> namespaces) {
        this.peers = Peers.of(vertx);
        this.directory = new HandlerDirectory(vertx);
        this.drain = Drain.of(vertx);
        this.verticles = namespaces.stream()
                .flatMap(namespace -> namespace.events().values().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param isStopping whether the server is about to end */
    Map<String, BooleanSupplier> checks(BooleanSupplier isStopping) {
        Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        checks.put("cluster", () -> peers.joined().succeeded());
        checks.put("handlers", this::areHandlersThere);
        checks.put("draining", () -> !isStopping.getAsBoolean() && !drain.hasBegun());
        return checks;
    }

    /** Each verticle that the configuration maps events to, on this node or another. */
    private boolean areHandlersThere() {
        return directory.instances().stream()
                .map(Announcement::handler)
                .collect(Collectors.toSet())
                .containsAll(verticles);
    }
}
