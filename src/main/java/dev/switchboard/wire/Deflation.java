package dev.switchboard.wire;

import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses payloads for WebSockets (RFC 7692 section 7.2.1). None knows anything of those before it, so the result is
 * the same for all receivers. Belongs to one event loop.
 */
public final class Deflation implements AutoCloseable {
    /** What is larger would keep the event loop from everybody else for too long. */
    private static final int LARGEST = 1 << 20;

    /** What every flush ends with; it is not sent. */
    private static final int TAIL = 4;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final int threshold;
    private boolean closed;

    /** @param threshold bytes of the smallest payload that is compressed */
    public Deflation(int threshold) {
        this.threshold = threshold;
    }

    /** What stands in an array from an index on, compressed; null when it is sent better as it is. */
    byte @Nullable [] deflate(byte[] bytes, int from) {
        int length = bytes.length - from;
        if (closed || length < threshold || length > LARGEST) {
            return null;
        }
        byte[] out = new byte[length];
        deflater.setInput(bytes, from, length);
        int size = deflater.deflate(out, 0, length, Deflater.SYNC_FLUSH);
        deflater.reset();
        // A full array may be not all of it.
        return size < length ? Arrays.copyOf(out, size - TAIL) : null;
    }

    /** From here on everything goes as it is. */
    @Override
    public void close() {
        closed = true;
        deflater.end();
    }
}
