package dev.switchboard.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.journal.RoomLog;
import java.io.IOException;

/** A log as Hazelcast keeps it: as the object that it is, written out only when it moves to another node. */
final class StoredLog implements DataSerializable {
    private RoomLog log = new RoomLog(1, new LogBounds(1, 1, 1, 1));

    StoredLog() {}

    StoredLog(RoomLog log) {
        this.log = log;
    }

    RoomLog log() {
        return log;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(JournalCodec.bytes(written -> JournalCodec.write(written, log)));
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        log = JournalCodec.read(in.readByteArray(), JournalCodec::log);
    }
}
