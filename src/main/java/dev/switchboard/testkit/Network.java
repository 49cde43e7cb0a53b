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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the node and one client, for tests in which it is bad. It disturbs what comes to the client; what the
 * client sends arrives. For any thread.
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
    private final Consumer<Frame> client;

    // ---- guarded by this

    private final List<Frame> held = new ArrayList<>();
    private boolean holding;
    private int losing;
    private long delayMillis;

    private volatile @Nullable MemoryLine line;

    Network(Vertx vertx, Consumer<Frame> client) {
        this.vertx = vertx;
        this.client = client;
    }

    void between(MemoryLine connected) {
        line = connected;
    }

    /** On the event loop of the hub. */
    synchronized void carry(Frame frame) {
        if (losing > 0) {
            losing--;
        } else if (holding) {
            held.add(frame);
        } else if (delayMillis > 0) {
            vertx.timer(delayMillis, TimeUnit.MILLISECONDS).onComplete(t -> client.accept(frame));
        } else {
            client.accept(frame);
        }
    }

    /** From now on what comes waits. */
    public synchronized void hold() {
        holding = true;
    }

    /** What waits comes, in its order, and what follows comes at once again. */
    public synchronized void release() {
        holding = false;
        held.forEach(client);
        held.clear();
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

    /** What comes from now on takes so long, in its order; zero ends it. */
    public synchronized void delay(Duration by) {
        delayMillis = by.toMillis();
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
