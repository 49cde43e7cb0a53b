package dev.switchboard.transport.websocket;

import dev.switchboard.limit.Backlog;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Deflation;
import dev.switchboard.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, whatever is spoken on it. Vert.x has done with it after the handshake, and forgets it: what it keeps of a
 * request and its answer would stay in memory as long as the socket. The channel copies what it cannot send at once, for each
 * receiver: so it gets little ahead of the client, and a large message only lends it its bytes. On the event loop of its hub.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as the end of the channel
public final class WebSocketLine {
    /** Takes what comes, on the line's event loop. */
    public interface Listener {
        /**
         * A message came.
         *
         * @param message valid UTF-8 unless {@code binary}; never changed afterwards
         */
        void message(byte[] message, boolean binary);

        /** The line takes messages again. */
        void drained();

        /** The peer gave a sign of life that is no message. */
        void heard();

        /** What came breaks the rules, and nothing after it is read: the listener ends the line. */
        void violated(CloseReason reason);

        /** The line is no more. */
        void closed(CloseReason reason);
    }

    /** What the channel keeps, in bytes: it takes no more above the second, and takes more again below the first. */
    private static final WriteBufferWaterMark MARK = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private final FrameReader reader;
    private final ChannelHandlerContext channel;

    /** Whence what is ready for the wire leaves: what is between needs not pass it on. */
    private final ChannelHandlerContext out;

    private final Flusher flusher;
    private final Flusher.Mark mark;
    private final @Nullable Deflation deflation;
    private final Backlog backlog;
    private final boolean isSsl;

    /** Whether a large message is on its way. */
    private boolean lending;

    /**
     * @param limit bytes of the largest message of the client
     * @param agreement whether messages may be compressed, and how
     * @param deflation compresses those to the client, where that is agreed
     * @param backlog what waits for all clients of the node
     */
    WebSocketLine(
            ServerWebSocket webSocket,
            Flusher flusher,
            int limit,
            Optional<Agreement> agreement,
            @Nullable Deflation deflation,
            Backlog backlog) {
        ChannelHandlerContext vertx = ((WebSocketInternal) webSocket).channelHandlerContext();
        ChannelPipeline pipeline = vertx.pipeline();
        this.reader = new FrameReader(this, limit, agreement, new Refused(this));
        pipeline.replace(vertx.handler(), "switchboard", reader);
        this.channel = pipeline.context(reader);
        this.out = pipeline.context(WebSocketFrameEncoder.class);
        this.isSsl = pipeline.get(SslHandler.class) != null;
        this.flusher = flusher;
        this.mark = new Flusher.Mark(out);
        this.deflation = agreement.isPresent() ? deflation : null;
        this.backlog = backlog;
        channel.channel().config().setWriteBufferWaterMark(MARK);
    }

    /** From now on the listener is told what comes. */
    public void serve(Listener told) {
        reader.serve(channel, told);
    }

    /** It is being closed already, and nobody is told what comes. */
    void ignore() {
        serve(new Refused(this));
    }

    /** Whether it takes more just now; when it does so again the listener is told. */
    public boolean writable() {
        return !lending && channel.channel().isWritable();
    }

    /** Takes a message; it leaves at the end of this turn of the event loop at the latest. */
    public void write(Frame frame) {
        ByteBuf bytes = deflation == null ? frame.webSocketFrame() : frame.webSocketFrame(deflation);
        // Encryption needs a copy anyway.
        if (bytes.readableBytes() > MARK.high() && !isSsl) {
            lend(bytes);
            return;
        }
        out.write(bytes, out.voidPromise());
        if (channel.channel().isWritable()) {
            flusher.flush(mark);
        } else {
            // Much was written in this turn. Only what the kernel does not take shows that the peer is slow.
            out.flush();
        }
    }

    /** Nothing follows before all of it has left; only control frames do, and they come after it. */
    private void lend(ByteBuf bytes) {
        int size = bytes.readableBytes();
        lending = true;
        backlog.add(size);
        channel.writeAndFlush(new LentFrame(bytes)).addListener(written -> {
            lending = false;
            backlog.add(-size);
            if (written.isSuccess()) {
                reader.drained();
            }
        });
    }

    /** Writes a frame that is no message; as a message, it leaves at the end of this turn of the event loop at the latest. */
    void control(WebSocketFrame frame) {
        channel.write(frame);
        flusher.flush(mark);
    }

    /** Stops reading, so that the peer is pushed back. */
    public void pause() {
        reader.pause(channel);
    }

    /** Goes on reading. */
    public void resume() {
        reader.resume(channel);
    }

    /** Asks the peer whether it is there; its answer is a sign of life. */
    void ping() {
        control(new PingWebSocketFrame());
    }

    /** Ends it after what was written. */
    public void close(CloseReason reason) {
        reader.close(channel, reason);
    }

    /** Ends it at once. */
    public void abort() {
        reader.abort(channel);
    }

    private record Refused(WebSocketLine line) implements Listener {
        @Override
        public void message(byte[] message, boolean binary) {
            // Nobody is there for it.
        }

        @Override
        public void drained() {
            // Nothing waits.
        }

        @Override
        public void heard() {
            // It has a time limit in any case.
        }

        @Override
        public void violated(CloseReason reason) {
            line.abort();
        }

        @Override
        public void closed(CloseReason reason) {
            // Nobody is told.
        }
    }
}
