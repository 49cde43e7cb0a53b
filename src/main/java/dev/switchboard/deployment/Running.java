package dev.switchboard.deployment;

import dev.switchboard.bus.Announcement;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.deployment.DeploymentContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A deployed verticle.
 *
 * @param id Vert.x's own
 * @param name its name as a handler, else as a verticle
 * @param verticle what it was deployed as
 * @param events what it handles, by namespace; nothing when it is no handler
 */
record Running(
        String id,
        String name,
        String verticle,
        int instances,
        Map<String, Set<String>> events,
        DeploymentOptions options,
        ClassLoader loader) {

    /** @param announcements of this node */
    static Running of(DeploymentContext context, List<Announcement> announcements) {
        List<Announcement> own = announcements.stream()
                .filter(one -> one.deployment().equals(context.id()))
                .toList();
        String verticle = context.deployment().identifier();
        Map<String, Set<String>> events = new TreeMap<>();
        own.forEach(one -> one.events()
                .forEach((namespace, names) ->
                        events.computeIfAbsent(namespace, n -> new TreeSet<>()).addAll(names)));
        return new Running(
                context.id(),
                own.isEmpty() ? verticle : own.get(0).handler(),
                verticle,
                context.deployment().instances().size(),
                events,
                context.deployment().options(),
                loader(context));
    }

    private static ClassLoader loader(DeploymentContext context) {
        return context.deployment().contexts().stream()
                .map(one -> ((ContextInternal) one).classLoader())
                .filter(one -> one != null)
                .findFirst()
                .orElseGet(Running.class::getClassLoader);
    }

    boolean isHandler() {
        return !events.isEmpty();
    }

    /** Where Vert.x found it. */
    Source source() {
        return Source.of(verticle, loader);
    }
}
