package dev.switchboard.transport.websocket;

import dev.switchboard.wire.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the frames of one connection, at the end of its pipeline: messages go to the listener, pings are answered, and the
 * connection is closed as RFC 6455 section 7 has it. On its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as the end of the channel
final class FrameReader extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(FrameReader.class);
    private static final String TEXT_CHECK = "switchboard-text";
    private static final String DECODER = "switchboard-frames";

    /** How long the peer may take to answer a close frame. */
    private static final long CLOSING_SECONDS = 10;

    private final WebSocketLine line;
    private final int limit;
    private final Optional<Agreement> agreement;
    private WebSocketLine.Listener listener;
    private MessageAssembler assembler;

    private boolean paused;

    /** What had been read when it paused; null when nothing had. */
    private @Nullable Queue<WebSocketFrame> held;

    private boolean draining;

    private boolean deaf;

    /** Whether the peer has said its last word: whatever it sends after its close frame is nothing (RFC 6455 section 5.5.1). */
    private boolean over;

    /** Why the connection ends, as far as the peer has said. */
    private CloseReason end = CloseReason.BROKEN;

    private boolean closing;
    private boolean gone;
    private @Nullable Future<?> closingLimit;

    /** The last ping that came while the peer did not read. */
    private @Nullable PingWebSocketFrame unanswered;

    /**
     * @param limit bytes of the largest message
     * @param agreement whether messages may come compressed, and how
     * @param listener told until there is another
     */
    FrameReader(WebSocketLine line, int limit, Optional<Agreement> agreement, WebSocketLine.Listener listener) {
        this.line = line;
        this.limit = limit;
        this.agreement = agreement;
        this.listener = listener;
        this.assembler = new MessageAssembler(limit, listener);
    }

    /**
     * Tells the listener what comes from now on, and reads more strictly than Vert.x does, whose decoder goes.
     *
     * @param context this handler's
     */
    void serve(ChannelHandlerContext context, WebSocketLine.Listener told) {
        listener = told;
        assembler = new MessageAssembler(limit, told);
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limit)
                .allowExtensions(agreement.isPresent())
                .closeOnProtocolViolation(false)
                .build();
        ChannelPipeline pipeline = context.pipeline();
        String former = pipeline.context(WebSocketFrameDecoder.class).name();
        pipeline.addBefore(context.name(), TEXT_CHECK, new TextCheck());
        pipeline.addBefore(context.name(), DECODER, new WebSocket13FrameDecoder(config));
        pipeline.addBefore(context.name(), "switchboard-rules", new FrameRules(agreement.isPresent()));
        agreement.ifPresent(how ->
                pipeline.addBefore(context.name(), "switchboard-inflation", new Inflation(limit, how.forgetting())));
        // What it holds goes through the others.
        pipeline.remove(former);
    }

    // ---- what comes

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            ReferenceCountUtil.release(message);
        } else if (paused || held != null) {
            hold(frame);
        } else {
            take(context, frame);
        }
    }

    private void hold(WebSocketFrame frame) {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        held.add(frame);
    }

    private void take(ChannelHandlerContext context, WebSocketFrame frame) {
        if (deaf || over) {
            frame.release();
        } else if (frame instanceof CloseWebSocketFrame close) {
            closed(context, close);
        } else if (frame instanceof PingWebSocketFrame ping) {
            pinged(context, ping);
        } else if (frame instanceof PongWebSocketFrame pong) {
            pong.release();
            listener.heard();
        } else {
            assemble(frame);
        }
    }

    private void assemble(WebSocketFrame frame) {
        try {
            assembler.frame(frame);
        } finally {
            frame.release();
        }
    }

    private void pinged(ChannelHandlerContext context, PingWebSocketFrame ping) {
        if (context.channel().isWritable()) {
            line.control(new PongWebSocketFrame(ping.content()));
        } else {
            // Of several pings the last may be answered alone (RFC 6455 section 5.5.3); their answers would pile up.
            forget();
            unanswered = ping;
        }
        listener.heard();
    }

    private void closed(ChannelHandlerContext context, CloseWebSocketFrame close) {
        over = true;
        end = reason(close);
        listener.heard();
        if (closing) {
            close.release();
            context.close();
        } else {
            closing = true;
            context.writeAndFlush(close).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static CloseReason reason(CloseWebSocketFrame close) {
        int code = close.statusCode();
        return code < 0 ? CloseReason.NORMAL : new CloseReason(code, "", true, 0).because(close.reasonText());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            PingWebSocketFrame ping = unanswered;
            if (ping != null) {
                unanswered = null;
                line.control(new PongWebSocketFrame(ping.content()));
            }
            drained();
        }
    }

    /** The line takes messages again. */
    void drained() {
        listener.drained();
    }

    /** What is held was said before, and is heard first. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (closingLimit != null) {
            closingLimit.cancel(false);
        }
        gone = true;
        endIfGone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        CorruptedWebSocketFrameException fault = fault(cause);
        if (fault == null) {
            LOG.debug("WebSocket: {}", cause.getMessage());
            context.close();
        } else if (!deaf && !over) {
            deaf = true;
            context.pipeline().remove(TEXT_CHECK);
            context.pipeline().remove(DECODER);
            listener.violated(reason(fault.closeStatus()));
        }
    }

    /** The decoder throws it inside another. */
    private static @Nullable CorruptedWebSocketFrameException fault(Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException fault) {
            return fault;
        }
        return cause.getCause() instanceof CorruptedWebSocketFrameException fault ? fault : null;
    }

    private static CloseReason reason(WebSocketCloseStatus status) {
        if (status.code() == CloseReason.TOO_BIG.code()) {
            return CloseReason.TOO_BIG;
        }
        return status.code() == CloseReason.INVALID_UTF8.code() ? CloseReason.INVALID_UTF8 : CloseReason.PROTOCOL_ERROR;
    }

    private void forget() {
        if (unanswered != null) {
            unanswered.release();
            unanswered = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        forget();
    }

    // ---- what is done about it

    /** Takes no more; what has been read already is held. */
    void pause(ChannelHandlerContext context) {
        paused = true;
        context.channel().config().setAutoRead(false);
    }

    /** Takes what is held, and reads on; whom it is told to may pause it again. */
    void resume(ChannelHandlerContext context) {
        paused = false;
        if (!draining) {
            draining = true;
            try {
                drain(context);
            } finally {
                draining = false;
            }
        }
        if (!paused) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void drain(ChannelHandlerContext context) {
        while (held != null && !paused) {
            WebSocketFrame frame = held.poll();
            if (frame != null) {
                take(context, frame);
            } else {
                held = null;
                endIfGone();
            }
        }
    }

    private void endIfGone() {
        if (gone && held == null) {
            listener.closed(end);
        }
    }

    /** Ends it at once. */
    void abort(ChannelHandlerContext context) {
        context.close();
        if (held != null) {
            held.forEach(WebSocketFrame::release);
            held = null;
            endIfGone();
        }
    }

    /** Sends a close frame and ends the connection when the peer has answered; it does not read what else comes. */
    void close(ChannelHandlerContext context, CloseReason reason) {
        if (deaf) {
            hangUp(context, reason);
        } else if (!closing) {
            closing = true;
            // It would not see the peer's answer.
            resume(context);
            if (reason.isSendable()) {
                context.writeAndFlush(frame(reason)).addListener(written -> awaitAnswer(context));
            } else {
                context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private void awaitAnswer(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            closingLimit = context.executor().schedule(() -> context.close(), CLOSING_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Says why, and ends only the outward half: closing while the peer still sends would reset the connection, and the
     * peer would not learn the reason. Its answer cannot be read, but its end of the connection can be seen.
     */
    private static void hangUp(ChannelHandlerContext context, CloseReason reason) {
        context.writeAndFlush(frame(reason)).addListener(written -> {
            if (context.channel() instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
    }

    /** Netty has no such frame for some codes that may be sent. */
    private static CloseWebSocketFrame frame(CloseReason reason) {
        ByteBuf content = Unpooled.buffer().writeShort(reason.code());
        ByteBufUtil.writeUtf8(content, reason.text());
        return new CloseWebSocketFrame(true, 0, content);
    }
}
