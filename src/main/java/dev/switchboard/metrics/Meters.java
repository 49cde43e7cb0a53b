package dev.switchboard.metrics;

import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.Overflow;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
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
    private final Map<Integer, Counter> closed = CloseReason.table().stream()
            .collect(Collectors.toMap(CloseReason::code, reason -> closed(Integer.toString(reason.code()))));
    private final Counter closedByOthers = closed(OTHER);
    private final Map<String, Counter> errors =
            Arrays.stream(ErrorCode.values()).collect(Collectors.toMap(ErrorCode::name, code -> errors(code.name())));
    private final Counter errorsOfOthers = errors(OTHER);
    private final Counter pauses = Meter.PAUSED_READS.counter(registry);
    private final Map<Overflow.Policy, Counter> overflows = counters(Meter.OVERFLOWS, Overflow.Policy.class);
    private final Counter refusedEmits = Meter.REFUSED_EMITS.counter(registry);
    private final Counter refusedAsks = Meter.REFUSED_ASKS.counter(registry);
    private final Counter refusedJoins = Meter.REFUSED_JOINS.counter(registry);
    private final Map<Refused, Counter> refused = counters(Meter.REFUSED_CONNECTIONS, Refused.class);
    private final Map<Pacer, Counter> limited = counters(Meter.RATE_LIMITED, Pacer.class);
    private final Map<ResumeOutcome, Counter> resumptions = counters(Meter.RESUMES, ResumeOutcome.class);

    public Meters() {
        depth(Meter.OUTBOX_MESSAGES, Depths::outbox, IntStream::sum);
        depth(Meter.OUTBOX_SOCKETS, Depths::slow, IntStream::sum);
        depth(Meter.OUTBOX_DEEPEST, Depths::deepest, all -> all.max().orElse(0));
        depth(Meter.LANE_MESSAGES, Depths::lanes, IntStream::sum);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Counter closed(String code) {
        return Meter.CLOSED_SOCKETS.counter(registry, code);
    }

    private Counter errors(String code) {
        return Meter.ERRORS.counter(registry, code);
    }

    /** One for each value of the only label. */
    private <E extends Enum<E>> Map<E, Counter> counters(Meter meter, Class<E> label) {
        Map<E, Counter> counters = new EnumMap<>(label);
        for (E value : label.getEnumConstants()) {
            counters.put(value, meter.counter(registry, name(value)));
        }
        return counters;
    }

    private void depth(Meter meter, ToIntFunction<Depths> one, ToIntFunction<IntStream> all) {
        meter.gauge(registry, () -> all.applyAsInt(depths.stream().mapToInt(one)));
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
        Meter.CONNECTIONS.gauge(registry, connections);
        Meter.TCP_CONNECTIONS.gauge(registry, tcpConnections);
        Meter.RATE_ENTRIES.gauge(registry, rateEntries);
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
        Meter.OUTBOUND_BYTES.gauge(registry, bytes::getAsLong);
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
