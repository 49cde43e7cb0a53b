package dev.switchboard.transport.websocket;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes each channel that was written to once, after all that this turn of the event loop still has to do: a kernel
 * write costs far more than a frame.
 */
final class Flusher {
    private List<Channel> written = new ArrayList<>();

    /** The channel has something to flush. On its event loop. */
    void flush(Channel channel) {
        if (written.isEmpty()) {
            channel.eventLoop().execute(this::run);
        }
        written.add(channel);
    }

    private void run() {
        List<Channel> all = written;
        written = new ArrayList<>(all.size());
        all.forEach(Channel::flush);
    }
}
