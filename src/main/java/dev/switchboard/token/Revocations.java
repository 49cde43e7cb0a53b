package dev.switchboard.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The families of page tokens that this node knows to be revoked, each until its last token must be over; then it is
 * forgotten. Thread-safe; each call takes as long as the logarithm of their number, but for {@link #entries()}.
 */
public final class Revocations {
    private final InstantSource clock;
    private final Map<String, Instant> families = new HashMap<>();

    /** The same, the one to be forgotten first on top; a family that was prolonged stands here twice. */
    private final PriorityQueue<Revocation> ends = new PriorityQueue<>(Comparator.comparing(Revocation::until));

    private record Revocation(String family, Instant until) {}

    public Revocations() {
        this(InstantSource.system());
    }

    Revocations(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Revokes a family, or prolongs its revocation; nothing ever shortens one.
     *
     * @param until when the last token of the family has expired
     * @return whether that is news
     */
    public synchronized boolean revoke(String family, Instant until) {
        forget();
        @Nullable Instant known = families.get(family);
        boolean news = until.isAfter(clock.instant()) && (known == null || until.isAfter(known));
        if (news) {
            families.put(family, until);
            ends.add(new Revocation(family, until));
        }
        return news;
    }

    public synchronized boolean isRevoked(String family) {
        @Nullable Instant until = families.get(family);
        return until != null && until.isAfter(clock.instant());
    }

    /** A copy: each revoked family and until when, for a node that joins. */
    public synchronized Map<String, Instant> entries() {
        forget();
        return Map.copyOf(families);
    }

    /** Takes over what another node knows. */
    public void merge(Map<String, Instant> entries) {
        entries.forEach(this::revoke);
    }

    private void forget() {
        Instant now = clock.instant();
        for (@Nullable Revocation first = ends.peek();
                first != null && !first.until.isAfter(now);
                first = ends.peek()) {
            ends.remove();
            families.remove(first.family, first.until);
        }
    }
}
