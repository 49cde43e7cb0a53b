package dev.switchboard.testkit;

import dev.switchboard.transport.memory.MemoryConnection;
import dev.switchboard.transport.memory.MemoryLine;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One connection of a client, from its beginning to its end. For any thread. */
final class Arrival implements MemoryConnection.Peer {
    private final TestNode node;
    private final Network network;
    private final Consumer<CloseReason> ended;
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final MemoryLine line;

    /**
     * @param again whether the client is about to say that it was here before
     * @param client takes what comes, until it has ended this itself
     * @param ended told once
     */
    Arrival(TestNode node, Visit visit, boolean again, BiConsumer<Network, Frame> client, Consumer<CloseReason> ended) {
        this.node = node;
        this.ended = ended;
        this.network = new Network(node.vertx(), client);
        this.line = node.line(visit, again, this);
        network.between(line);
    }

    TestNode node() {
        return node;
    }

    Network network() {
        return network;
    }

    MemoryLine line() {
        return line;
    }

    CompletableFuture<CloseReason> closed() {
        return closed;
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** The client ends it, and hears nothing more of it. */
    void end(CloseReason reason) {
        line.end(reason);
        lose(reason);
    }

    /** It is over, and nobody tells the node. */
    void lose(CloseReason reason) {
        network.end();
        closed(reason);
    }

    // ---- on the event loop of the hub

    @Override
    public void received(Frame frame) {
        frame.parts().forEach(network::carry);
    }

    @Override
    public void pinged() {
        network.pinged();
    }

    @Override
    public void closed(CloseReason reason) {
        if (closed.complete(reason)) {
            ended.accept(reason);
        }
    }
}
