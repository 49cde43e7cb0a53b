package dev.switchboard.transport.memory;

import dev.switchboard.metrics.Transport;
import dev.switchboard.socket.Connection;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Inbound;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The server's end of a connection within the JVM. On the event loop of its hub. */
public final class MemoryConnection implements Connection {
    /** The client's end. */
    public interface Peer {
        /** A message came. */
        void received(Frame frame);

        /** The server asks whether somebody is there; {@link MemoryLine#pong} says so. */
        void pinged();

        /** The server has ended the connection. */
        void closed(CloseReason reason);
    }

    private final Codec codec;
    private final Peer peer;
    private final ArrayDeque<Inbound> waiting = new ArrayDeque<>(0);
    private @Nullable LiveSocket socket;
    private boolean writable = true;
    private boolean paused;
    private boolean over;

    public MemoryConnection(Codec codec, Peer peer) {
        this.codec = codec;
        this.peer = peer;
    }

    /** What comes from the peer is this socket's. */
    void serve(LiveSocket served) {
        socket = served;
    }

    /** The peer sends a message, which waits while the socket does not read. */
    void send(byte[] message, boolean binary) {
        waiting.add(codec.decode(message, binary));
        read();
    }

    private void read() {
        while (socket != null && !paused && !over && !waiting.isEmpty()) {
            socket.received(waiting.remove());
        }
    }

    /** Whether the peer takes what is written; what is not taken waits in the socket's outbox. */
    public void flow(boolean flows) {
        writable = flows;
        if (flows && socket != null) {
            socket.drained();
        }
    }

    /** The peer has ended the connection. */
    void end(CloseReason reason) {
        if (!over) {
            over = true;
            if (socket != null) {
                socket.disconnected(reason);
            }
        }
    }

    /** Counted as what it stands for in a test. */
    @Override
    public Transport transport() {
        return Transport.WEBSOCKET;
    }

    @Override
    public Codec codec() {
        return codec;
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void write(Frame frame) {
        if (!over) {
            peer.received(frame);
        }
    }

    @Override
    public boolean pause() {
        paused = true;
        return true;
    }

    @Override
    public void resume() {
        paused = false;
        read();
    }

    /** The peer gave a sign of life. */
    void heard() {
        if (socket != null && !over) {
            socket.heard();
        }
    }

    @Override
    public boolean ping() {
        peer.pinged();
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        if (!over) {
            peer.closed(reason);
            end(reason);
        }
    }

    @Override
    public void abort() {
        close(CloseReason.BROKEN);
    }
}
