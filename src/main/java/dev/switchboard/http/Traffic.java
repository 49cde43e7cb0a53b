package dev.switchboard.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Counts what passes one connection: bytes beside the wire, requests behind the decoder. It keeps no clock, and looks at
 * it once for each request. On the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promise tells whoever wrote
final class Traffic extends ChannelDuplexHandler {
    private final ChannelHandlerContext handler;
    private final Runnable gone;
    private final Requests requests = new Requests();
    private long read;
    private long written;
    private int heads;
    private boolean whole = true;
    private long begun;
    private long readBefore;

    private Traffic(ChannelHandlerContext handler, Runnable gone) {
        this.handler = handler;
        this.gone = gone;
    }

    /**
     * Begins to count.
     *
     * @param handler that of Vert.x, the last one
     * @param gone told that the connection has ended
     */
    static Traffic count(ChannelHandlerContext handler, Runnable gone) {
        Traffic traffic = new Traffic(handler, gone);
        handler.pipeline().addFirst("traffic", traffic).addBefore(handler.name(), "requests", traffic.requests);
        return traffic;
    }

    private final class Requests extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                heads++;
                whole = false;
                begin(SlowClients.now());
            }
            if (message instanceof LastHttpContent) {
                whole = true;
            }
            context.fireChannelRead(message);
        }
    }

    private void begin(long now) {
        begun = now;
        readBefore = read;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            read += bytes.readableBytes();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            written += bytes.readableBytes();
        } else if (message instanceof FileRegion file) {
            written += file.count();
        }
        context.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone.run();
        context.fireChannelInactive();
    }

    /** Bytes that came. */
    long read() {
        return read;
    }

    /** How many requests have begun. */
    int heads() {
        return heads;
    }

    /** Whether the request that came last is there as a whole. */
    boolean isWhole() {
        return whole;
    }

    /** Whether the server reads; time in which it does not is not the client's, and does not count. */
    boolean isReading(long now) {
        boolean reading = handler.channel().config().isAutoRead();
        if (!reading) {
            begin(now);
        }
        return reading;
    }

    /** When the body of the last request began. */
    long begun() {
        return begun;
    }

    /** Bytes of the last request's body that came. */
    long body() {
        return read - readBefore;
    }

    /** Whether something waits for the client to take it. */
    boolean isPending() {
        ChannelOutboundBuffer out = handler.channel().unsafe().outboundBuffer();
        return out != null && out.totalPendingWriteBytes() > 0;
    }

    /** Bytes that the client took, give or take what Netty counts for each piece that waits. */
    long taken() {
        ChannelOutboundBuffer out = handler.channel().unsafe().outboundBuffer();
        return out == null ? written : written - out.totalPendingWriteBytes() + out.currentProgress();
    }

    /** Whether it is HTTP no longer. */
    boolean isUpgraded() {
        return handler.pipeline().get("httpDecoder") == null;
    }

    /** Counts no longer. */
    void end() {
        handler.pipeline().remove(this);
        handler.pipeline().remove(requests);
    }

    /** Ends the connection at once: Vert.x would wait until all is written, and a client that does not read takes it never. */
    void cut() {
        handler.pipeline().firstContext().close();
    }
}
