package dev.switchboard.socket;

import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Passage.Point;
import dev.switchboard.config.DataSchema;
import dev.switchboard.config.EventSchema;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the events of one socket pass on their way to its {@link Lane}: the packet middleware of the namespace, in order
 * and {@code inFlight} at once, and then the schema of the event. Where the namespace has none of both they pass at once.
 *
 * <pre>
 *   offer ──► waiting ──► middleware ──► schema ──► lane ──► middleware on the way back ──► answered
 * </pre>
 *
 * The events of the socket's own life pass no middleware, and nothing passes beside them.
 */
final class Gate {
    private final Lane lane;
    private final Chain chain;
    private final List<String> middleware;
    private final Map<String, EventSchema> schemas;
    private final int inFlight;
    private final BiConsumer<Lane.Pending, Outcome> answer;
    private final LongSupplier clock;
    private final ArrayDeque<Lane.Pending> waiting = new ArrayDeque<>(0);
    private int running;
    private int bytes;
    private boolean dropping;
    private boolean pumping;

    /**
     * @param answer takes how an event ended, as a lane's owner does
     * @param clock milliseconds since some moment
     */
    Gate(
            Lane lane,
            Chain chain,
            NamespaceConfig namespace,
            BiConsumer<Lane.Pending, Outcome> answer,
            LongSupplier clock) {
        this.lane = lane;
        this.chain = chain;
        this.middleware = namespace.packetMiddleware();
        this.schemas = namespace.schemas();
        this.inFlight = namespace.inFlight();
        this.answer = answer;
        this.clock = clock;
    }

    /** Bytes that wait here and in the lane. */
    int bytes() {
        return bytes + lane.bytes();
    }

    /** Events that wait here and in the lane. */
    int messages() {
        return waiting.size() + lane.messages();
    }

    boolean isIdle() {
        return waiting.isEmpty() && running == 0;
    }

    void offer(Lane.Pending event, long now) {
        if (middleware.isEmpty() || (dropping && event.isLife())) {
            enter(event, now);
        } else {
            waiting.add(event);
            bytes += event.cost();
            pump(now);
        }
    }

    /** Forgets what waits, and returns it; what has set out turns back unless a handler has it already. */
    List<Lane.Pending> drop() {
        dropping = true;
        List<Lane.Pending> dropped = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        return dropped;
    }

    private void pump(long now) {
        // What turns back at once would come here again, ever deeper.
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            pumpAll(now);
        } finally {
            pumping = false;
        }
    }

    private void pumpAll(long now) {
        while (!waiting.isEmpty() && running < inFlight) {
            if (waiting.element().isLife() && running > 0) {
                return;
            }
            Lane.Pending event = waiting.remove();
            bytes -= event.cost();
            setOut(event, now);
        }
    }

    private void setOut(Lane.Pending event, long now) {
        int part = event.isLife() ? inFlight : 1;
        running += part;
        Consumer<Outcome> over = outcome -> {
            running -= part;
            answer.accept(event, outcome);
            pump(clock.getAsLong());
        };
        if (event.isLife()) {
            lane.offer(event.passed(event.event(), event.data(), over), now);
        } else {
            chain.walk(
                    Point.PACKET,
                    middleware,
                    event.event(),
                    event.data(),
                    event.trace(),
                    walk -> inside(event, walk),
                    over);
        }
    }

    private void inside(Lane.Pending event, Chain.Walk walk) {
        if (dropping) {
            walk.back(Outcome.failed(ErrorCode.REFUSED));
        } else {
            enter(event.passed(walk.event(), walk.data(), walk::back), clock.getAsLong());
        }
    }

    private void enter(Lane.Pending event, long now) {
        EventSchema declared = event.isLife() ? null : schemas.get(event.event());
        List<DataSchema.Problem> problems = declared == null
                ? List.of()
                : declared.in()
                        .map(schema -> schema.problems(event.data().value()))
                        .orElse(List.of());
        if (problems.isEmpty()) {
            lane.offer(event, now);
        } else {
            answer.accept(event, Outcome.failed(invalid(problems)));
        }
    }

    private static Failure invalid(List<DataSchema.Problem> problems) {
        DataSchema.Problem first = problems.get(0);
        return ErrorCode.INVALID_DATA
                .failure((first.pointer() + " " + first.message()).strip())
                .with(Payload.of(DataSchema.json(problems)));
    }
}
