package dev.switchboard.metrics;

import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.Overflow;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The meters of one node. What clients or handlers choose, such as the names of events or codes of their own, is never a
 * label: else they could make as many meters as they like.
 *
 * <pre>{@code
 * meters.closed(CloseReason.SLOW_CONSUMER);
 * String page = meters.scrape();
 * }</pre>
 */
public final class Meters {
    /** Stands for all that is not the server's own. */
    static final String OTHER = "other";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, NamespaceMeters> namespaces = new ConcurrentHashMap<>();
    private final ClusterMeters cluster = new ClusterMeters(registry);
    private final List<Depths> depths = new CopyOnWriteArrayList<>();
    private final Map<Integer, Counter> closed = new HashMap<>();
    private final Counter closedByOthers;
    private final Map<String, Counter> errors = new HashMap<>();
    private final Counter errorsOfOthers;
    private final Counter pauses;
    private final Map<Overflow.Policy, Counter> overflows = new EnumMap<>(Overflow.Policy.class);
    private final Counter refusedEmits;
    private final Counter refusedAsks;
    private final Counter refusedJoins;
    private final Map<Refused, Counter> refused = new EnumMap<>(Refused.class);
    private final Map<Pacer, Counter> limited = new EnumMap<>(Pacer.class);
    private final Map<ResumeOutcome, Counter> resumptions = new EnumMap<>(ResumeOutcome.class);

