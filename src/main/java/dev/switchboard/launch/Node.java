package dev.switchboard.launch;

import dev.switchboard.config.ClusterConfig;
import dev.switchboard.config.TracingConfig;
import dev.switchboard.deployment.DeskVerticle;
import dev.switchboard.deployment.GoingDown;
import dev.switchboard.deployment.Watch;
import dev.switchboard.tracing.Telemetry;
import dev.switchboard.tracing.Tracing;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Vert.x instance with one verticle, from the command line until the JVM is told to end. */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final String BUS_CONTRACT = "dev.switchboard.handler.JsonHandlers";
    private static final long CLOSE_SECONDS = 10;

    /** More than a node takes to send its clients away; the configuration limits it further. */
    private static final long DRAIN_SECONDS = 3_700;

    /** Vert.x waits 20 seconds each, in which messages to a node that fell silent would be lost. */
    private static final long BUS_PING_MILLIS = 2_000;

    private static final long BUS_PONG_MILLIS = 5_000;

    private final NodeOptions options;
    private final SearchPath searchPath;
    private volatile @Nullable ControlSocket control;
    private volatile @Nullable Telemetry telemetry;
    private volatile boolean running;
    private volatile boolean closing;

    Node(NodeOptions options, SearchPath searchPath) {
        this.options = options;
        this.searchPath = searchPath;
    }

    /**
     * Returns when the verticle is deployed; the node then runs on Vert.x's own threads. Blocks the calling thread.
     *
     * @throws LaunchException when it does not start; what has been started ends with the JVM
     */
    void run(String verticle, JsonObject configuration) {
        String fault = options.fault();
        if (fault != null) {
            throw new LaunchException(fault);
        }
        VerticleSource source = VerticleSource.locate(verticle, options.classPath, searchPath);
        Thread.currentThread().setContextClassLoader(source.loader());
        DeploymentOptions deployment = new DeploymentOptions()
                .setConfig(configuration)
                .setInstances(options.instances)
                .setThreadingModel(
                        options.worker || source.isScript() ? ThreadingModel.WORKER : ThreadingModel.EVENT_LOOP)
                .setClassLoader(source.loader());
        TracingConfig tracing = TracingConfig.read(configuration, System.getenv());
        Vertx vertx = start(configuration, tracing.enabled());
        Telemetry begun = telemetry;
        if (begun != null) {
            Tracing.of(vertx).begin(vertx, begun.api(), tracing.clients());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(vertx), "close"));
        GoingDown.whenAsked(vertx, () -> new Thread(() -> System.exit(0), "going down").start());
        try {
            if (options.cluster) {
                // So that a verticle in any language finds the contract on its own node.
                vertx.deployVerticle(BUS_CONTRACT).await();
            }
            vertx.deployVerticle(source.name(), deployment).await();
            control = control(vertx);
            running = true;
            if (options.watch) {
                Watch.start(vertx);
            }
            if (vertx.isClustered()) {
                int nodes = ((VertxInternal) vertx).clusterManager().getNodes().size();
                LOG.info("{} runs; nodes in its cluster: {}", verticle, nodes);
            }
        } catch (Throwable failure) {
            if (!closing) {
                throw new LaunchException(Faults.failedDeployment(verticle, configuration, failure), failure);
            }
        }
    }

    /** Without it the node serves all the same, but takes no orders. */
    private @Nullable ControlSocket control(Vertx vertx) {
        try {
            DeskVerticle desk = new DeskVerticle(ProcessHandle.current().pid() + "@" + Hosts.name());
            vertx.deployVerticle(desk).await();
            return ControlSocket.open(RunDirectory.ofUser(), desk::answer);
        } catch (IOException | UnsupportedOperationException fault) {
            LOG.warn("deploy, undeploy and list do not reach this node: {}", Faults.reason(fault));
            return null;
        }
    }

    private Vertx start(JsonObject configuration, boolean traced) {
        // As many event loops as cores: each serves HTTP, and more would only pass messages among themselves.
        VertxOptions vertxOptions = new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setPreferNativeTransport(true);
        VertxBuilder builder = Vertx.builder().with(vertxOptions);
        if (traced) {
            builder.withTracer(telemetry().forVertx());
        }
        if (!options.cluster) {
            return builder.build();
        }
        vertxOptions
                .getEventBusOptions()
                .setClusterPingInterval(BUS_PING_MILLIS)
                .setClusterPingReplyInterval(BUS_PONG_MILLIS);
        if (!options.clusterHost.isEmpty()) {
            vertxOptions.getEventBusOptions().setHost(options.clusterHost);
        }
        ClusterConfig cluster = ClusterConfig.read(configuration, System.getenv());
        BusTls.into(vertxOptions.getEventBusOptions(), cluster);
        ClusterManager membership = membership(cluster);
        try {
            return builder.withClusterManager(membership).buildClustered().await();
        } catch (Throwable failure) {
            throw new LaunchException("cannot form a cluster: " + Faults.reason(failure), failure);
        }
    }

    private Telemetry telemetry() {
        try {
            Telemetry begun = Telemetry.begin(true);
            telemetry = begun;
            return begun;
        } catch (IllegalArgumentException unusable) {
            throw new LaunchException(Faults.reason(unusable), unusable);
        }
    }

    private ClusterManager membership(ClusterConfig cluster) {
        Membership membership = new Membership(ClusterFile.find(searchPath));
        if (!options.clusterHost.isEmpty()) {
            membership.host(options.clusterHost);
        }
        if (!options.join.isEmpty()) {
            membership.join(options.join);
        }
        membership.refuseStrangers(cluster);
        return membership.clusterManager();
    }

    private void close(Vertx vertx) {
        closing = true;
        if (control != null) {
            control.close();
        }
        try {
            GoingDown.drain(vertx).await(DRAIN_SECONDS, TimeUnit.SECONDS);
            vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
            Telemetry begun = telemetry;
            if (begun != null) {
                begun.close();
            }
            if (running) {
                // Told to end, and ended well: to the JVM it would be the signal's number.
                Runtime.getRuntime().halt(0);
            }
        } catch (TimeoutException late) {
            LOG.warn("not closed in time");
        } catch (Throwable failure) {
            LOG.warn("not closed cleanly", failure);
        }
    }
}
