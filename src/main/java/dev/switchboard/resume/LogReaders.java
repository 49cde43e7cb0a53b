package dev.switchboard.resume;

import dev.switchboard.bus.HubMessage.Deliver;
import dev.switchboard.bus.Target;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.Position;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The logs of one namespace that the sockets of one hub have to do with. */
public final class LogReaders implements LogReader.Owner {
    private final Journal journal;
    private final Context context;
    private final String namespace;
    private final long roundMillis;
    private final Consumer<List<Deliver>> receiver;
    private final Consumer<Target> broken;
    private final Map<String, LogReader> readers = new HashMap<>();
    private final ArrayDeque<LogReader> rounds = new ArrayDeque<>();
    private double due;

    /**
     * @param windowMillis how long what is in a log is kept; thrice in that time each is looked at
     * @param receiver takes each event once, in the order of its log, and with it what follows at once
     * @param broken told whose log has lost something
     */
    public LogReaders(
            Journal journal,
            Context context,
            String namespace,
            long windowMillis,
            Consumer<List<Deliver>> receiver,
            Consumer<Target> broken) {
        this.journal = journal;
        this.context = context;
        this.namespace = namespace;
        this.roundMillis = Math.max(1, windowMillis / 3);
        this.receiver = receiver;
        this.broken = broken;
    }

    /**
     * Begins to read a log, once all nodes know that there is somebody.
     *
     * @return where it begins
     */
    public Future<Position> open(Target target, Future<Void> known) {
        LogReader reader = new LogReader(journal, context, namespace, target.log(), this);
        readers.put(target.log(), reader);
        rounds.add(reader);
        known.onComplete(told -> reader.open());
        return reader.opened();
    }

    /** From where a socket that is one of those from now on gets what is emitted. */
    public Future<Position> from(Target target) {
        LogReader reader = readers.get(target.log());
        if (reader == null) {
            return Future.failedFuture("the log is not read");
        }
        return reader.at().map(Future::succeededFuture).orElseGet(reader::opened);
    }

    /** Nobody is left who reads it. */
    public void close(Target target) {
        LogReader reader = readers.remove(target.log());
        if (reader != null) {
            reader.close();
        }
    }

    /** Up to where a log has been read; empty while it opens. */
    public Optional<Position> at(Target target) {
        @Nullable LogReader reader = readers.get(target.log());
        return reader == null ? Optional.empty() : reader.at();
    }

    /** Live events for the same target. */
    public void take(Target target, List<Deliver> events) {
        LogReader reader = readers.get(target.log());
        if (reader != null) {
            reader.take(events);
        }
    }

    /** A node is lost, and with it perhaps events that were on their way. */
    public void check() {
        List.copyOf(readers.values()).forEach(LogReader::check);
    }

    /** Looks at some of the logs, so that all have their turn in time. */
    public void tick(long sinceMillis) {
        due += (double) sinceMillis * rounds.size() / roundMillis;
        for (; due >= 1 && !rounds.isEmpty(); due--) {
            LogReader next = rounds.remove();
            if (readers.get(next.log()) == next) {
                next.check();
                rounds.add(next);
            }
        }
        due = Math.min(due, 1);
    }

    @Override
    public void deliver(List<Deliver> events) {
        receiver.accept(events);
    }

    @Override
    public void broken(LogReader reader) {
        readers.remove(reader.log(), reader);
        broken.accept(Target.ofLog(namespace, reader.log(), Set.of()));
    }
}
