package dev.switchboard.resume;

import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.HubMessage.Deliver;
import dev.switchboard.bus.HubMessage.Stamp;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.Position;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one log for the sockets of one hub: what comes live is put in the order of the log, and what does not come is
 * fetched.
 *
 * <pre>
 *   OPENING ──head known──► READING ──the log is not what it was──► BROKEN
 *              live events:  next ──► delivered
 *                            ahead ──► waits; the hole is fetched after a little while
 *                            behind ──► was delivered already
 * </pre>
 */
final class LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    /** How long an event may be overtaken by later ones. */
    private static final long HOLE_MILLIS = 100;

    private static final long AGAIN_MILLIS = 500;

    /** What comes of it. */
    interface Owner {
        /** The next events of the log. */
        void deliver(List<Deliver> events);

        /** The log has lost what was in it: whoever reads it has to be told. */
        void broken(LogReader reader);
    }

    private final Journal journal;
    private final Context context;
    private final String namespace;
    private final String log;
    private final Owner owner;
    private final Promise<Position> opened = Promise.promise();
    private final TreeMap<Long, Deliver> ahead = new TreeMap<>();
    private @Nullable Position at;
    private boolean closed;
    private boolean fetching;

    LogReader(Journal journal, Context context, String namespace, String log, Owner owner) {
        this.journal = journal;
        this.context = context;
        this.namespace = namespace;
        this.log = log;
        this.owner = owner;
    }

    String log() {
        return log;
    }

    /** The last event that was delivered; empty while it opens. */
    Optional<Position> at() {
        return Optional.ofNullable(at);
    }

    /** Where it begins to read. */
    Future<Position> opened() {
        return opened.future();
    }

    /** Begins behind all that is in the log now. Other nodes know by now that this one reads it. */
    void open() {
        journal.open(namespace, log).onComplete(head -> {
            if (closed) {
                opened.tryFail("closed");
            } else if (head.failed()) {
                LOG.debug("the log {} of {} does not open yet", log, namespace, head.cause());
                later(AGAIN_MILLIS, this::open);
            } else {
                at = head.result();
                ahead.headMap(head.result().offset(), true).clear();
                opened.complete(head.result());
                drain();
            }
        });
    }

    void close() {
        closed = true;
        ahead.clear();
        opened.tryFail("closed");
    }

    /** Live events. */
    void take(List<Deliver> events) {
        events.forEach(this::sort);
        if (at != null) {
            drain();
        }
    }

    private void sort(Deliver event) {
        Stamp stamp = stamp(event);
        Position last = at;
        if (closed) {
            return;
        }
        if (last == null || stamp.position().offset() > last.offset()) {
            ahead.put(stamp.position().offset(), event);
        } else if (stamp.position().log() != last.log()) {
            breaks();
        }
    }

    private static Stamp stamp(Deliver event) {
        return Objects.requireNonNull(event.stamp());
    }

    private void drain() {
        List<Deliver> ready = new ArrayList<>(ahead.size());
        boolean whole = drain(ready);
        if (!ready.isEmpty()) {
            owner.deliver(ready);
        }
        if (!whole) {
            breaks();
        }
    }

    /** Takes what follows; false when the log is not what it was. */
    private boolean drain(List<Deliver> ready) {
        for (Map.Entry<Long, Deliver> first = ahead.firstEntry(); first != null; first = ahead.firstEntry()) {
            Position last = Objects.requireNonNull(at);
            Stamp stamp = stamp(first.getValue());
            boolean follows = first.getKey() == last.offset() + 1;
            if (stamp.position().log() != last.log() || (follows && stamp.before() != last.entry())) {
                return false;
            }
            if (first.getKey() > last.offset() + 1) {
                fetchLater(HOLE_MILLIS);
                return true;
            }
            ahead.pollFirstEntry();
            if (follows) {
                at = stamp.position();
                ready.add(first.getValue());
            }
        }
        return true;
    }

    /** Looks whether the log is what it was, and keeps it: what was missed is fetched. */
    void check() {
        Position before = at;
        if (before == null || closed) {
            return;
        }
        journal.open(namespace, log).onSuccess(head -> {
            boolean other = head.log() != before.log()
                    || head.offset() < before.offset()
                    || (head.offset() == before.offset() && head.entry() != before.entry());
            if (closed) {
                return;
            }
            if (other) {
                breaks();
            } else if (head.offset() > before.offset()) {
                fetchLater(HOLE_MILLIS);
            }
        });
    }

    private void fetchLater(long millis) {
        if (!fetching) {
            fetching = true;
            later(millis, this::fetch);
        }
    }

    private void later(long millis, Runnable task) {
        context.owner().setTimer(millis, t -> {
            if (!closed) {
                task.run();
            }
        });
    }

    private void fetch() {
        journal.after(namespace, log, Objects.requireNonNull(at)).onComplete(read -> {
            fetching = false;
            if (closed) {
                return;
            }
            if (read.failed()) {
                LOG.debug("the log {} of {} cannot be read yet", log, namespace, read.cause());
                fetchLater(AGAIN_MILLIS);
                return;
            }
            read.result().ifPresentOrElse(this::fetched, this::breaks);
        });
    }

    private void fetched(List<Kept> following) {
        for (Kept kept : following) {
            ahead.putIfAbsent(kept.position().offset(), HubMessage.Deliver.of(namespace, log, kept));
        }
        drain();
    }

    private void breaks() {
        if (!closed) {
            LOG.warn("A log of {} is not what it was: those who read it are told", namespace);
            close();
            owner.broken(this);
        }
    }
}
