package dev.switchboard.transport.socketio;

import dev.switchboard.transport.websocket.WebSocketLine;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * A WebSocket that came in on another event loop than that of its session, since any may take a connection. What the
 * session writes in one turn crosses over as one task, and no more is on its way than the WebSocket would take by itself.
 *
 * <p>As a {@link Line} it lives on the session's event loop, as a listener on that of the WebSocket.
 */
final class FarLine implements Line, WebSocketLine.Listener {
    /** Bytes that may be on their way, or wait in the WebSocket for the client. */
    private static final int HIGH_WATER = 32 * 1024;

    private final WebSocketLine webSocket;
    private final Context there;
    private final Session session;

    // On the session's event loop.
    private List<Frame> written = new ArrayList<>();
    private int underway;

    // On the WebSocket's event loop.
    private int undrained;

    /** @param there the WebSocket's event loop, on which this is called */
    FarLine(WebSocketLine webSocket, Context there, Session session) {
        this.webSocket = webSocket;
        this.there = there;
        this.session = session;
        webSocket.serve(this);
    }

    // ---- on the session's event loop

    @Override
    public boolean writable() {
        return underway < HIGH_WATER;
    }

    @Override
    public void write(Frame frame) {
        if (written.isEmpty()) {
            session.later(this::send);
        }
        written.add(frame);
        underway += frame.size();
    }

    private void send() {
        List<Frame> all = written;
        written = new ArrayList<>();
        if (!all.isEmpty()) {
            there.runOnContext(v -> take(all));
        }
    }

    private void left(int bytes) {
        boolean full = !writable();
        underway -= bytes;
        if (full && writable()) {
            session.carrier().drained(this);
        }
    }

    @Override
    public void pause() {
        there.runOnContext(v -> webSocket.pause());
    }

    @Override
    public void resume() {
        there.runOnContext(v -> webSocket.resume());
    }

    @Override
    public void close(CloseReason reason) {
        send();
        there.runOnContext(v -> webSocket.close(reason));
    }

    @Override
    public void abort() {
        there.runOnContext(v -> webSocket.abort());
    }

    // ---- on the WebSocket's event loop

    private void take(List<Frame> frames) {
        frames.forEach(webSocket::write);
        undrained += frames.stream().mapToInt(Frame::size).sum();
        if (webSocket.writable()) {
            drained();
        }
    }

    @Override
    public void drained() {
        int bytes = undrained;
        if (bytes > 0) {
            undrained = 0;
            session.run(() -> left(bytes));
        }
    }

    @Override
    public void message(byte[] message, boolean binary) {
        session.run(() -> session.carrier().message(this, message, binary));
    }

    @Override
    public void heard() {
        // What counts are pings of Engine.IO.
    }

    @Override
    public void violated(CloseReason reason) {
        session.run(() -> session.carrier().violated(this, reason));
    }

    @Override
    public void closed(CloseReason reason) {
        session.run(() -> session.carrier().closed(this, reason));
    }
}
