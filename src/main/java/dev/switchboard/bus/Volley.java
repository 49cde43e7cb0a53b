package dev.switchboard.bus;

import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events for the same clients that leave one after the other. For who takes them at once they are joined, at most once per
 * dialect, so that a client costs one write and not one for each event. For one thread.
 */
public final class Volley {
    /** More is not joined: it may be too much for a client that would have taken a part of it. */
    private static final int MOST_BYTES = 16 * 1024;

    private final List<Delivery> events;
    private final @Nullable Frame[] joined = new Frame[Codec.COUNT];
    private final boolean[] made = new boolean[Codec.COUNT];

    public Volley(List<Delivery> events) {
        this.events = events;
    }

    /** In the order in which they leave. */
    public List<Delivery> events() {
        return events;
    }

    /** All of them in this dialect; null when they are too large together, or there is nothing that the dialect can say. */
    public @Nullable Frame frame(Codec codec) {
        int number = codec.number();
        if (!made[number]) {
            made[number] = true;
            joined[number] = join(codec);
        }
        return joined[number];
    }

    private @Nullable Frame join(Codec codec) {
        List<Frame> frames = new ArrayList<>(events.size());
        int size = 0;
        for (Delivery event : events) {
            Frame frame = event.frame(codec);
            if (frame != null) {
                size += frame.size();
                frames.add(frame);
            }
        }
        return frames.isEmpty() || size > MOST_BYTES ? null : Frame.all(frames);
    }
}
