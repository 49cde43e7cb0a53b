package dev.switchboard.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The journal of a node that has no peers: in its memory, gone with it. For any thread. */
public final class LocalJournal implements Journal {
    private record Key(String namespace, String name) {}

    private record Open(RoomLog log, long used) {}

    private final InstantSource clock;
    private final Map<String, LogBounds> namespaces = new ConcurrentHashMap<>();
    private final Map<Key, Open> logs = new ConcurrentHashMap<>();
    private final Map<Key, SocketRecord> records = new ConcurrentHashMap<>();

    public LocalJournal(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public boolean keeps(String namespace) {
        return !namespaces.isEmpty() && namespaces.containsKey(namespace);
    }

    @Override
    public Future<Void> keep(String namespace, LogBounds bounds) {
        namespaces.put(namespace, bounds);
        return Future.succeededFuture();
    }

    private long now() {
        return clock.millis();
    }

    @Override
    public Future<Placed> append(Context context, String namespace, String log, List<Entry> entries, Position since) {
        Placed[] placed = {Placed.NOWHERE};
        logs.computeIfPresent(new Key(namespace, log), (key, open) -> {
            placed[0] = open.log().append(entries, since, now());
            return new Open(open.log(), now());
        });
        return Future.succeededFuture(placed[0]);
    }

    @Override
    public Future<Position> open(String namespace, String log) {
        Position[] head = new Position[1];
        logs.compute(new Key(namespace, log), (key, known) -> {
            RoomLog opened = known == null ? made(namespace) : known.log();
            opened.trim(now());
            head[0] = opened.head();
            return new Open(opened, now());
        });
        return Future.succeededFuture(head[0]);
    }

    private RoomLog made(String namespace) {
        LogBounds bounds = namespaces.get(namespace);
        if (bounds == null) {
            throw new IllegalStateException("nothing is kept of " + namespace);
        }
        return new RoomLog(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), bounds);
    }

    @Override
    public Future<Optional<List<Kept>>> after(String namespace, String log, Position position) {
        Optional<?>[] found = {Optional.empty()};
        logs.computeIfPresent(new Key(namespace, log), (key, open) -> {
            found[0] = open.log().after(position);
            return open;
        });
        @SuppressWarnings("unchecked")
        Optional<List<Kept>> following = (Optional<List<Kept>>) found[0];
        return Future.succeededFuture(following);
    }

    @Override
    public Future<RecordStep.Answer> record(String namespace, String socket, RecordStep step) {
        RecordStep.Answer[] answer = new RecordStep.Answer[1];
        records.compute(new Key(namespace, socket), (key, record) -> {
            RecordStep.Result result = step.apply(record);
            Optional<SocketRecord> told = step.tells() && result.done()
                    ? Optional.ofNullable(result.record()).map(SocketRecord::copy)
                    : Optional.empty();
            answer[0] = new RecordStep.Answer(result.done(), told);
            return result.kept() ? result.record() : null;
        });
        return Future.succeededFuture(answer[0]);
    }

    /** Forgets logs, too, that nobody has used for long. */
    @Override
    public Future<List<String>> overdue(String namespace, long now) {
        logs.values()
                .removeIf(open -> now - open.used() > 2 * open.log().bounds().windowMillis());
        return Future.succeededFuture(records.entrySet().stream()
                .filter(record -> record.getKey().namespace().equals(namespace))
                .filter(record -> record.getValue().isOverdue(now))
                .map(record -> record.getKey().name())
                .toList());
    }
}
