package dev.switchboard.hub;

import dev.switchboard.metrics.Transport;
import dev.switchboard.socket.Connection;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;

/** What a socket has whose client did not come back. */
final class NoConnection implements Connection {
    @Override
    public Codec codec() {
        return Codec.EVENTS;
    }

    /** It never opens, and so is never counted. */
    @Override
    public Transport transport() {
        throw new IllegalStateException("there is no connection");
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void write(Frame frame) {}

    @Override
    public boolean pause() {
        return false;
    }

    @Override
    public void resume() {}

    @Override
    public boolean ping() {
        return false;
    }

    @Override
    public void close(CloseReason reason) {}

    @Override
    public void abort() {}
}
