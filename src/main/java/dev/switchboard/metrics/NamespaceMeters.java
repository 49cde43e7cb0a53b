package dev.switchboard.metrics;

import dev.switchboard.config.EventRates;
import dev.switchboard.config.NamespaceConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is counted of one namespace. Its events are told apart by the names that the configuration knows: what clients may
 * call anything is {@code other}. For any thread.
 */
public final class NamespaceMeters {
    private static final NamespaceMeters NONE = new NamespaceMeters(new CompositeMeterRegistry(), "", Set.of());

    private final Map<Transport, AtomicInteger> open = new EnumMap<>(Transport.class);
    private final Map<String, EventMeters> events = new HashMap<>();
    private final EventMeters other;
    private final Counter out;

    NamespaceMeters(MeterRegistry registry, NamespaceConfig namespace) {
        this(registry, namespace.declared(), names(namespace));
    }

    private NamespaceMeters(MeterRegistry registry, String name, Set<String> known) {
        for (Transport transport : Transport.values()) {
            AtomicInteger sockets = new AtomicInteger();
            open.put(transport, sockets);
            Meter.SOCKETS.gauge(registry, sockets::get, name, Meters.name(transport));
        }
        out = Meter.EVENTS_OUT.counter(registry, name);
        Timer latency = Meter.LATENCY.timer(registry, name);
        known.forEach(event -> events.put(event, EventMeters.of(registry, name, event, latency)));
        other = EventMeters.of(registry, name, Meters.OTHER, latency);
    }

    /** Of a namespace that this node does not have. */
    public static NamespaceMeters none() {
        return NONE;
    }

    private static Set<String> names(NamespaceConfig namespace) {
        Set<String> names = new TreeSet<>(namespace.events().keySet());
        namespace.schemas().forEach((event, schema) -> {
            if (schema.in().isPresent() || schema.answer().isPresent()) {
                names.add(event);
            }
        });
        names.addAll(namespace.rates().keySet());
        names.remove(EventRates.ALL);
        return names;
    }

    /** The meters of an event. */
    public EventMeters event(String name) {
        return events.getOrDefault(name, other);
    }

    /** The meters of all events that the configuration does not know. */
    public EventMeters other() {
        return other;
    }

    /** A socket is open. */
    public void opened(Transport transport) {
        Objects.requireNonNull(open.get(transport)).incrementAndGet();
    }

    /** A socket, open until now, has ended. */
    public void ended(Transport transport) {
        Objects.requireNonNull(open.get(transport)).decrementAndGet();
    }

    /** So many events are on their way to clients. */
    public void out(int receptions) {
        out.increment(receptions);
    }
}
