package dev.switchboard.transport.websocket;

import dev.switchboard.limit.Backlog;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Deflation;
import dev.switchboard.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket, whatever is spoken on it. Messages are written to the Netty channel directly, close and ping frames by
 * Vert.x. The channel copies what it cannot send at once, for each receiver: so it gets little ahead of the client, and a
 * large message only lends it its bytes. On the event loop of its hub.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as the end of the channel
public final class WebSocketLine {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketLine.class);

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

    private final ServerWebSocket webSocket;
    private final ChannelHandlerContext channel;

    /** Whence what is ready for the wire leaves: what is between needs not pass it on. */
    private final ChannelHandlerContext out;

    private final Flusher flusher;
    private final Flusher.Mark mark;
    private final int limit;
    private final Optional<Agreement> agreement;
    private final @Nullable Deflation deflation;
    private final Backlog backlog;
    private Runnable drained = () -> {};
    private @Nullable Watch watch;

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
        this.webSocket = webSocket;
        this.channel = ((WebSocketInternal) webSocket).channelHandlerContext();
        this.out = channel.pipeline().context(WebSocketFrameEncoder.class);
        this.flusher = flusher;
        this.mark = new Flusher.Mark(out);
        this.limit = limit;
        this.agreement = agreement;
        this.deflation = agreement.isPresent() ? deflation : null;
        this.backlog = backlog;
        channel.channel().config().setWriteBufferWaterMark(MARK);
    }

    /** From now on the listener is told what comes. */
    public void serve(Listener listener) {
        MessageAssembler assembler = new MessageAssembler(limit, listener);
        webSocket.exceptionHandler(WebSocketLine::ignore);
        webSocket.pongHandler(pong -> listener.heard());
        webSocket.closeHandler(v -> listener.closed(reason()));
        webSocket.frameHandler(frame -> {
            if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
                assembler.frame(frame);
            } else {
                listener.heard();
            }
        });
        watch(listener);
    }

    /** It is being closed already, and nobody is told what comes. */
    void ignore() {
        webSocket.exceptionHandler(WebSocketLine::ignore);
        watch(new Refused(this));
    }

    private static void ignore(Throwable cause) {
        LOG.debug("WebSocket: {}", cause.getMessage());
    }

    /** How the peer has closed it. */
    private CloseReason reason() {
        Short code = webSocket.closeStatusCode();
        if (code == null || code == CloseReason.BROKEN.code()) {
            return CloseReason.BROKEN;
        }
        // 1005 stands for a close frame without a code.
        boolean said = code >= 1000 && code <= 4999 && code != 1005;
        String text = webSocket.closeReason() == null ? "" : webSocket.closeReason();
        return said ? new CloseReason(code, "", true, 0).because(text) : CloseReason.NORMAL;
    }

    /** Reads more strictly than Vert.x does, and tells of what passes Vert.x by. */
    private void watch(Listener listener) {
        drained = listener::drained;
        watch = Watch.install(channel, limit, agreement, listener);
    }

    /** Whether it takes more just now; when it does so again the listener is told. */
    public boolean writable() {
        return !lending && channel.channel().isWritable();
    }

    /** Takes a message; it leaves at the end of this turn of the event loop at the latest. */
    public void write(Frame frame) {
        ByteBuf bytes = deflation == null ? frame.webSocketFrame() : frame.webSocketFrame(deflation);
        // Encryption needs a copy anyway.
        if (bytes.readableBytes() > MARK.high() && !webSocket.isSsl()) {
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
                drained.run();
            }
        });
    }

    /** Stops reading, so that the peer is pushed back. */
    public void pause() {
        webSocket.pause();
    }

    /** Goes on reading. */
    public void resume() {
        webSocket.resume();
    }

    /** Asks the peer whether it is there; its answer is a sign of life. */
    void ping() {
        webSocket.writePing(Buffer.buffer());
    }

    /** Ends it after what was written. */
    public void close(CloseReason reason) {
        if (watch != null && watch.isDeaf()) {
            hangUp(reason);
        } else if (!webSocket.isClosed()) {
            // A paused socket would not see the peer's answer.
            webSocket.resume();
            webSocket.close((short) reason.code(), reason.text());
        }
    }

    /**
     * Says why, and ends only the outward half: closing while the peer still sends would reset the connection, and the
     * peer would not learn the reason. Its answer cannot be read, but its end of the connection can be seen.
     */
    private void hangUp(CloseReason reason) {
        channel.writeAndFlush(new CloseWebSocketFrame(reason.code(), reason.text()))
                .addListener(written -> {
                    if (channel.channel() instanceof DuplexChannel duplex) {
                        duplex.shutdownOutput();
                    }
                });
    }

    /** Ends it at once. */
    public void abort() {
        // From here the close does not pass Vert.x's handler, which would first wait for the peer's close frame.
        channel.close();
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
