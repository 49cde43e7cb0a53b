package dev.switchboard.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the protocol, "Packet encoding", and what the protocol leaves to its users. */
class SocketIoCodecTest {
    private static final SocketIoCodec MAIN = new SocketIoCodec(5, "/");
    private static final SocketIoCodec ADMIN = new SocketIoCodec(5, "/admin");
    private static final SocketIoCodec OLD = new SocketIoCodec(4, "/");
    private static final SocketIoCodec OLD_ADMIN = new SocketIoCodec(4, "/admin");

    private static List<String> said(Codec codec, Outbound message) {
        return Objects.requireNonNull(codec.encode(message)).parts().stream()
                .map(part -> part.isBinary() ? new JsonArray(ints(part.payload())).encode() : part.text())
                .toList();
    }

    private static List<Integer> ints(byte[] bytes) {
        return Buffer.buffer(bytes).toString(ISO_8859_1).chars().boxed().toList();
    }

    private static Inbound read(String packet, byte[]... binaries) throws PacketException {
        SocketIoPackets packets = new SocketIoPackets(10_000);
        SocketIoPackets.Whole whole = packets.take(packet.getBytes(UTF_8), false);
        for (byte[] binary : binaries) {
            assertThat(whole).isNull();
            whole = packets.take(binary, true);
        }
        return Objects.requireNonNull(whole).inbound();
    }

    // ---- to the client

    @Test
    void open_isTheIdAlone_whichOlderClientsAreNotTold() {
        Outbound open = new Outbound.Open(new JsonObject().put("id", "abc").put("namespace", "/"));

        assertThat(said(MAIN, open)).containsExactly("40{\"sid\":\"abc\"}");
        assertThat(said(ADMIN, open)).containsExactly("40/admin,{\"sid\":\"abc\"}");
        assertThat(said(OLD, open)).containsExactly("40");
        assertThat(said(OLD_ADMIN, open)).containsExactly("40/admin,");
    }

    @Test
    void event_ofEachKindOfData_isAsManyArguments() {
        assertThat(said(MAIN, new Outbound.Event("foo", Payload.absent(), 0))).containsExactly("42[\"foo\"]");
        assertThat(said(ADMIN, new Outbound.Event("bar", Payload.of("x"), 13)))
                .containsExactly("42/admin,13[\"bar\",\"x\"]");
        assertThat(said(MAIN, new Outbound.Event("list", Payload.of(List.of(1, 2)), 0)))
                .containsExactly("42[\"list\",[1,2]]");
        assertThat(said(MAIN, new Outbound.Event("two", Payload.arguments(1, null, "c"), 0)))
                .containsExactly("42[\"two\",1,null,\"c\"]");
        assertThat(said(MAIN, new Outbound.Event("none", Payload.arguments(), 0)))
                .containsExactly("42[\"none\"]");
    }

    @Test
    void event_withBytes_hasThemBehindIt_inProtocol4WithTheirType() {
        Outbound.Event alone = new Outbound.Event("baz", Payload.of(Buffer.buffer(new byte[] {1, 2})), 0);
        Outbound.Event within = new Outbound.Event(
                "baz", Payload.of(new JsonObject().put("a", Buffer.buffer("x")).put("b", new byte[] {7})), 3);
        String placeholder = "{\"_placeholder\":true,\"num\":0}";

        assertThat(said(MAIN, alone)).containsExactly("451-[\"baz\"," + placeholder + "]", "[1,2]");
        assertThat(said(OLD_ADMIN, alone)).containsExactly("451-/admin,[\"baz\"," + placeholder + "]", "[4,1,2]");
        assertThat(said(MAIN, within))
                .containsExactly(
                        "452-3[\"baz\",{\"a\":" + placeholder + ",\"b\":" + placeholder.replace('0', '1') + "}]",
                        "[120]",
                        "[7]");
        assertThat(Objects.requireNonNull(Codec.EVENTS.encode(within)).text())
                .isEqualTo("{\"event\":\"baz\",\"data\":{\"a\":\"eA\",\"b\":\"Bw\"},\"id\":3}");
    }

    @Test
    void ack_countsFromZero() {
        assertThat(said(MAIN, new Outbound.Ack(1, Payload.absent()))).containsExactly("430[]");
        assertThat(said(ADMIN, new Outbound.Ack(14, Payload.of("bar")))).containsExactly("43/admin,13[\"bar\"]");
        assertThat(said(MAIN, new Outbound.AckFailure(2, ErrorCode.UNKNOWN_EVENT.failure())))
                .containsExactly(
                        "431[{\"error\":" + ErrorCode.UNKNOWN_EVENT.failure().json() + "}]");
    }

