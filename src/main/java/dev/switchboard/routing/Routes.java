package dev.switchboard.routing;

import dev.switchboard.bus.Announcement;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The routing table of one hub. An event that the configuration maps goes to instances of that verticle only; any other
 * event goes to whoever announced it. Instances of this node come first; where it has none, those of other nodes serve. What was handled once and is not just now is told from what is unknown.
 */
public final class Routes {
    private static final Route UNKNOWN = new Route.Nowhere(ErrorCode.UNKNOWN_EVENT);
    private static final Route NO_HANDLER = new Route.Nowhere(ErrorCode.NO_HANDLER);

    private final String self;
    private final Map<String, NamespaceConfig> namespaces;
    private final Map<String, Map<String, Route>> table = new HashMap<>();

    private record Layer(String namespace, String kind, String verticle) {}

    private final Map<Layer, List<Announcement>> middleware = new HashMap<>();

    /** @param self this node */
    public Routes(String self, Map<String, NamespaceConfig> namespaces) {
        this.self = self;
        this.namespaces = namespaces;
        namespaces.forEach((name, namespace) -> {
            Map<String, Route> routes = new HashMap<>();
            namespace.events().keySet().forEach(event -> routes.put(event, NO_HANDLER));
            table.put(name, routes);
        });
    }

    /** Goes by these instances from now on. */
    public void update(List<Announcement> instances) {
        middleware.clear();
        instances.stream().filter(this::isHere).forEach(this::addMiddleware);
        table.forEach((namespace, routes) -> {
            routes.replaceAll((event, route) -> NO_HANDLER);
            running(namespace, instances).forEach((event, to) -> routes.put(event, to(to)));
        });
    }

    /** Where an event of a namespace goes just now. */
    public Route route(String namespace, String event) {
        Map<String, Route> routes = table.get(namespace);
        return routes == null ? UNKNOWN : routes.getOrDefault(event, UNKNOWN);
    }

    /**
     * The instances of a middleware that run on this node: it is not looked for elsewhere.
     *
     * @param kind {@link EventNames#CONNECTION} or {@link EventNames#PACKET}
     */
    public List<Announcement> middleware(String namespace, String kind, String verticle) {
        return middleware.getOrDefault(new Layer(namespace, kind, verticle), List.of());
    }

    private void addMiddleware(Announcement instance) {
        instance.events().forEach((namespace, events) -> {
            for (String kind : List.of(EventNames.CONNECTION, EventNames.PACKET)) {
                if (events.contains(kind)) {
                    middleware
                            .computeIfAbsent(new Layer(namespace, kind, instance.handler()), layer -> new ArrayList<>())
                            .add(instance);
                }
            }
        });
    }

    private boolean isHere(Announcement instance) {
        return instance.node().equals(self);
    }

    private Route to(List<Announcement> instances) {
        List<Announcement> own = instances.stream().filter(this::isHere).toList();
        return own.isEmpty() ? new Route.To(instances, false) : new Route.To(own, true);
    }

    private Map<String, List<Announcement>> running(String namespace, List<Announcement> instances) {
        Map<String, List<Announcement>> running = new HashMap<>();
        for (Announcement instance : instances) {
            for (String event : instance.events().getOrDefault(namespace, Set.of())) {
                if (mayHandle(namespace, event, instance.handler())) {
                    running.computeIfAbsent(event, e -> new ArrayList<>()).add(instance);
                }
            }
        }
        return running;
    }

    private boolean mayHandle(String namespace, String event, String handler) {
        NamespaceConfig config = namespaces.get(namespace);
        String mapped = config == null ? null : config.events().get(event);
        return mapped == null || mapped.equals(handler);
    }
}
