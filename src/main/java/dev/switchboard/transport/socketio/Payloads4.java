package dev.switchboard.transport.socketio;

import dev.switchboard.wire.Frame;
import dev.switchboard.wire.PacketException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Several packets of Engine.IO 4 in one body: separated by a character, bytes as base64 (protocol 4, "HTTP long-polling"). */
final class Payloads4 {
    private static final String SEPARATOR = "\u001e";
    private static final char BASE64 = 'b';

    private Payloads4() {}

    static List<EnginePacket> read(String body) throws PacketException {
        List<EnginePacket> packets = new ArrayList<>();
        for (String packet : body.split(SEPARATOR, -1)) {
            packets.add(
                    !packet.isEmpty() && packet.charAt(0) == BASE64
                            ? new EnginePacket(PacketType.MESSAGE, bytes(packet.substring(1)), true)
                            : EnginePacket.text(packet));
        }
        return packets;
    }

    static byte[] bytes(String base64) throws PacketException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new PacketException("the payload is broken");
        }
    }

    static String write(List<Frame> packets) {
        return packets.stream()
                .map(packet -> packet.isBinary()
                        ? BASE64 + Base64.getEncoder().encodeToString(packet.payload())
                        : packet.text())
                .collect(Collectors.joining(SEPARATOR));
    }
}
