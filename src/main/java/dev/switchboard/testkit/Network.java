package dev.switchboard.testkit;

import dev.switchboard.transport.memory.MemoryLine;
import dev.switchboard.wire.Frame;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the node and one client, for tests in which it is bad. All but {@link #cut} disturbs only what comes to
 * the client. A client that comes back has another one, and what was in this one is lost. For any thread.
 *
 * <pre>{@code
 * bob.network().hold();
 * ann.emit("chat", "1").emit("chat", "2");
 * node.settle();
 * bob.network().releaseShuffled(new Random(7));   // or release(), or lose()
 * }</pre>
 *
 * <p>To hold is to let the client wait for what has left the node: to the node it is delivered. To {@link #stall} is to take
 * nothing any more, as a client does that does not read: what is emitted then waits in the socket's outbox, and its overflow
 * policy decides.
 */
public final class Network {
    private final Vertx vertx;
    private final BiConsumer<Network, Frame> client;

    // ---- guarded by this

    private final List<Frame> held = new ArrayList<>();
    private final List<Dialect.Said> unsent = new ArrayList<>();
    private boolean holding;
    private boolean cut;
    private boolean over;
    private int losing;
    private long delayMillis;

    private volatile @Nullable MemoryLine line;

    Network(Vertx vertx, BiConsumer<Network, Frame> client) {
        this.vertx = vertx;
        this.client = client;
    }

    synchronized void between(MemoryLine connected) {
        line = connected;
        sendOn();
    }

    private void sendOn() {
        if (!cut) {
            List<Dialect.Said> waiting = List.copyOf(unsent);
            unsent.clear();
            waiting.forEach(this::send);
        }
    }

    /** To the client. On the event loop of the hub. */
    synchronized void carry(Frame frame) {
        if (over) {
            return;
        }
        if (losing > 0) {
            losing--;
        } else if (holding || cut) {
            held.add(frame);
        } else if (delayMillis > 0) {
            vertx.timer(delayMillis, TimeUnit.MILLISECONDS).onComplete(t -> late(frame));
        } else {
            client.accept(this, frame);
        }
    }

    private synchronized void late(Frame frame) {
        if (!over) {
            client.accept(this, frame);
        }
    }

    /** The client is gone from here: whatever has not reached it is lost. */
    synchronized void end() {
        over = true;
        held.clear();
        unsent.clear();
    }

    /** To the node. */
    synchronized void send(Dialect.Said said) {
        MemoryLine connected = line;
        if (cut || connected == null) {
            unsent.add(said);
        } else {
            connected.send(said.bytes().getBytes(), said.binary());
        }
    }

    /** The node asks whether the client is there. */
    synchronized void pinged() {
        MemoryLine connected = line;
        if (!cut && connected != null) {
            connected.pong();
        }
    }

    /** From now on what comes waits. */
    public synchronized void hold() {
        holding = true;
    }

    /** What waits comes, in its order, and what follows comes at once again. */
    public synchronized void release() {
        holding = false;
        if (!cut) {
            held.forEach(frame -> client.accept(this, frame));
            held.clear();
        }
    }

    /** The same in another order, as over several ways; the same seed gives the same order. */
    public synchronized void releaseShuffled(Random random) {
        Collections.shuffle(held, random);
        release();
    }

    /** What waits is lost, and what follows comes at once again. */
    public synchronized void lose() {
        held.clear();
        release();
    }

    /** The next so many messages are lost. */
    public synchronized void loseNext(int messages) {
        losing = messages;
    }

    /** What comes from now on takes so long, by the node's clock, in its order; zero ends it. */
    public synchronized void delay(Duration by) {
        delayMillis = by.toMillis();
    }

    /**
     * Nothing goes either way any more, and nobody is told, as when a cable is pulled. The node pings the client when it has
     * heard nothing for {@code limits.ping}, and ends its connection as broken when that is not answered within {@code
     * limits.pong}.
     */
    public synchronized void cut() {
        cut = true;
    }

    /** What was sent meanwhile arrives, both ways and in order, unless an end has been made. */
    public synchronized void mend() {
        cut = false;
        if (!holding) {
            release();
        }
        sendOn();
    }

    /** The client takes nothing any more. */
    public void stall() {
        flow(false);
    }

    /** The client reads again. */
    public void flow() {
        flow(true);
    }

    private void flow(boolean flows) {
        MemoryLine connected = line;
        if (connected != null) {
            connected.flow(flows);
        }
    }
}
