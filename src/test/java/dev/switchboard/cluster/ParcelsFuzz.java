package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.fuzz.Fuzz;
import dev.switchboard.fuzz.Garble;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What holds for every message of another node. */
public final class ParcelsFuzz {
    private static final Buffer BATCH = ParcelSamples.batch();

    private ParcelsFuzz() {}

    public static List<Fuzz<?>> all() {
        return List.of(
                new Fuzz<>("parcels, bytes", Garble.of(garble -> Buffer.buffer(garble.bytes(64))), ParcelsFuzz::decode),
                new Fuzz<>("parcels, changed", Garble.of(ParcelsFuzz::changed), ParcelsFuzz::decode));
    }

    private static Buffer changed(Garble garble) {
        Buffer changed = BATCH.copy();
        for (int n = 1 + garble.below(4); n > 0; n--) {
            changed.setByte(garble.below(changed.length()), (byte) garble.below(256));
        }
        return garble.once(5) ? changed.slice(0, garble.below(changed.length())) : changed;
    }

    private static void decode(Buffer bytes) {
        try {
            assertThat(Batch.decode(bytes)).isNotNull();
        } catch (BrokenParcelException refusal) {
            assertThat(refusal.getMessage()).isNotEmpty();
        }
    }
}
