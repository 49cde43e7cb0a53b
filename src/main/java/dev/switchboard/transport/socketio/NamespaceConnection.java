package dev.switchboard.transport.socketio;

import dev.switchboard.metrics.Transport;
import dev.switchboard.resume.Former;
import dev.switchboard.resume.Life;
import dev.switchboard.socket.Connection;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.SocketIoCodec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a session is to its socket in one namespace. On the event loop of the session. */
final class NamespaceConnection implements Connection {
    private final String name;
    private final SocketIoCodec codec;
    private final Session session;
    private final Namespaces namespaces;
    private final Return comesBack;
    private final @Nullable Progress progress;
    private @Nullable LiveSocket socket;
    private @Nullable CloseReason over;

    /** @param comesBack whether its client may come back as the socket that it is, and as which it does */
    NamespaceConnection(String name, SocketIoCodec codec, Session session, Namespaces namespaces, Return comesBack) {
        this.name = name;
        this.codec = codec;
        this.session = session;
        this.namespaces = namespaces;
        this.comesBack = comesBack;
        this.progress = comesBack.mayBe() ? new Progress(this::logs) : null;
    }

    private Set<Long> logs() {
        Life life = socket == null ? null : socket.life();
        return life == null ? Set.of() : life.logs();
    }

    /** It has a socket; which may have ended already. */
    void serve(LiveSocket made) {
        socket = made;
        if (over != null) {
            made.disconnected(over);
        }
    }

    /** The client says something. */
    void received(Inbound message) {
        if (over == null && socket != null) {
            socket.received(message);
        }
    }

    /** The session takes more again. */
    void drained() {
        if (socket != null) {
            socket.drained();
        }
    }

    /** It is over, without a word from this side. */
    void end(CloseReason reason) {
        if (over == null) {
            over = reason;
            namespaces.left(name, this);
            if (socket != null) {
                socket.disconnected(reason);
            }
        }
    }

    /** Its client leaves the namespace: it does not come back as this socket. */
    void leave() {
        if (over == null) {
            over = CloseReason.NORMAL;
            namespaces.left(name, this);
            if (socket != null) {
                socket.left();
            }
        }
    }

    // ---- for the socket

    @Override
    public Codec codec() {
        return codec;
    }

    @Override
    public Transport transport() {
        return Transport.SOCKET_IO;
    }

    @Override
    public boolean writable() {
        return session.writable();
    }

    @Override
    public void write(Frame frame) {
        if (over == null) {
            namespaces.write(name, progress == null ? frame : progress.told(frame));
        }
    }

    @Override
    public @Nullable Former former() {
        return comesBack.former();
    }

    @Override
    public void opened(boolean resumed) {
        if (progress != null) {
            progress.begin(resumed ? comesBack.places() : List.of());
        }
    }

    /** Holds back the whole session, whose packets come one after the other. */
    @Override
    public boolean pause() {
        if (over == null) {
            namespaces.pause(this);
        }
        return true;
    }

    @Override
    public void resume() {
        namespaces.resume(this);
    }

    /** The session does that for all its namespaces. */
    @Override
    public boolean ping() {
        return false;
    }

    /** A client comes back by itself when its connection ends, but not when it has to leave a namespace. */
    @Override
    public void close(CloseReason reason) {
        if (over == null) {
            end(reason);
            if (SocketIoCodec.comesBack(reason)) {
                session.close(reason);
            }
        }
    }

    @Override
    public void abort() {
        if (over == null) {
            session.abort();
        }
    }
}
