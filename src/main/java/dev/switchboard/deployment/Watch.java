package dev.switchboard.deployment;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces handlers whose source is edited: scripts and {@code .java} files, and those of the same language beside them,
 * which they may use. It looks every half second, and acts once a file has stayed the same for one look, so that no half-written
 * file is read. For development.
 */
public final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long PERIOD_MILLIS = 500;

    private final Vertx vertx;
    private final Deployments deployments;

    /** What a handler was started from, as far as is known, and what was seen at the last look; by handler. */
    private final Map<String, String> started = new HashMap<>();

    private final Map<String, String> seen = new HashMap<>();

    private Watch(Vertx vertx) {
        this.vertx = vertx;
        this.deployments = Deployments.of(vertx);
    }

    /** Looks from now on, until Vert.x ends. */
    public static void start(Vertx vertx) {
        Watch watch = new Watch(vertx);
        vertx.executeBlocking(watch::look).onComplete(first -> watch.again());
    }

    private void again() {
        vertx.setTimer(
                PERIOD_MILLIS,
                t -> vertx.executeBlocking(this::look).onComplete(looked -> {
                    if (looked.failed()) {
                        LOG.warn(
                                "Sources cannot be watched just now: {}",
                                looked.cause().getMessage());
                    }
                    Future<?> done = looked.succeeded() ? replace(looked.result()) : Future.succeededFuture();
                    done.onComplete(v -> again());
                }));
    }

    /** What has changed; the looks come one after the other. */
    private List<Running> look() throws IOException {
        List<Running> changed = new ArrayList<>();
        for (Running one : deployments.listed()) {
            Optional<Path> source = one.source().text();
            if (source.isEmpty()) {
                continue;
            }
            String now = state(source.get());
            boolean isStill = now.equals(seen.put(one.name(), now));
            String before = started.putIfAbsent(one.name(), now);
            if (isStill && !now.equals(before)) {
                started.put(one.name(), now);
                changed.add(one);
            }
        }
        return changed;
    }

    private static String state(Path source) throws IOException {
        String name = source.toString();
        String suffix = name.substring(name.lastIndexOf('.'));
        StringBuilder state = new StringBuilder();
        try (Stream<Path> files = Files.list(source.resolveSibling(""))) {
            for (Path file : files.filter(one -> one.toString().endsWith(suffix))
                    .sorted()
                    .toList()) {
                state.append(file.getFileName())
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis())
                        .append('\n');
            }
        }
        return state.toString();
    }

    private Future<?> replace(List<Running> changed) {
        Future<?> all = Future.succeededFuture();
        for (Running one : changed) {
            all = all.compose(v -> deployments.deploy(Order.again(one)).otherwise(cause -> {
                LOG.warn("{}; the version before goes on", cause.getMessage());
                return "";
            }));
        }
        return all;
    }
}
