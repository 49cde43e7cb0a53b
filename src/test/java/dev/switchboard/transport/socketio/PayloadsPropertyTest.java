package dev.switchboard.transport.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.PacketException;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.SocketIoCodec;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Payloads of both revisions are read as they were written, and whatever else comes is refused. */
class PayloadsPropertyTest {
    /** Packets as a client of the other side sees them: type, and what it says. */
    private static List<String> seen(List<EnginePacket> packets) {
        return packets.stream()
                .map(packet -> packet.type()
                        + (packet.isBinary() ? " bytes " : " text ")
                        + new String(packet.data(), packet.isBinary() ? ISO_8859_1 : UTF_8))
                .toList();
    }

    private static List<String> sent(List<Frame> frames, Revision revision) throws PacketException {
        List<EnginePacket> packets = new ArrayList<>();
        for (Frame frame : frames) {
            for (Frame part : frame.parts()) {
                packets.add(part.isBinary() ? revision.binary(part.payload()) : EnginePacket.text(part.payload()));
            }
        }
        return seen(packets);
    }

    private static Frame message(Revision revision, String text, List<byte[]> binaries) {
        Payload data = binaries.isEmpty()
                ? Payload.of(text)
                : Payload.of(binaries.stream().map(Buffer::buffer).toList());
        return Objects.requireNonNull(
                new SocketIoCodec(revision.socketIo(), "/").encode(new Outbound.Event("e", data, 0)));
    }

    @Property(seed = "1", edgeCases = EdgeCasesMode.NONE)
    void payload_ofAnyPackets_isReadAsItWasWritten(
            @ForAll Revision revision,
            @ForAll boolean textOnly,
            @ForAll("texts") List<String> texts,
            @ForAll("binaries") List<byte[]> binaries)
            throws PacketException {
        List<Frame> frames = new ArrayList<>();
        texts.forEach(text -> frames.add(message(revision, text, List.of())));
        frames.add(EnginePacket.frame(PacketType.PONG, "probe"));
        frames.add(message(revision, "", binaries));

        Revision.Payload payload = revision.write(frames, textOnly);

        assertThat(payload.octets()).isEqualTo(revision == Revision.THREE && !textOnly && !binaries.isEmpty());
        assertThat(seen(revision.read(payload.bytes(), payload.octets()))).isEqualTo(sent(frames, revision));
    }

    @Property(seed = "2", edgeCases = EdgeCasesMode.NONE)
    void payload_ofAnyBytes_isReadOrRefused(
            @ForAll Revision revision, @ForAll boolean octets, @ForAll("garbage") byte[] body) {
        try {
            List<EnginePacket> packets = revision.read(Buffer.buffer(body), octets);
            assertThat(packets).isNotEmpty();
            assertThat(packets.stream()
                            .mapToLong(packet -> packet.data().length)
                            .sum())
                    .isLessThanOrEqualTo(3L * body.length);
        } catch (PacketException refused) {
            assertThat(refused.reason().code()).isEqualTo(1002);
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .withChars("ab:\u001e\"\\4ü€\u2028")
                .ofMaxLength(12)
                .map(text -> text + "😀")
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<byte[]>> binaries() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> text = Arbitraries.strings()
                .withChars("0123456789:b=\u001e4[a\"]ü")
                .ofMaxLength(40)
                .map(one -> one.getBytes(UTF_8));
        Arbitrary<byte[]> octets = Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 4, (byte) 9, (byte) 255)
                .list()
                .ofMaxSize(30)
                .map(list -> {
                    byte[] bytes = new byte[list.size()];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = list.get(i);
                    }
                    return bytes;
                });
        return Arbitraries.oneOf(
                text, octets, Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
    }
}
