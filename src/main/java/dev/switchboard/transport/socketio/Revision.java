package dev.switchboard.transport.socketio;

import dev.switchboard.wire.Frame;
import dev.switchboard.wire.PacketException;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A revision of the Engine.IO protocol, as a client names it in {@code EIO}. */
enum Revision {
    /** Clients 1.x and 2.x: they ping. */
    THREE("3", 4),
    /** Clients 3.x and 4.x: the server pings. */
    FOUR("4", 5);

    private final String number;
    private final int socketIo;

    /**
     * What answers a poll.
     *
     * @param octets whether it is no text
     */
    record Payload(Buffer bytes, boolean octets) {}

    Revision(String number, int socketIo) {
        this.number = number;
        this.socketIo = socketIo;
    }

    static Optional<Revision> of(String eio) {
        return Arrays.stream(values()).filter(one -> one.number.equals(eio)).findFirst();
    }

    /** The protocol of Socket.IO that goes with it. */
    int socketIo() {
        return socketIo;
    }

    boolean clientPings() {
        return this == THREE;
    }

    /** A binary message of a WebSocket. */
    EnginePacket binary(byte[] message) throws PacketException {
        if (this == FOUR) {
            return new EnginePacket(PacketType.MESSAGE, message, true);
        }
        PacketType type = PacketType.of(message.length == 0 ? -1 : message[0]);
        return new EnginePacket(type, Arrays.copyOfRange(message, 1, message.length), true);
    }

    /**
     * The packets of a request.
     *
     * @param octets whether the client says that it is no text
     */
    List<EnginePacket> read(Buffer body, boolean octets) throws PacketException {
        if (this == FOUR) {
            if (octets) {
                throw new PacketException("this revision has text only");
            }
            return Payloads4.read(body.toString());
        }
        return octets ? Payloads3.readOctets(body) : Payloads3.read(body.toString());
    }

    /**
     * The packets that answer a poll.
     *
     * @param textOnly whether the client takes nothing but text
     */
    Payload write(List<Frame> frames, boolean textOnly) {
        List<Frame> packets =
                frames.stream().flatMap(frame -> frame.parts().stream()).toList();
        if (this == FOUR) {
            return new Payload(Buffer.buffer(Payloads4.write(packets)), false);
        }
        boolean octets = !textOnly && packets.stream().anyMatch(Frame::isBinary);
        return new Payload(octets ? Payloads3.writeOctets(packets) : Buffer.buffer(Payloads3.write(packets)), octets);
    }
}
