package dev.switchboard.metrics;

import dev.switchboard.config.EventRates;
import dev.switchboard.config.NamespaceConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * What is counted of one namespace. Its events are told apart by the names that the configuration knows: what clients may
 * call anything is {@code other}. For any thread.
 */
public final class NamespaceMeters {
    static final Duration[] BUCKETS = LongStream.of(
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    10_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
            .toArray(Duration[]::new);

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
            Gauge.builder("switchboard_sockets", sockets, AtomicInteger::get)
                    .description("Sockets that are open")
                    .tag("namespace", name)
                    .tag("transport", Meters.name(transport))
                    .register(registry);
        }
        out = Counter.builder("switchboard_events_out")
                .description("Events on their way to clients, once for each of them")
                .tag("namespace", name)
                .register(registry);
        Timer latency = latency(registry, name);
        known.forEach(event -> events.put(event, EventMeters.of(registry, name, event, latency)));
        other = EventMeters.of(registry, name, Meters.OTHER, latency);
    }

    /** Of a namespace that this node does not have. */
    public static NamespaceMeters none() {
        return NONE;
    }

    static Timer latency(MeterRegistry registry, String namespace) {
        return Timer.builder("switchboard_latency")
                .description("From the frame of an event to the end of its handler, and the answer to its client")
                .tag("namespace", namespace)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
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
