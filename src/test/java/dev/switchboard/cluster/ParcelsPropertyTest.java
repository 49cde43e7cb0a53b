package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Target;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ParcelsPropertyTest {
    private static final Buffer BATCH = ParcelSamples.batch();

    @Property(tries = 2000)
    void decode_anyBytes_throwsNothingButItsOwnException(@ForAll byte[] bytes) {
        decode(Buffer.buffer(bytes));
    }

    @Property(tries = 5000)
    void decode_anyParcel_throwsNothingButItsOwnException(
            @ForAll @IntRange(max = 14) int tag, @ForAll @IntRange(max = 12) int below, @ForAll byte[] bytes) {
        byte[] parcel = new Out(0).tag(tag).tag(below).raw(bytes).toBytes();
        decode(Batch.join("n", 1, 1, List.of(parcel)));
    }

    @Property(tries = 5000)
    void decode_batchWithChangedBytes_throwsNothingButItsOwnException(
            @ForAll @Size(max = 4) List<@IntRange(max = 100_000) Integer> places, @ForAll byte value) {
        Buffer changed = BATCH.copy();
        places.forEach(place -> changed.setByte(place % changed.length(), value));
        decode(changed);
    }

    private static void decode(Buffer bytes) {
        try {
            assertThat(Batch.decode(bytes)).isNotNull();
        } catch (BrokenParcelException refusal) {
            assertThat(refusal).hasMessageMatching("(?s).+");
        }
    }

    @Property
    void decode_anyValues_areTheSame(@ForAll String text, @ForAll long id, @ForAll boolean there) {
        Target target = Target.user(text, text);
        Batch batch = new Batch(text, id, id, List.of(new Parcel.Hub(text, there), new Parcel.Interest(target, there)));

        assertThat(Batch.decode(ParcelSamples.encode(batch))).isEqualTo(batch);
    }
}
