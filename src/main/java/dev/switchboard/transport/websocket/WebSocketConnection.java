package dev.switchboard.transport.websocket;

import dev.switchboard.metrics.Transport;
import dev.switchboard.socket.Connection;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import org.jspecify.annotations.Nullable;

/** A WebSocket on which one dialect is spoken, in whatever framing. */
final class WebSocketConnection implements Connection {
    private final WebSocketLine line;
    private final Framing framing;

    WebSocketConnection(WebSocketLine line, Framing framing) {
        this.line = line;
        this.framing = framing;
    }

    /** Says what the framing says first. */
    void greet() {
        say(framing.greeting());
    }

    private void say(@Nullable Frame frame) {
        if (frame != null) {
            write(frame);
        }
    }

    @Override
    public Codec codec() {
        return framing.codec();
    }

    @Override
    public Transport transport() {
        return framing.transport();
    }

    @Override
    public boolean writable() {
        return line.writable();
    }

    @Override
    public void write(Frame frame) {
        line.write(frame);
    }

    @Override
    public boolean pause() {
        line.pause();
        return true;
    }

    @Override
    public void resume() {
        line.resume();
    }

    @Override
    public boolean ping() {
        say(framing.heartbeat());
        line.ping();
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        say(framing.farewell(reason));
        line.close(reason);
    }

    @Override
    public void abort() {
        line.abort();
    }
}
