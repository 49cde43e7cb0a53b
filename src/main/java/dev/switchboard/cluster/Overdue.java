package dev.switchboard.cluster;

import com.hazelcast.query.Predicate;
import java.io.Serializable;
import java.util.Map;

/** Sockets of one namespace whose clients did not come back in time. */
record Overdue(String prefix, long now) implements Predicate<String, StoredRecord>, Serializable {
    @Override
    public boolean apply(Map.Entry<String, StoredRecord> place) {
        return place.getValue().record().isOverdue(now) && place.getKey().startsWith(prefix);
    }
}
