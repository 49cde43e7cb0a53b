package dev.switchboard.transport.websocket;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes each channel that was written to once, after all that this turn of the event loop still has to do: a kernel
 * write costs far more than a frame. When very many wait the first are flushed: what belongs to them is still at hand.
 */
final class Flusher {
    private static final int MOST = 64;

    private List<ChannelHandlerContext> written = new ArrayList<>(MOST);
    private boolean scheduled;

    /** The channel has something to flush. On its event loop. */
    void flush(ChannelHandlerContext channel) {
        if (!scheduled) {
            scheduled = true;
            channel.executor().execute(this::run);
        }
        written.add(channel);
        if (written.size() >= MOST) {
            flushAll();
        }
    }

    private void run() {
        scheduled = false;
        flushAll();
    }

    private void flushAll() {
        List<ChannelHandlerContext> all = written;
        written = new ArrayList<>(MOST);
        all.forEach(ChannelHandlerContext::flush);
    }
}
