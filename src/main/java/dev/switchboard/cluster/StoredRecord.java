package dev.switchboard.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import dev.switchboard.journal.SocketRecord;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** A record as Hazelcast keeps it. */
final class StoredRecord implements DataSerializable {
    private SocketRecord record = new SocketRecord("", 1, 1, "", "", new JsonObject());

    StoredRecord() {}

    StoredRecord(SocketRecord record) {
        this.record = record;
    }

    SocketRecord record() {
        return record;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(JournalCodec.bytes(written -> JournalCodec.write(written, record)));
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        record = JournalCodec.read(in.readByteArray(), JournalCodec::record);
    }
}
