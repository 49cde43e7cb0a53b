package dev.switchboard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Every meter of a node: what Prometheus is told of it, and its row in the reference. Whoever counts finds it once and keeps
 * what he got, so that an event costs no look-up.
 */
enum Meter {
    SOCKETS(
            Type.GAUGE,
            "sockets that are open; `websocket`, `sockjs-websocket`, `sockjs-http`, `socket-io`",
            "namespace",
            "transport"),
    CONNECTIONS(Type.GAUGE, "sockets that are there, from their connection to the end of all work for them"),
    TCP_CONNECTIONS(Type.GAUGE, "TCP connections that are open"),
    EVENTS_IN(
            Type.COUNTER,
            "events that clients sent and that got as far as their handler, or would have, if they had one. What is refused"
                    + " before is in `switchboard_errors_total` alone",
            "namespace",
            "event"),
    EVENTS_OUT(
            Type.COUNTER,
            "events that were put on their way to clients, once for each of them. Acks, errors and what a client missed while"
                    + " it was away are not among them",
            "namespace"),
    HANDLER(
            Type.TIMER,
            Unit.SECONDS,
            "how long the handler took, on whatever node it ran, from its begin to its answer. The events `open` and `close`"
                    + " count, too",
            "namespace",
            "event"),
    LATENCY(
            Type.TIMER,
            Unit.SECONDS,
            "from the frame that brought an event to the moment in which its socket knows that the handler is done, and"
                    + " answers: with all that it waited in between",
            "namespace"),
    LANE_MESSAGES(Type.GAUGE, "events that wait for handlers, of all sockets"),
    PAUSED_READS(Type.COUNTER, "how often a client was not read for a while, since too much of it waited for handlers"),
    OUTBOX_MESSAGES(Type.GAUGE, "messages that wait for clients, of all sockets"),
    OUTBOX_SOCKETS(Type.GAUGE, "sockets for whose clients messages wait"),
    OUTBOX_DEEPEST(Type.GAUGE, "messages that wait for the client that has most"),
    OUTBOUND_BYTES(Type.GAUGE, Unit.BYTES, "bytes that wait for clients"),
    OVERFLOWS(
            Type.COUNTER,
            "`close`: sockets that were ended for reading too slowly; `drop-oldest` and `drop-newest`: messages that were"
                    + " dropped; `latest`: messages that another one replaced",
            "policy"),
    CLOSED_SOCKETS(
            Type.COUNTER,
            "sockets that the server ended, by close code; `other` for codes of the application; 1006 is a client that did not"
                    + " answer its ping",
            "code"),
    ERRORS(Type.COUNTER, "errors that clients were answered with; `other` for codes of handlers", "code"),
    REFUSED_CONNECTIONS(Type.COUNTER, "connections that were refused: `node`, `rate`, `address`, `user`, `tcp`", "by"),
    RATE_LIMITED(
            Type.COUNTER, "events and tokens that came too fast: `socket`, `user`, `address`; `auth` for tokens", "by"),
    RATE_ENTRIES(Type.GAUGE, "users and addresses whose rates are remembered"),
    REFUSED_ASKS(
            Type.COUNTER, "questions to clients that were refused, since the client has too many to answer already"),
    REFUSED_JOINS(Type.COUNTER, "rooms into which a socket was not put, since it is in too many"),
    REFUSED_EMITS(Type.COUNTER, "events that an event loop did not take, since too much was on its way to it"),
    RESUMES(
            Type.COUNTER,
            "clients that [came back](resume.md) and named the socket that they had: `resumed`; `unknown`, too late or with a"
                    + " wrong key; `incomplete`, when something of what it missed is kept no more; `failed`, and the client"
                    + " tries again",
            "outcome"),
    NODES(Type.GAUGE, "nodes that know each other, this one included"),
    CLUSTER_MEMBERS(Type.GAUGE, "nodes by Hazelcast's word; for a moment it may know one more or less"),
    CLUSTER_SAFE(
            Type.GAUGE,
            "1 when all that this node keeps stands on another, too, so that it may be lost; asked at most every 5 seconds,"
                    + " when the page is read; the page shows the answer before"),
    DIRECTORY_ENTRIES(
            Type.GAUGE, "how many namespaces, users, rooms and sockets this node knows that others have sockets of"),
    OUTBOUND_NODE_BYTES(Type.GAUGE, Unit.BYTES, "bytes that wait for other nodes"),
    NODE_MESSAGES(
            Type.COUNTER,
            "messages of the event bus between this node and the others, `sent` and `received`; each carries a batch",
            "direction"),
    NODE_BYTES(
            Type.COUNTER,
            Unit.BYTES,
            "bytes of the messages of the event bus between this node and the others, `sent` and `received`",
            "direction");

