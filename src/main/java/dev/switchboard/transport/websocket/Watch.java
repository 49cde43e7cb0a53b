package dev.switchboard.transport.websocket;

import dev.switchboard.wire.CloseReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches the channel of one connection just below Vert.x. On its event loop. */
final class Watch extends ChannelInboundHandlerAdapter {
    private static final String TEXT_CHECK = "switchboard-text";
    private static final String DECODER = "switchboard-frames";

    private final WebSocketLine.Listener listener;
    private boolean deaf;

    /** Whether the peer has said its last word: whatever it sends after its close frame is nothing (RFC 6455 section 5.5.1). */
    private boolean over;

    /** The last ping that came while the peer did not read. */
    private @Nullable PingWebSocketFrame unanswered;

    private Watch(WebSocketLine.Listener listener) {
        this.listener = listener;
    }

    /**
     * Puts stricter handlers into the place of Vert.x's decoder.
     *
     * @param channel where Vert.x takes frames
     * @param limit bytes of the largest message
     * @param agreement whether messages may come compressed, and how
     */
    static Watch install(
            ChannelHandlerContext channel, int limit, Optional<Agreement> agreement, WebSocketLine.Listener listener) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limit)
                .allowExtensions(agreement.isPresent())
                .closeOnProtocolViolation(false)
                .build();
        Watch watch = new Watch(listener);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore(channel.name(), TEXT_CHECK, new TextCheck());
        pipeline.addBefore(channel.name(), DECODER, new WebSocket13FrameDecoder(config));
        pipeline.addBefore(channel.name(), "switchboard-rules", new FrameRules(agreement.isPresent()));
        agreement.ifPresent(how ->
                pipeline.addBefore(channel.name(), "switchboard-inflation", new Inflation(limit, how.forgetting())));
        pipeline.addBefore(channel.name(), "switchboard", watch);
        // What it holds goes through the others.
        pipeline.remove(pipeline.context(WebSocketFrameDecoder.class).name());
        return watch;
    }

    /** Whether nothing can be read any more. */
    boolean isDeaf() {
        return deaf;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (deaf || over) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof CloseWebSocketFrame) {
            over = true;
            context.fireChannelRead(message);
        } else if (message instanceof PingWebSocketFrame ping
                && !context.channel().isWritable()) {
            // Of several pings the last may be answered alone (RFC 6455 section 5.5.3); their answers would pile up.
            forget();
            unanswered = ping;
            listener.heard();
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            PingWebSocketFrame ping = unanswered;
            if (ping != null) {
                unanswered = null;
                context.fireChannelRead(ping);
                context.fireChannelReadComplete();
            }
            listener.drained();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        CorruptedWebSocketFrameException fault = fault(cause);
        if (fault == null) {
            context.fireExceptionCaught(cause);
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
}
