package dev.switchboard.bench.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;

/** Plain Netty: its own handlers and JSON. With {@code joined} what is written in one turn is flushed together. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as the end of the channel
public final class NettyPeer extends ChannelInitializer<Channel> {
    private static final int LARGEST_HEAD = 65_536;
    private static final int MOST_WRITES = 256;

    private final boolean joined;
    private final PlainEvents<Channel> events = new PlainEvents<>(new Frames());

    private NettyPeer(boolean joined) {
        this.joined = joined;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new NettyPeer(List.of(arguments).contains("joined")))
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        System.out.println("Netty is at http://localhost:" + ((InetSocketAddress) server.localAddress()).getPort());
    }

    @Override
    protected void initChannel(Channel channel) {
        if (joined) {
            channel.pipeline().addLast(new FlushConsolidationHandler(MOST_WRITES, true));
        }
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(LARGEST_HEAD))
                .addLast(new WebSocketServerProtocolHandler("/ws", true))
                .addLast(new Socket(events));
    }

    private static final class Socket extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        private final PlainEvents<Channel> events;

        Socket(PlainEvents<Channel> events) {
            this.events = events;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete shaken) {
                String uri = shaken.requestUri();
                if (!events.open(ctx.channel(), uri.substring(uri.indexOf("token=") + "token=".length()))) {
                    ctx.close();
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
            events.message(ctx.channel(), frame.text());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            events.close(ctx.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** The bytes of a text are made once, and shared by all who get it. */
    private static final class Frames implements PlainEvents.Writer<Channel> {
        @Override
        public void write(Channel channel, String text) {
            channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
        }

        @Override
        public void writeAll(Collection<Channel> channels, String text) {
            ByteBuf bytes = ByteBufUtil.writeUtf8(PooledByteBufAllocator.DEFAULT, text);
            channels.forEach(channel ->
                    channel.writeAndFlush(new TextWebSocketFrame(bytes.retainedDuplicate()), channel.voidPromise()));
            bytes.release();
        }
    }
}
