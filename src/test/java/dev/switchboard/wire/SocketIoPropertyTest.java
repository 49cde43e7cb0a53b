package dev.switchboard.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What one side says in Socket.IO the other reads, and whatever comes is read, or ends the connection. */
class SocketIoPropertyTest {
    /** What a client sends is written as a server does, but that it counts from zero. */
    @Property(seed = "1", edgeCases = EdgeCasesMode.NONE)
    void event_ofAnyArguments_isReadAsItWasWritten(
            @ForAll("names") String name,
            @ForAll("values") List<Object> arguments,
            @ForAll @IntRange(max = 1000) int id,
            @ForAll("protocols") int protocol,
            @ForAll("namespaces") String namespace)
            throws PacketException {
        Payload data = switch (arguments.size()) {
            case 0 -> Payload.absent();
            case 1 -> Payload.of(arguments.get(0));
            default -> Payload.arguments(arguments.toArray());
        };
        Frame frame = Objects.requireNonNull(
                new SocketIoCodec(protocol, namespace).encode(new Outbound.Event(name, data, id)));

        SocketIoPackets.Whole whole = Objects.requireNonNull(read(frame, protocol));

        assertThat(whole.packet().namespace()).isEqualTo(namespace);
        assertThat(whole.inbound()).isEqualTo(new Inbound.Event(name, data, id == 0 ? 0 : id + 1));
    }

    private static SocketIoPackets.@Nullable Whole read(Frame frame, int protocol) throws PacketException {
        SocketIoPackets packets = new SocketIoPackets(1 << 20);
        SocketIoPackets.Whole whole = null;
        for (Frame part : frame.parts()) {
            assertThat(whole).isNull();
            byte[] payload = part.payload();
            int typed = part.isBinary() && protocol == 5 ? 0 : 1;
            whole = packets.take(Arrays.copyOfRange(payload, typed, payload.length), part.isBinary());
        }
        return whole;
    }

    @Property(seed = "2", edgeCases = EdgeCasesMode.NONE)
    void payload_withBytesAnywhere_isThatValue(@ForAll("values") List<Object> value) {
        Payload payload = Payload.of(value);

        assertThat(Payload.of(payload.value())).isEqualTo(payload);
        assertThat(payload.json()).isNotEmpty();
        assertThat(payload.size()).isPositive();
    }

    @Property(seed = "3", edgeCases = EdgeCasesMode.NONE)
    void packet_ofAnyText_isReadOrRefused(
            @ForAll("garbage") String text, @ForAll("attachments") List<byte[]> binaries) {
        SocketIoPackets packets = new SocketIoPackets(1_000);
        try {
            SocketIoPackets.Whole whole = packets.take(text.getBytes(UTF_8), false);
            for (byte[] binary : binaries) {
                whole = whole == null ? packets.take(binary, true) : whole;
            }
            if (whole != null) {
                Inbound inbound = whole.inbound();
                if (inbound instanceof Inbound.Event event) {
                    event.data().value();
                }
            }
        } catch (PacketException refused) {
            assertThat(refused.reason().reconnect()).isFalse();
        }
    }

    // ---- what there is

    @Provide
    Arbitrary<Integer> protocols() {
        return Arbitraries.of(4, 5);
    }

    @Provide
    Arbitrary<String> namespaces() {
        return Arbitraries.of("/", "/admin", "/a/b.c-d_e~f");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("ab \"\\,[]{}0/ü\u2028€\0")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(name -> !name.equals("auth"));
    }

    @Provide
    Arbitrary<List<Object>> values() {
        return value(2).list().ofMaxSize(4);
    }

    private static Arbitrary<Object> value(int depth) {
        Arbitrary<Object> plain = Arbitraries.oneOf(
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.of(true, false),
                Arbitraries.strings().withChars("x\"\\ü\u2028 ").ofMaxLength(8),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(5).map(Buffer::buffer));
        return depth == 0
                ? plain
                : Arbitraries.oneOf(
                        plain,
                        value(depth - 1).list().ofMaxSize(3).map(list -> new JsonArray(new ArrayList<>(list))),
                        value(depth - 1).map(one -> Map.of("k", one, "_placeholder", "no")));
    }

    @Provide
    Arbitrary<String> garbage() {
        Arbitrary<String> packets = Arbitraries.of(
                "2[\"a\",1]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":0}]",
                "52-/x,3[\"a\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":-1}]",
                "61-3[{\"_placeholder\":true,\"num\":1e3}]",
                "0/x?a=b,{\"token\":\"t\"}");
        Arbitrary<String> any =
                Arbitraries.strings().withChars("0123456789-/,[]{}\":ab_\\ ").ofMaxLength(30);
        return Arbitraries.oneOf(
                any,
                packets,
                Combinators.combine(packets, any, Arbitraries.integers().between(0, 40))
                        .as((packet, more, at) -> packet.substring(0, Math.min(at, packet.length()))
                                + more
                                + packet.substring(Math.min(at, packet.length()))));
    }

    @Provide
    Arbitrary<List<byte[]>> attachments() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(5).list().ofMaxSize(3);
    }
}
