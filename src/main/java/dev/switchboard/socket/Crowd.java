package dev.switchboard.socket;

import dev.switchboard.limit.Backlog;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the clients of one event loop, as a part of what waits for all of the node. When the node has no room left,
 * the one who has the most waiting gives way to those who have less: who does not read must not cost who does.
 */
public final class Crowd {
    /** One of them. */
    interface Member {
        /** The bytes that wait for it and that it can be made to give up. */
        long waiting();

        /** Gives some of them up. */
        void giveWay();
    }

    private final Backlog backlog;
    private final Collection<? extends Member> members;

    /** Nobody had more when it was last looked; so that nobody looks again and again in vain. */
    private long most = Long.MAX_VALUE;

    /** @param members as they come and go */
    public Crowd(Backlog backlog, Collection<? extends Member> members) {
        this.backlog = backlog;
        this.members = members;
    }

    /** Called every now and then: others may have more by now. */
    public void tick() {
        most = Long.MAX_VALUE;
    }

    /**
     * Takes bytes that are to wait.
     *
     * @param mine what waits already for the same client
     * @return false, and nothing is taken, when there is no room and nobody who has more waiting
     */
    boolean offer(long bytes, long mine) {
        while (!backlog.offer(bytes)) {
            Member largest = largest(mine + bytes);
            if (largest == null) {
                return false;
            }
            largest.giveWay();
        }
        return true;
    }

    private @Nullable Member largest(long than) {
        if (than >= most) {
            return null;
        }
        Member largest = null;
        most = 0;
        for (Member member : members) {
            long waiting = member.waiting();
            if (waiting > most) {
                most = waiting;
                largest = member;
            }
        }
        return most > than ? largest : null;
    }

    /** Takes what waits already, or, where it is negative, gives back what has left. */
    void add(long bytes) {
        backlog.add(bytes);
    }
}
