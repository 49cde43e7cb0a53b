package dev.switchboard.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the logs and the records of all nodes. What one caller appends to one log stands there in the order appended.
 *
 * <p>For any thread; nothing here blocks. Futures complete on the caller's context. Nothing is asked twice by whoever keeps
 * them, but a step that fails may have been done or not.
 */
public interface Journal {
    /** Whether anything is kept of a namespace, here or on any other node. */
    boolean keeps(String namespace);

    /** From now on this much is kept of a namespace. */
    Future<Void> keep(String namespace, LogBounds bounds);

    /**
     * Appends events, unless they are there already.
     *
     * @param context on which the Future completes, unless it is complete at once
     * @param since an entry before which the first of them does not stand, so that it need not be looked for there; {@link
     *     Position#NONE} when there is none, or another place when the log is not what it was
     * @return succeeds when they are kept, on two nodes where there are two; fails with {@code NOT_KEPT}
     */
    Future<Placed> append(Context context, String namespace, String log, List<Entry> entries, Position since);

    /** The last entry of a log; makes one that there is not, and keeps it for a while. Fails with {@code NOT_KEPT}. */
    Future<Position> open(String namespace, String log);

    /** What follows a position; empty when that cannot be told any more. Fails with {@code NOT_KEPT} where nothing is kept now. */
    Future<Optional<List<Kept>>> after(String namespace, String log, Position position);

    /** Does something to the record of a socket. */
    Future<RecordStep.Answer> record(String namespace, String socket, RecordStep step);

    /** The ids of sockets of a namespace whose time is over. */
    Future<List<String>> overdue(String namespace, long now);
}