    enum Type {
        GAUGE,
        COUNTER,
        TIMER
    }

    enum Unit {
        NONE,
        BYTES,
        SECONDS
    }

    /** Up to which times a timer counts. */
    private static final List<Duration> BOUNDS = LongStream.of(
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
            .toList();

    private final Type type;
    private final Unit unit;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // As made by List.of.
    private final List<String> labels;

    Meter(Type type, String meaning, String... labels) {
        this(type, Unit.NONE, meaning, labels);
    }

    /**
     * @param meaning in Markdown, with links as the pages have them
     * @param labels none of which holds what a client chose
     */
    Meter(Type type, Unit unit, String meaning, String... labels) {
        this.type = type;
        this.unit = unit;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** Its name without the endings that Prometheus wants of counters and timers. */
    private String id() {
        return "switchboard_" + name().toLowerCase(Locale.ROOT);
    }

    static List<Duration> bounds() {
        return BOUNDS;
    }

    Type type() {
        return type;
    }

    Unit unit() {
        return unit;
    }

    String meaning() {
        return meaning;
    }

    List<String> labels() {
        return labels;
    }

    /** What Prometheus calls it. */
    String family() {
        return switch (type) {
            case GAUGE -> id();
            case COUNTER -> id() + "_total";
            case TIMER -> id() + "_seconds";
        };
    }

    /** The meaning without its Markdown. */
    String help() {
        return meaning.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "");
    }

    private @Nullable String baseUnit() {
        return unit == Unit.NONE ? null : Meters.name(unit);
    }

    /** @param values of its labels, in their order */
    Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(checked(Type.COUNTER))
                .description(help())
                .baseUnit(baseUnit())
                .tags(tags(values))
                .register(registry);
    }

    /** A counter that asks when it is read; the registry does not hold what it asks. */
    FunctionCounter counter(MeterRegistry registry, LongSupplier value, String... values) {
        return FunctionCounter.builder(checked(Type.COUNTER), value, LongSupplier::getAsLong)
                .description(help())
                .baseUnit(baseUnit())
                .tags(tags(values))
                .register(registry);
    }

    Timer timer(MeterRegistry registry, String... values) {
        return Timer.builder(checked(Type.TIMER))
                .description(help())
                .tags(tags(values))
                .serviceLevelObjectives(BOUNDS.toArray(Duration[]::new))
                .register(registry);
    }

    /** Asks when it is read; the registry holds what it asks. */
    void gauge(MeterRegistry registry, Supplier<Number> value, String... values) {
        Gauge.builder(checked(Type.GAUGE), value)
                .description(help())
                .baseUnit(baseUnit())
                .tags(tags(values))
                .register(registry);
    }

    private String checked(Type wanted) {
        if (type != wanted) {
            throw new IllegalStateException(this + " is a " + type);
        }
        return id();
    }

    private Tags tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(this + " has the labels " + labels);
        }
        return Tags.of(IntStream.range(0, values.length)
                .mapToObj(n -> Tag.of(labels.get(n), values[n]))
                .toList());
    }
}
