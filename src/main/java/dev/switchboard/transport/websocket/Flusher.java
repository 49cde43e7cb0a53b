package dev.switchboard.transport.websocket;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes each line that was written to once, after all that this turn of the event loop still has to do: a kernel write
 * costs far more than a frame. But where hardly anybody is written to twice in a turn, as in many small rooms, nothing is
 * gained by waiting, and what belongs to a line is out of the processor's caches by then: there only few wait.
 */
final class Flusher {
    private static final int FEW = 64;

    /** Waiting pays when at least one of so many writes is to a line that waits already. */
    private static final int WORTH = 8;

    private static final int RECENT = 4_096;

    /** What it knows of one line. */
    static final class Mark {
        private final ChannelHandlerContext out;
        private long turn = -1;
        private boolean waits;

        /** @param out whence what was written is flushed */
        Mark(ChannelHandlerContext out) {
            this.out = out;
        }
    }

    private List<Mark> waiting = new ArrayList<>();
    private boolean scheduled;
    private long turn;

    /** Writes of late, and those of them to lines that had been written to in the same turn. */
    private int writes;

    private int repeats;

    /** The line has something to flush. On its event loop. */
    void flush(Mark line) {
        if (!scheduled) {
            scheduled = true;
            line.out.executor().execute(this::endOfTurn);
        }
        writes++;
        if (line.turn == turn) {
            repeats++;
        }
        line.turn = turn;
        if (!line.waits) {
            line.waits = true;
            waiting.add(line);
        }
        if (waiting.size() >= FEW && repeats * WORTH < writes) {
            flushAll();
        }
    }

    private void endOfTurn() {
        scheduled = false;
        flushAll();
        turn++;
        if (writes > RECENT) {
            writes /= 2;
            repeats /= 2;
        }
    }

    private void flushAll() {
        List<Mark> all = waiting;
        waiting = new ArrayList<>(all.size());
        for (Mark line : all) {
            line.waits = false;
            line.out.flush();
        }
    }
}
