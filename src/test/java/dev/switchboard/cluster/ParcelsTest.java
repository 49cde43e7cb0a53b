package dev.switchboard.cluster;

import static dev.switchboard.cluster.ParcelSamples.HALF_PAIR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Target;
import dev.switchboard.token.Revocation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ParcelsTest {
    private static final Revocation REVOCATION =
            new Revocation(Revocation.Kind.USER, "f", Instant.ofEpochSecond(-1, 999_999_999), Instant.EPOCH);

    static Stream<Parcel> parcels() {
        return ParcelSamples.all();
    }

    @Test
    void samples_ofEveryKind_areThere() {
        assertThat(kinds(parcels())).contains(Parcel.class.getPermittedSubclasses());
        Set<Class<?>> sent = kinds(ParcelSamples.messages());
        sent.addAll(Set.of(
                HubMessage.HandlersChanged.class,
                HubMessage.Merged.class,
                HubMessage.NodeLost.class,
                HubMessage.Revoked.class));
        sent.add(HubMessage.Aimed.class);
        assertThat(sent)
                .contains(HubMessage.class.getPermittedSubclasses())
                .contains(HubMessage.Aimed.class.getPermittedSubclasses());
        assertThat(kinds(parcels()
                        .filter(Parcel.Answer.class::isInstance)
                        .flatMap(parcel -> ((Parcel.Answer) parcel).answers().stream())))
                .contains(HubAnswer.class.getPermittedSubclasses());
    }

    private static Set<Class<?>> kinds(Stream<?> samples) {
        return samples.map(Object::getClass).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("parcels")
    void decode_whatWasEncoded_isTheSame(Parcel parcel) {
        Batch batch = new Batch("n1", Long.MAX_VALUE, 0, List.of(parcel, parcel));

        assertSame(Batch.decode(ParcelSamples.encode(batch)), batch);
    }

    @Test
    void decode_parcelsEncodedBefore_areTheSame() {
        List<Parcel> parcels = parcels().toList();
        List<byte[]> encoded = parcels.stream().map(Parcels::encode).toList();

        Batch batch = Batch.decode(Batch.join(HALF_PAIR, -1, 300, encoded));

        assertSame(batch, new Batch(HALF_PAIR, -1, 300, parcels));
    }

    @Test
    void decode_noParcels_isAnEmptyBatch() {
        Batch batch = new Batch("", 0, 0, List.of());

        assertThat(Batch.decode(ParcelSamples.encode(batch))).isEqualTo(batch);
    }

    private static void assertSame(Batch batch, Batch expected) {
        assertThat(comparable(batch)).isEqualTo(comparable(expected));
    }

    /** A delivery is no record: what it has to be equal in stands beside it. */
    private static List<Object> comparable(Batch batch) {
        return Stream.concat(
                        Stream.of(batch.from(), batch.epoch(), batch.sequence()),
                        batch.parcels().stream().map(ParcelsTest::comparable))
                .toList();
    }

    private static Object comparable(Parcel parcel) {
        if (parcel instanceof Parcel.Tell tell && tell.message() instanceof HubMessage.Deliver deliver) {
            return comparable(deliver);
        }
        if (parcel instanceof Parcel.Ask ask && ask.message() instanceof HubMessage.Deliver deliver) {
            return List.of(ask.id(), comparable(deliver));
        }
        return parcel;
    }

    private static List<Object> comparable(HubMessage.Deliver deliver) {
        return List.of(
                deliver.target(),
                deliver.delivery().event(),
                deliver.delivery().data().isBinary(),
                deliver.delivery().data(),
                Optional.ofNullable(deliver.trace()));
    }

    @Test
    void decode_attributes_areTheSameJson() {
        JsonObject object = new JsonObject().put("deep", new JsonArray().add(1).addNull());
        Map<String, Object> attributes =
                new HashMap<>(Map.of("string", "😀", "half", HALF_PAIR, "int", 7, "yes", true));
        attributes.putAll(Map.of("long", 1L << 40, "small", 7L, "double", 0.1, "whole", 2.0, "object", object));
        attributes.putAll(
                Map.of("array", new JsonArray().add("x"), "list", List.of(1, List.of()), "map", Map.of("k", 1)));

        Map<String, Object> seen = attributesAfter(attributes);

        assertThat(new JsonObject(new HashMap<>(seen))).isEqualTo(new JsonObject(attributes));
        assertThat(seen.get("long")).isEqualTo(1L << 40);
        assertThat(seen.get("whole")).isEqualTo(2.0);
        assertThat(seen.get("map")).isEqualTo(new JsonObject().put("k", 1));
        assertThat(seen.get("list")).isEqualTo(new JsonArray().add(1).add(new JsonArray()));
    }

    private static Map<String, Object> attributesAfter(Map<String, Object> attributes) {
        Buffer bytes = ParcelSamples.encode(new Batch("n", 1, 1, List.of(ParcelSamples.withAttributes(attributes))));
        Parcel.Hand hand = (Parcel.Hand) Batch.decode(bytes).parcels().get(0);
        return hand.event().attributes();
    }

    @Test
    void encode_messageOfThisNodeAlone_isRefused() {
        for (HubMessage message : List.of(
                new HubMessage.HandlersChanged(), new HubMessage.NodeLost("n1"), new HubMessage.Revoked(REVOCATION))) {
            assertThatIllegalArgumentException().isThrownBy(() -> Parcels.encode(new Parcel.Tell(message)));
            assertThatIllegalArgumentException().isThrownBy(() -> Parcels.encode(new Parcel.Ask(1, message, null)));
        }
    }

    @Test
    void decode_cutOffAnywhere_isBroken() {
        Buffer whole = ParcelSamples.batch();

        for (int length = 0; length < whole.length(); length++) {
            assertBroken(whole.slice(0, length));
        }
    }

    @Test
    void decode_moreThanABatch_isBroken() {
        assertBroken(ParcelSamples.batch().appendByte((byte) 0));
    }

    @Test
    void decode_otherVersion_isBroken() {
        Buffer other = ParcelSamples.batch().setByte(0, (byte) 1);

        assertThatExceptionOfType(BrokenParcelException.class)
                .isThrownBy(() -> Batch.decode(other))
                .withMessage("version 1 is not understood");
    }

    static Stream<Buffer> impossible() {
        byte[] room = Parcels.encode(new Parcel.Interest(Target.room("/", "r"), true));
        room[1] = 9;
        return Stream.of(
                only(new Out(0).tag(0)),
                only(new Out(0).tag(99)),
                only(new Out(0).tag(6).tag(99)),
                only(new Out(0).tag(8).number(1).number(1).tag(99)),
                only(new Out(0).bytes(room)),
                only(new Out(0).tag(2).text("h").tag(2)),
                only(new Out(0).tag(2).bytes(new byte[] {(byte) 0xC3}).flag(true)),
                only(new Out(0).tag(2).bytes(new byte[] {(byte) 0xFF, 0}).flag(true)),
                only(new Out(0).tag(2).number(Long.MAX_VALUE)),
                only(new Out(0).tag(2).number(-1)),
                only(new Out(0).tag(1).number(Integer.MAX_VALUE)),
                only(new Out(0).tag(5).number(1).text("f").number(0).number(-1)),
                only(new Out(0)
                        .tag(5)
                        .number(1)
                        .text("f")
                        .number(Long.MAX_VALUE)
                        .number(0)),
                only(new Out(0)
                        .tag(6)
                        .tag(4)
                        .target(Target.all("/"))
                        .number(1006)
                        .text("")
                        .flag(true)
                        .number(0)),
                only(new Out(0)
                        .tag(6)
                        .tag(4)
                        .target(Target.all("/"))
                        .number(1L << 40)
                        .text("")
                        .flag(true)
                        .number(0)),
                attribute("null"),
                attribute("{"),
                attribute(""),
                attribute("[".repeat(1_000_000)));
    }

    private static Buffer attribute(String json) {
        return only(new Out(0).tag(6).tag(8).text("s").text("a").flag(true).text(json));
    }

    private static Buffer only(Out parcel) {
        return Batch.join("n", 1, 1, List.of(parcel.toBytes()));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void decode_whatNoNodeSends_isBroken(Buffer bytes) {
        assertBroken(bytes);
    }

    private static void assertBroken(Buffer bytes) {
        assertThatExceptionOfType(BrokenParcelException.class).isThrownBy(() -> Batch.decode(bytes));
    }

    @Test
    void decode_times_keepTheirNanoseconds() {
        Parcel.Revoke revoke = new Parcel.Revoke(1, REVOCATION);

        assertThat(Batch.decode(ParcelSamples.encode(new Batch("n", 1, 1, List.of(revoke))))
                        .parcels())
                .containsExactly(revoke);
    }
}
