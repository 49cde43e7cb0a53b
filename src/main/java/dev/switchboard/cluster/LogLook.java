package dev.switchboard.cluster;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.Position;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what follows a position of a log; answers null when that cannot be told. Runs at its owner. */
final class LogLook implements EntryProcessor<String, StoredLog, byte @Nullable []>, ReadOnly, DataSerializable {
    private Position after = new Position(0, 0, 0);

    LogLook() {}

    LogLook(Position after) {
        this.after = after;
    }

    @Override
    public byte @Nullable [] process(Map.Entry<String, StoredLog> place) {
        StoredLog stored = place.getValue();
        Optional<List<Kept>> following =
                stored == null ? Optional.empty() : stored.log().after(after);
        return following
                .map(all -> JournalCodec.bytes(out -> out.each(all, JournalCodec::write)))
                .orElse(null);
    }

    @Override
    public @Nullable EntryProcessor<String, StoredLog, byte @Nullable []> getBackupProcessor() {
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(JournalCodec.bytes(written -> JournalCodec.write(written, after)));
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        after = JournalCodec.read(in.readByteArray(), JournalCodec::position);
    }
}
