package dev.switchboard.transport.socketio;

import dev.switchboard.wire.Frame;
import dev.switchboard.wire.PacketException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Several packets of Engine.IO 3 in one body, each after its length (protocol 3, "Payload"): as text, where lengths count
 * characters as JavaScript does and bytes are base64, or as octets, where they count bytes.
 */
final class Payloads3 {
    private static final char BASE64 = 'b';
    private static final int END_OF_LENGTH = 255;
    private static final int MOST_DIGITS = 10;

    private Payloads3() {}

    static List<EnginePacket> read(String body) throws PacketException {
        List<EnginePacket> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            int colon = body.indexOf(':', at);
            int length = colon < 0 ? -1 : number(body.substring(at, colon));
            if (length < 0 || length > body.length() - colon - 1) {
                throw new PacketException("the payload is broken");
            }
            at = colon + 1 + length;
            packets.add(packet(body.substring(colon + 1, at)));
        }
        return some(packets);
    }

    private static List<EnginePacket> some(List<EnginePacket> packets) throws PacketException {
        if (packets.isEmpty()) {
            throw new PacketException("the payload is broken");
        }
        return packets;
    }

    private static EnginePacket packet(String packet) throws PacketException {
        if (packet.isEmpty() || packet.charAt(0) != BASE64) {
            return EnginePacket.text(packet);
        }
        PacketType type = PacketType.of(packet.length() < 2 ? -1 : packet.charAt(1) - '0');
        return new EnginePacket(type, Payloads4.bytes(packet.substring(2)), true);
    }

    private static int number(String digits) {
        boolean good = !digits.isEmpty()
                && digits.length() < MOST_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return good ? Integer.parseInt(digits) : -1;
    }

    static List<EnginePacket> readOctets(Buffer body) throws PacketException {
        List<EnginePacket> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            boolean text = body.getByte(at++) == 0;
            int length = 0;
            int digits = 0;
            while (at < body.length() && body.getUnsignedByte(at) != END_OF_LENGTH) {
                int digit = body.getUnsignedByte(at++);
                if (digit > 9 || ++digits >= MOST_DIGITS) {
                    throw new PacketException("the payload is broken");
                }
                length = length * 10 + digit;
            }
            at++;
            if (length == 0 || at > body.length() || length > body.length() - at) {
                throw new PacketException("the payload is broken");
            }
            byte[] packet = body.getBytes(at, at + length);
            at += length;
            packets.add(
                    text
                            ? EnginePacket.text(new String(packet, StandardCharsets.UTF_8))
                            : new EnginePacket(PacketType.of(packet[0]), Arrays.copyOfRange(packet, 1, length), true));
        }
        return some(packets);
    }

    static String write(List<Frame> packets) {
        StringBuilder body = new StringBuilder();
        for (Frame packet : packets) {
            String text = packet.isBinary() ? base64(packet.payload()) : packet.text();
            body.append(text.length()).append(':').append(text);
        }
        return body.toString();
    }

    private static String base64(byte[] typed) {
        byte[] data = Arrays.copyOfRange(typed, 1, typed.length);
        return BASE64 + "" + typed[0] + Base64.getEncoder().encodeToString(data);
    }

    static Buffer writeOctets(List<Frame> packets) {
        Buffer body = Buffer.buffer();
        for (Frame packet : packets) {
            byte[] bytes = packet.payload();
            body.appendByte((byte) (packet.isBinary() ? 1 : 0));
            Integer.toString(bytes.length).chars().forEach(digit -> body.appendByte((byte) (digit - '0')));
            body.appendByte((byte) END_OF_LENGTH).appendBytes(bytes);
        }
        return body;
    }
}
