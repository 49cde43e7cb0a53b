package dev.switchboard.socket;

import dev.switchboard.bus.Delivery;
import dev.switchboard.config.Limits;
import dev.switchboard.config.Overflow;
import dev.switchboard.config.Overflows;
import dev.switchboard.metrics.Meters;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one client, bounded in bytes and messages, and together with what waits for all others. For
 * events the namespace says what gives way. What is no event is never dropped, and makes room as far as events may be.
 */
final class Outbox {
    private final Connection connection;
    private final Limits limits;
    private final Overflows overflows;
    private final Crowd crowd;
    private final Meters meters;
    private final Waiting waiting = new Waiting();

    private boolean holding;

    /** What is allowed beside the limits until all is written. */
    private long spareBytes;

    private int spareMessages;
    private @Nullable CloseReason closing;

    Outbox(Connection connection, Limits limits, Overflows overflows, Crowd crowd, Meters meters) {
        this.connection = connection;
        this.limits = limits;
        this.overflows = overflows;
        this.crowd = crowd;
        this.meters = meters;
    }

    /** Takes a message that must not be dropped; false when it does not fit and the socket is to end. */
    boolean send(Frame frame) {
        if (connection.writable() && (holding || waiting.isEmpty())) {
            connection.write(frame);
            return true;
        }
        return squeeze(frame, null, null);
    }

    /** Takes an event; false when it does not fit and the socket is to end. */
    boolean send(Frame frame, Delivery event) {
        if (connection.writable() && (holding || waiting.isEmpty())) {
            connection.write(frame);
            return true;
        }
        return keep(frame, event);
    }

    /** Keeps an event for later; false when it does not fit and the socket is to end. */
    boolean hold(Frame frame, Delivery event) {
        holding = true;
        return keep(frame, event);
    }

    private boolean keep(Frame frame, Delivery event) {
        Overflow overflow = overflows.of(event.event());
        Overflow.Policy policy = overflow.policy();
        return switch (policy) {
            case CLOSE -> squeeze(frame, policy, null);
            case DROP_OLDEST -> squeeze(frame, policy, null) || drop(policy);
            case DROP_NEWEST -> add(frame, policy, null) || drop(policy);
            case LATEST -> replace(frame, event.key(overflow.key()));
        };
    }

    private boolean drop(Overflow.Policy policy) {
        meters.overflowed(policy);
        return true;
    }

    /** In the place of the message of its key, if there is one. */
    private boolean replace(Frame frame, String key) {
        Frame former = waiting.find(key);
        if (former == null) {
            return squeeze(frame, Overflow.Policy.LATEST, key);
        }
        int more = frame.size() - former.size();
        while (waiting.bytes() + more > limits.outbox() || !crowd.offer(more, waiting.cost())) {
            if (!dropOldest()) {
                return false;
            }
        }
        waiting.replace(key, frame);
        return drop(Overflow.Policy.LATEST);
    }

    /** Drops the oldest of what may be dropped until a message fits; false when it does not even then. */
    private boolean squeeze(Frame frame, Overflow.@Nullable Policy policy, @Nullable String key) {
        if (frame.size() > limits.outbox()) {
            return false;
        }
        while (!add(frame, policy, key)) {
            if (!dropOldest()) {
                return false;
            }
        }
        return true;
    }

    private boolean dropOldest() {
        Frame oldest = waiting.removeOldest();
        if (oldest != null) {
            crowd.add(-Waiting.cost(oldest));
            meters.overflowed(Overflow.Policy.DROP_OLDEST);
        }
        return oldest != null;
    }

    private boolean add(Frame frame, Overflow.@Nullable Policy policy, @Nullable String key) {
        boolean fits = waiting.bytes() + frame.size() <= limits.outbox() + spareBytes
                && waiting.messages() < limits.outboxMessages() + spareMessages
                && crowd.offer(Waiting.cost(frame), waiting.cost());
        if (fits) {
            waiting.add(frame, policy, key);
        }
        return fits;
    }

    /** What it can be made to give up when others have no room. */
    long yields() {
        return waiting.endsSocket() ? waiting.cost() : waiting.droppable();
    }

    /** Gives up what may be dropped, if that is something; false when the socket is to end instead. */
    boolean giveWay() {
        boolean gives = waiting.droppable() > 0;
        while (dropOldest()) {
            // All of it: who is asked has more than any other.
        }
        return gives;
    }

    /** How many messages wait. */
    int messages() {
        return waiting.messages();
    }

    /** Whether something is held. */
    boolean isHolding() {
        return holding;
    }

    /** Writes what was held, after these, which may take room beside what is allowed. */
    void release(List<Frame> first) {
        holding = false;
        for (int n = first.size() - 1; n >= 0; n--) {
            Frame frame = first.get(n);
            waiting.addFirst(frame);
            crowd.add(Waiting.cost(frame));
            spareBytes += frame.size();
            spareMessages++;
        }
        drain();
    }

    /** Takes a message if it can leave at once; else it does not. */
    boolean offer(Frame frame) {
        boolean leaves = waiting.isEmpty() && connection.writable();
        if (leaves) {
            connection.write(frame);
        }
        return leaves;
    }

    /** Writes what the connection takes now. */
    void drain() {
        // A write may make the connection call back, and this method run within itself.
        while (!holding && connection.writable()) {
            Frame frame = waiting.remove();
            if (frame == null) {
                spareBytes = 0;
                spareMessages = 0;
                break;
            }
            crowd.add(-Waiting.cost(frame));
            connection.write(frame);
        }
        CloseReason end = closing;
        if (end != null && waiting.isEmpty()) {
            closing = null;
            connection.close(end);
        }
    }

    /** Closes the connection after all that waits and this farewell. */
    void close(@Nullable Frame farewell, CloseReason reason) {
        if (farewell != null) {
            waiting.add(farewell, null, null);
            crowd.add(Waiting.cost(farewell));
        }
        closing = reason;
        drain();
    }

    /** Drops what waits, or is held. */
    void clear() {
        holding = false;
        crowd.add(-waiting.cost());
        waiting.clear();
    }
}
