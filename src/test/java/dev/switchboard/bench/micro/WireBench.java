package dev.switchboard.bench.micro;

import dev.switchboard.bus.Delivery;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.Payload;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What comes in and what goes out, with 128 bytes of data. */
@State(Scope.Thread)
public class WireBench {
    private final String data = "\"" + "x".repeat(128) + "\"";
    private final byte[] echo = bytes("{\"event\":\"echo\",\"data\":" + data + "}");
    private final byte[] whisper =
            bytes("{\"event\":\"private\",\"data\":{\"to\":\"0123456789abcdef\",\"data\":" + data + "}}");
    private final Payload payload = Payload.ofJson(bytes(data));
    private final Outbound event = new Outbound.Event("echo", payload, 0);
    private final Delivery shared = new Delivery("echo", payload);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Inbound parse() {
        return Codec.EVENTS.decode(echo, false);
    }

    /** And what a handler that looks at one key does. */
    @Benchmark
    public String parseAndLook() {
        return ((Inbound.Event) Codec.EVENTS.decode(whisper, false)).data().string("to");
    }

    @Benchmark
    public Frame encodeEvents() {
        return Codec.EVENTS.encode(event);
    }

    @Benchmark
    public Frame encodeSockJs() {
        return Codec.SOCKJS.encode(event);
    }

    /** What each further receiver costs. */
    @Benchmark
    public ByteBuf encodedBefore() {
        return shared.frame(Codec.EVENTS).webSocketFrame();
    }
}
