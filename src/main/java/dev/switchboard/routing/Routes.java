package dev.switchboard.routing;

import dev.switchboard.bus.Announcement;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.metrics.EventMeters;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.NamespaceMeters;
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
    private static final Route UNKNOWN = new Route.Nowhere(ErrorCode.UNKNOWN_EVENT, EventMeters.none());

    private final String self;
    private final Map<String, NamespaceConfig> namespaces;
    private final Map<String, Table> tables = new HashMap<>();

    /** Of one namespace. */
    private record Table(Map<String, Route> routes, NamespaceMeters meters, Route unknown) {
        static Table of(NamespaceMeters meters) {
            return new Table(new HashMap<>(), meters, new Route.Nowhere(ErrorCode.UNKNOWN_EVENT, meters.other()));
        }

        void empty(String event) {
            routes.put(event, new Route.Nowhere(ErrorCode.NO_HANDLER, meters.event(event)));
        }
    }

    private record Layer(String namespace, String kind, String verticle) {}

    private final Map<Layer, List<Announcement>> middleware = new HashMap<>();

    /** @param self this node */
    public Routes(String self, Map<String, NamespaceConfig> namespaces, Meters meters) {
        this.self = self;
        this.namespaces = namespaces;
        namespaces.forEach((name, namespace) -> {
            Table table = Table.of(meters.namespace(namespace));
            namespace.events().keySet().forEach(table::empty);
            tables.put(name, table);
        });
    }

    /** Goes by these instances from now on. */
    public void update(List<Announcement> instances) {
        middleware.clear();
        instances.stream().filter(this::isHere).forEach(this::addMiddleware);
        tables.forEach((namespace, table) -> {
            List.copyOf(table.routes().keySet()).forEach(table::empty);
            running(namespace, instances)
                    .forEach((event, to) ->
                            table.routes().put(event, to(to, table.meters().event(event))));
        });
    }

    /** Where an event of a namespace goes just now. */
    public Route route(String namespace, String event) {
        Table table = tables.get(namespace);
        return table == null ? UNKNOWN : table.routes().getOrDefault(event, table.unknown());
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

    private Route to(List<Announcement> instances, EventMeters meters) {
        List<Announcement> own = instances.stream().filter(this::isHere).toList();
        return own.isEmpty() ? new Route.To(instances, false, meters) : new Route.To(own, true, meters);
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
