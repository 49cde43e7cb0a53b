package dev.switchboard.transport.websocket;

import dev.switchboard.socket.Connection;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One plain WebSocket. Messages are written to the Netty channel directly, close and ping frames by Vert.x. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as the end of the channel
final class WebSocketConnection implements Connection {
    private final ServerWebSocket webSocket;
    private final ChannelHandlerContext channel;
    private final Framing framing;
    private final Flusher flusher;
    private boolean unreadable;

    WebSocketConnection(ServerWebSocket webSocket, Framing framing, Flusher flusher) {
        this.webSocket = webSocket;
        this.channel = ((WebSocketInternal) webSocket).channelHandlerContext();
        this.framing = framing;
        this.flusher = flusher;
    }

    /** Says what the framing says first. */
    void greet() {
        say(framing.greeting());
    }

    private void say(@Nullable Frame frame) {
        if (frame != null) {
            write(frame);
        }
    }

    /**
     * Watches the channel below Vert.x.
     *
     * @param drained the channel takes messages again
     * @param violated what came breaks the protocol, and nothing after it can be read
     */
    void watch(Runnable drained, Consumer<CloseReason> violated) {
        channel.pipeline().addBefore(channel.name(), "switchboard", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelWritabilityChanged(ChannelHandlerContext context) {
                if (context.channel().isWritable()) {
                    drained.run();
                }
                context.fireChannelWritabilityChanged();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                Throwable root =
                        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
                if (root instanceof CorruptedWebSocketFrameException frame) {
                    unreadable = true;
                    boolean tooBig = frame.closeStatus().code() == CloseReason.TOO_BIG.code();
                    violated.accept(tooBig ? CloseReason.TOO_BIG : CloseReason.PROTOCOL_ERROR);
                } else {
                    context.fireExceptionCaught(cause);
                }
            }
        });
    }

    @Override
    public Codec codec() {
        return framing.codec();
    }

    @Override
    public boolean writable() {
        return channel.channel().isWritable();
    }

    @Override
    public void write(Frame frame) {
        channel.write(frame.webSocketFrame(), channel.voidPromise());
        if (channel.channel().isWritable()) {
            flusher.flush(channel.channel());
        } else {
            // Much was written in this turn. Only what the kernel does not take shows that the peer is slow.
            channel.flush();
        }
    }

    @Override
    public boolean pause() {
        webSocket.pause();
        return true;
    }

    @Override
    public void resume() {
        webSocket.resume();
    }

    @Override
    public boolean ping() {
        say(framing.heartbeat());
        webSocket.writePing(Buffer.buffer());
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        say(framing.farewell(reason));
        if (unreadable) {
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

    @Override
    public void abort() {
        // From here the close does not pass Vert.x's handler, which would first wait for the peer's close frame.
        channel.close();
    }
}
