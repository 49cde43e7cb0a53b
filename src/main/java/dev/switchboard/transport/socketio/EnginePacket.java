package dev.switchboard.transport.socketio;

import dev.switchboard.wire.Frame;
import dev.switchboard.wire.PacketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A packet of Engine.IO as it came (Engine.IO protocol, "Packet encoding"). Immutable. */
final class EnginePacket {
    private static final String PROBE = "probe";

    private final PacketType type;
    private final byte[] data;
    private final boolean binary;

    /** @param data taken as it is: the caller never changes the array */
    EnginePacket(PacketType type, byte[] data, boolean binary) {
        this.type = type;
        this.data = data;
        this.binary = binary;
    }

    /** A packet that is text. */
    static EnginePacket text(byte[] message) throws PacketException {
        PacketType type = PacketType.of(message.length == 0 ? -1 : message[0] - '0');
        return new EnginePacket(type, Arrays.copyOfRange(message, 1, message.length), false);
    }

    static EnginePacket text(String message) throws PacketException {
        return text(message.getBytes(StandardCharsets.UTF_8));
    }

    /** A packet to a client, but a message. */
    static Frame frame(PacketType type, String data) {
        return Frame.text((type.number() + data).getBytes(StandardCharsets.UTF_8));
    }

    PacketType type() {
        return type;
    }

    /** What it says. Shared: not to be changed. */
    byte[] data() {
        return data;
    }

    boolean isBinary() {
        return binary;
    }

    /** Whether it tries out a transport, or the answer to that. */
    boolean isProbe() {
        return new String(data, StandardCharsets.UTF_8).equals(PROBE);
    }

    /** The answer to a ping: what it said. */
    Frame pong() {
        return frame(PacketType.PONG, new String(data, StandardCharsets.UTF_8));
    }
}
