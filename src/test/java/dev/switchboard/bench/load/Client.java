package dev.switchboard.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One WebSocket client, as cheap as can be: it reads frames where they lie and looks only for marks. What bears none is read by
 * the dialect.
 *
 * <pre>
 *   connecting ── 101 ──► upgraded ── open, rooms joined ──► ready ── close, error ──► ended
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as the end of the channel
final class Client extends ByteToMessageDecoder {
    /** Who is told. */
    interface Listener {
        void ready(Client client);

        /**
         * Hears a message.
         *
         * @param at where the letters of its mark begin
         */
        void delivered(Client client, ByteBuf in, int at);

        /** All that had come is read. */
        void read();

        void fault(Client client, String text);
    }

    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int CONTINUED = 0;

    private final int number;
    private final String token;
    private final Dialect dialect;
    private final Plan plan;
    private final Listener listener;
    private ChannelHandlerContext context;
    private String id = "";
    private boolean upgraded;
    private boolean ending;
    private boolean unflushed;
    private int joined;

    /** Where the last mark was found: the next is likely there, too. */
    private int hint;

    Client(int number, String token, Dialect dialect, Plan plan, Listener listener) {
        this.number = number;
        this.token = token;
        this.dialect = dialect;
        this.plan = plan;
        this.listener = listener;
    }

    int number() {
        return number;
    }

    /** The id of its socket, once it is ready. */
    String id() {
        return id;
    }

    Dialect dialect() {
        return dialect;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (ending) {
            ctx.close();
            return;
        }
        InetSocketAddress server = (InetSocketAddress) ctx.channel().remoteAddress();
        write(("GET " + dialect.path(token, number) + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private void write(byte[] bytes) {
        context.writeAndFlush(Unpooled.wrappedBuffer(bytes), context.voidPromise());
    }

    /** Writes without a flush; true the first time since the last one. */
    boolean send(Message message, int slot, int route, int sequence) {
        ByteBuf out = context.alloc().buffer(message.size());
        message.writeTo(out, slot, route, sequence);
        context.write(out, context.voidPromise());
        boolean first = !unflushed;
        unflushed = true;
        return first;
    }

    void flush() {
        unflushed = false;
        context.flush();
    }

    /** Breaks the connection; nothing is told any more. */
    void end() {
        ending = true;
        if (context != null) {
            context.close();
        }
    }

    /** It does not come to a connection. */
    void failed(Throwable cause) {
        fault(cause.toString());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!upgraded && !upgrade(in)) {
            return;
        }
        for (int length = frame(in); length > 0; length = frame(in)) {
            in.skipBytes(length);
        }
    }

    private boolean upgrade(ByteBuf in) {
        String head = in.toString(StandardCharsets.US_ASCII);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            fault(head.substring(0, head.indexOf("\r\n")));
            return false;
        }
        in.skipBytes(end + 4);
        upgraded = true;
        return true;
    }

    /** Takes the frame at the reader's index; its length, or 0 when it is not all there. */
    private int frame(ByteBuf in) {
        int readable = in.readableBytes();
        if (readable < 2) {
            return 0;
        }
        int at = in.readerIndex();
        int length = in.getByte(at + 1) & 0x7F;
        int header = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (readable < header) {
            return 0;
        }
        if (header == 4) {
            length = in.getUnsignedShort(at + 2);
        } else if (header == 10) {
            length = (int) in.getLong(at + 2);
        }
        if (readable < header + length) {
            return 0;
        }
        take(in.getByte(at), in, at + header, length);
        return header + length;
    }

    private void take(int first, ByteBuf in, int from, int length) {
        int opcode = first & 0xF;
        if (first >= 0 || opcode == CONTINUED) {
            fault("a message in fragments");
        } else if (opcode == PING) {
            byte[] payload = new byte[length];
            in.getBytes(from, payload);
            write(Message.frame(Message.PONG, payload));
        } else if (opcode == CLOSE) {
            fault("closed with " + (length < 2 ? "nothing" : String.valueOf(in.getUnsignedShort(from))));
        } else {
            text(in, from, from + length);
        }
    }

    private void text(ByteBuf in, int from, int end) {
        int mark = from + hint < end && in.getByte(from + hint) == Mark.BEGIN
                ? from + hint
                : in.indexOf(from, end, Mark.BEGIN);
        if (mark < 0) {
            said(dialect.read(in.toString(from, end - from, StandardCharsets.UTF_8), token));
            return;
        }
        hint = mark - from;
        while (mark >= 0) {
            listener.delivered(this, in, mark + 1);
            mark = in.indexOf(Math.min(end, mark + Mark.DATA), end, Mark.BEGIN);
        }
    }

    private void said(Dialect.Said said) {
        switch (said.kind()) {
            case OPEN -> {
                id = said.text();
                join();
            }
            case ANSWER -> {
                joined++;
                join();
            }
            case REPLY -> write(Message.text(said.text()));
            case FAULT -> fault(said.text());
            case NOTHING -> {}
        }
    }

    private void join() {
        if (joined < plan.rooms(number)) {
            write(Message.text(dialect.ask(joined + 1, "join", "\"" + plan.room(number, joined) + "\"")));
        } else if (joined == plan.rooms(number)) {
            listener.ready(this);
        }
    }

    private void fault(String text) {
        if (!ending) {
            listener.fault(this, text);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        listener.read();
        super.channelReadComplete(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        fault("the connection ended");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fault(cause.toString());
        ctx.close();
    }
}