    public Meters() {
        for (CloseReason reason : CloseReason.table()) {
            closed.put(reason.code(), closed(Integer.toString(reason.code())));
        }
        closedByOthers = closed(OTHER);
        for (ErrorCode code : ErrorCode.values()) {
            errors.put(code.name(), errors(code.name()));
        }
        errorsOfOthers = errors(OTHER);
        pauses = Counter.builder("switchboard_paused_reads")
                .description("How often a client was not read for a while, since too much of it waited for handlers")
                .register(registry);
        for (Overflow.Policy policy : Overflow.Policy.values()) {
            overflows.put(policy, overflows(policy));
        }
        refusedEmits = Counter.builder("switchboard_refused_emits")
                .description("Events for clients that were refused, since too much waited for an event loop")
                .register(registry);
        refusedAsks = Counter.builder("switchboard_refused_asks")
                .description("Questions to clients that were refused, since the client has too many to answer already")
                .register(registry);
        refusedJoins = Counter.builder("switchboard_refused_joins")
                .description("Rooms into which a socket was not put, since it is in too many")
                .register(registry);
        for (Refused by : Refused.values()) {
            refused.put(by, refused(name(by)));
        }
        for (Pacer by : Pacer.values()) {
            limited.put(by, limited(name(by)));
        }
        for (ResumeOutcome outcome : ResumeOutcome.values()) {
            resumptions.put(outcome, resumptions(name(outcome)));
        }
        depth("switchboard_outbox_messages", "Messages that wait for clients", Depths::outbox, IntStream::sum);
        depth("switchboard_outbox_sockets", "Sockets for which messages wait", Depths::slow, IntStream::sum);
        depth(
                "switchboard_outbox_deepest",
                "Messages that wait for the client that has most",
                Depths::deepest,
                all -> all.max().orElse(0));
        depth("switchboard_lane_messages", "Events that wait for handlers", Depths::lanes, IntStream::sum);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void depth(String name, String description, ToIntFunction<Depths> one, ToIntFunction<IntStream> all) {
        Gauge.builder(name, depths, hubs -> all.applyAsInt(hubs.stream().mapToInt(one)))
                .description(description)
                .register(registry);
    }

    private Counter resumptions(String outcome) {
        return Counter.builder("switchboard_resumes")
                .description("Clients that came back and named the socket that they had, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter refused(String by) {
        return Counter.builder("switchboard_refused_connections")
                .description("Connections that were refused, by what there was too much of")
                .tag("by", by)
                .register(registry);
    }

    private Counter limited(String by) {
        return Counter.builder("switchboard_rate_limited")
                .description("Messages that came too fast and were refused, by whose rate it was")
                .tag("by", by)
                .register(registry);
    }

    private Counter closed(String code) {
        return Counter.builder("switchboard_closed_sockets")
                .description("Sockets that the server ended, by close code")
                .tag("code", code)
                .register(registry);
    }

    private Counter errors(String code) {
        return Counter.builder("switchboard_errors")
                .description("Errors that clients were answered with, by code")
                .tag("code", code)
                .register(registry);
    }

    private Counter overflows(Overflow.Policy policy) {
        return Counter.builder("switchboard_overflows")
                .description(
                        "Messages that were dropped, replaced, or ended their socket, since it does not read fast enough")
                .tag("policy", name(policy))
                .register(registry);
    }

    /** What is counted of a namespace; the same each time. */
    public NamespaceMeters namespace(NamespaceConfig namespace) {
        return namespaces.computeIfAbsent(namespace.declared(), name -> new NamespaceMeters(registry, namespace));
    }

    /** Where one more event loop notes how much waits at its sockets. */
    public Depths depths() {
        Depths made = new Depths();
        depths.add(made);
        return made;
    }

    /** A client came back. */
    public void resumed(ResumeOutcome outcome) {
        Objects.requireNonNull(resumptions.get(outcome)).increment();
    }

    /** The server ended a socket. */
    public void closed(CloseReason reason) {
        closed.getOrDefault(reason.code(), closedByOthers).increment();
    }

    /** A client was answered with an error. */
    public void error(String code) {
        errors.getOrDefault(code, errorsOfOthers).increment();
    }

    /** A connection was refused. */
    public void refused(Refused by) {
        Objects.requireNonNull(refused.get(by)).increment();
    }

    /** A message was refused, since it came too fast. */
    public void limited(Pacer by) {
        Objects.requireNonNull(limited.get(by)).increment();
    }

    /**
     * Reads these when it is asked.
     *
     * @param connections sockets, from their connection to the end of all work for them
     * @param tcpConnections TCP connections
     * @param rateEntries users and addresses whose rates are remembered
     */
    public void watch(Supplier<Number> connections, Supplier<Number> tcpConnections, Supplier<Number> rateEntries) {
        Gauge.builder("switchboard_connections", connections)
                .description("Sockets that are there, open or not")
                .register(registry);
        Gauge.builder("switchboard_tcp_connections", tcpConnections)
                .description("TCP connections that are open")
                .register(registry);
        Gauge.builder("switchboard_rate_entries", rateEntries)
                .description("Users and addresses whose rates are remembered")
                .register(registry);
    }

    /** Tells of the other nodes. */
    public ClusterMeters cluster() {
        return cluster;
    }

    /** A client is not read for a while. */
    public void paused() {
        pauses.increment();
    }

    /** A message was too much for its receiver: it, or another one, was dropped or replaced, or the socket ended. */
    public void overflowed(Overflow.Policy policy) {
        Objects.requireNonNull(overflows.get(policy)).increment();
    }

    /** An event loop had too much to deliver already. From any thread. */
    public void refusedEmit() {
        refusedEmits.increment();
    }

    /** A client was not asked, since it has too much to answer already. */
    public void refusedAsk() {
        refusedAsks.increment();
    }

    /** A socket was not put into a room, since it is in too many. */
    public void refusedJoin() {
        refusedJoins.increment();
    }

    /** Tells how many bytes wait for clients. */
    public void outbound(LongSupplier bytes) {
        Gauge.builder("switchboard_outbound_bytes", bytes::getAsLong)
                .description("Bytes that wait for clients")
                .register(registry);
    }

    /** Every series that is not zero, as it is now. */
    public List<Series> series() {
        return registry.getMeters().stream()
                .map(Series::of)
                .filter(series -> series.value() != 0)
                .toList();
    }

    /** All meters, in Prometheus's text format. */
    public String scrape() {
        return registry.scrape();
    }
}
