package dev.switchboard.transport.socketio;

import dev.switchboard.wire.PacketException;
import java.util.List;

/** The types of Engine.IO's packets (protocol, "Packet types"). */
enum PacketType {
    OPEN(0),
    CLOSE(1),
    PING(2),
    PONG(3),
    MESSAGE(4),
    UPGRADE(5),
    NOOP(6);

    private static final List<PacketType> ALL = List.of(values());

    private final int number;

    PacketType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static PacketType of(int number) throws PacketException {
        if (number < 0 || number >= ALL.size()) {
            throw new PacketException("there is no such type");
        }
        return ALL.get(number);
    }
}