    @Test
    void refusal_saysWhy_andADrainingNodeNothing() {
        Failure failure = new Failure("NOT_YOU", "Not authorized", false);

        assertThat(said(MAIN, new Outbound.Refused(CloseReason.INVALID_USER, null)))
                .containsExactly("44{\"message\":\"Invalid user\",\"data\":{\"code\":4001,\"reason\":\"Invalid user\","
                        + "\"reconnect\":false}}");
        assertThat(said(OLD, new Outbound.Refused(CloseReason.INVALID_USER, null)))
                .containsExactly("44\"Invalid user\"");
        assertThat(said(ADMIN, new Outbound.Refused(CloseReason.REFUSED, failure)))
                .containsExactly("44/admin,{\"message\":\"Not authorized\",\"data\":{\"code\":\"NOT_YOU\","
                        + "\"retry\":false}}");
        assertThat(said(MAIN, new Outbound.Refused(CloseReason.REFUSED, failure.with(Payload.of(List.of(1))))))
                .containsExactly("44{\"message\":\"Not authorized\",\"data\":[1]}");
        assertThat(MAIN.encode(new Outbound.Refused(CloseReason.GOING_AWAY, null)))
                .isNull();
    }

    @Test
    void close_leavesTheNamespace_unlessTheClientIsToComeBack() {
        assertThat(said(ADMIN, new Outbound.Close(CloseReason.KICKED)))
                .containsExactly("42/admin,[\"close\"," + CloseReason.KICKED.json() + "]", "41/admin,");
        assertThat(said(MAIN, new Outbound.Close(CloseReason.SLOW_CONSUMER)))
                .containsExactly("42[\"close\"," + CloseReason.SLOW_CONSUMER.json() + "]");
    }

    // ---- from the client

    @Test
    void event_hasItsOnlyArgumentAsData_orTheArrayOfSeveral() throws PacketException {
        assertThat(read("2[\"foo\"]")).isEqualTo(new Inbound.Event("foo", Payload.absent(), 0));
        assertThat(read("2/admin,13[\"foo\", {\"a\": 1} ]"))
                .isEqualTo(new Inbound.Event("foo", Payload.of(new JsonObject().put("a", 1)), 14));
        assertThat(read("20[\"foo\",1,\"b\"]")).isEqualTo(new Inbound.Event("foo", Payload.arguments(1, "b"), 1));
        assertThat(read("2[7,1]")).isEqualTo(new Inbound.Event("7", Payload.of(1), 0));
        assertThat(read("312[]")).isEqualTo(new Inbound.Ack(12, Payload.absent()));
    }

    @Test
    void event_withAttachments_hasThemWhereTheirPlaceholdersAre() throws PacketException {
        byte[] one = {1};
        byte[] two = {2};
        String second = "{\"_placeholder\":true,\"num\":1}";

        assertThat(read("51-[\"a\",{\"_placeholder\":true,\"num\":0}]", one))
                .isEqualTo(new Inbound.Event("a", Payload.ofBinary(one), 0));
        Inbound.Event deep = (Inbound.Event) read("52-7[\"a\",{\"x\":[0," + second + "]}]", one, two);
        assertThat(deep.data().object().getJsonArray("x").getBuffer(1)).isEqualTo(Buffer.buffer(two));
        assertThat(deep.data().size()).isGreaterThan(2);
    }

    @Test
    void event_named_auth_bringsAToken() throws PacketException {
        assertThat(read("24[\"auth\",{\"token\":\"t\"}]")).isEqualTo(new Inbound.Auth("t", 5));
        assertThat(read("2[\"auth\",{\"token\":1}]")).isEqualTo(new Inbound.Auth("", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\ud800"})
    void event_whoseNameIsNone_isBad(String name) throws PacketException {
        assertThat(read("2[\"" + name + "\"]")).isInstanceOf(Inbound.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8",
                "a",
                "2",
                "2{}",
                "2[]",
                "2[\"a\"",
                "2[\"a\"]]",
                "2[\"a\"] 1",
                "2[\"connect\"]",
                "2[null]",
                "3[]",
                "31{}",
                "1[]",
                "5[\"a\"]",
                "5-[\"a\"]",
                "51[\"a\"]",
                "51001-[\"a\"]",
                "299999999999999999[\"a\"]",
            })
    void packet_thatIsNone_endsTheConnection(String packet) {
        assertThatThrownBy(() -> read(packet)).isInstanceOf(PacketException.class);
    }

    @Test
    void connect_mayHaveAnObject_andNothingElse() throws PacketException {
        SocketIoPacket packet = SocketIoPacket.read("0/admin,{\"token\":\"t\"}".getBytes(UTF_8));

        assertThat(packet.namespace()).isEqualTo("/admin");
        assertThat(packet.object().getString("token")).isEqualTo("t");
        assertThat(SocketIoPacket.read("0/admin".getBytes(UTF_8)).object().isEmpty())
                .isTrue();
        for (String bad : List.of("0[]", "0\"a\"", "0{", "0{}{}", "0abc")) {
            assertThatThrownBy(() -> SocketIoPacket.read(bad.getBytes(UTF_8)).object())
                    .isInstanceOf(PacketException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"50,1009", "1000,"})
    void packet_overTheLimit_itsAttachmentsIncluded_isTooBig(int limit, Integer code) throws PacketException {
        SocketIoPackets packets = new SocketIoPackets(limit);
        packets.take("51-[\"a\",{\"_placeholder\":true,\"num\":0}]".getBytes(UTF_8), false);

        if (code == null) {
            assertThat(packets.take(new byte[100], true)).isNotNull();
        } else {
            assertThatThrownBy(() -> packets.take(new byte[100], true))
                    .isInstanceOfSatisfying(
                            PacketException.class,
                            e -> assertThat(e.reason().code()).isEqualTo(code));
        }
    }
}
