package dev.switchboard.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * A frame that the channel writes from where it is, piece by piece, as it would a file: a buffer it would copy as a whole
 * first. One for each receiver, on its event loop.
 */
final class LentFrame extends AbstractReferenceCounted implements FileRegion {
    /** The JDK copies each piece into memory of its own, which it keeps for each thread. */
    private static final int PIECE = 256 * 1024;

    private final ByteBuf bytes;
    private int transferred;

    LentFrame(ByteBuf bytes) {
        this.bytes = bytes;
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public long transferred() {
        return transferred;
    }

    @Deprecated
    @Override
    public long transfered() {
        return transferred;
    }

    @Override
    public long count() {
        return bytes.readableBytes();
    }

    @Override
    public long transferTo(WritableByteChannel target, long position) throws IOException {
        int from = Math.toIntExact(position);
        int piece = Math.min(bytes.readableBytes() - from, PIECE);
        int written = target.write(bytes.nioBuffer(bytes.readerIndex() + from, piece));
        transferred += Math.max(0, written);
        return written;
    }

    @Override
    public FileRegion retain() {
        super.retain();
        return this;
    }

    @Override
    public FileRegion retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public FileRegion touch() {
        return this;
    }

    @Override
    public FileRegion touch(Object hint) {
        return this;
    }

    @Override
    protected void deallocate() {}
}
