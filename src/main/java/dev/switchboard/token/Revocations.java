package dev.switchboard.token;

import dev.switchboard.token.Revocation.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The page tokens that this node knows to be revoked, by token, log-in and user, each until its last token must be over;
 * then it is forgotten. Thread-safe; each call takes as long as the logarithm of their number, but for {@link #entries()}.
 */
public final class Revocations {
    private final InstantSource clock;
    private final Map<Key, Revocation> known = new HashMap<>();

    /** The same, the one to be forgotten first at the head. */
    private final TreeSet<Revocation> ends = new TreeSet<>(Comparator.comparing(Revocation::until)
            .thenComparing(Revocation::kind)
            .thenComparing(Revocation::name));

    private record Key(Kind kind, String name) {}

    public Revocations() {
        this(InstantSource.system());
    }

    /** @param clock by which they are over */
    public Revocations(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Revokes, or makes a revocation larger or longer; nothing ever makes one smaller or shorter.
     *
     * @return whether that is news
     */
    public synchronized boolean revoke(Revocation revocation) {
        forget();
        if (!revocation.until().isAfter(clock.instant())) {
            return false;
        }
        Key key = new Key(revocation.kind(), revocation.name());
        @Nullable Revocation before = known.get(key);
        Revocation now = before == null ? revocation : before.with(revocation);
        if (now.equals(before)) {
            return false;
        }
        if (before != null) {
            ends.remove(before);
        }
        known.put(key, now);
        ends.add(now);
        return true;
    }

    public synchronized boolean isRevoked(PageToken token) {
        return covers(Kind.TOKEN, token.id(), token)
                || covers(Kind.LOGIN, token.family(), token)
                || covers(Kind.USER, token.user().id(), token);
    }

    private boolean covers(Kind kind, String name, PageToken token) {
        @Nullable Revocation revocation = find(kind, name);
        return revocation != null && revocation.covers(token);
    }

    private @Nullable Revocation find(Kind kind, String name) {
        @Nullable Revocation revocation = known.get(new Key(kind, name));
        return revocation != null && revocation.until().isAfter(clock.instant()) ? revocation : null;
    }

    /** When a log-in of this user begins, in whole seconds: now, or later if what was revoked would cover it. */
    synchronized Instant nextLogin(String user, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        @Nullable Revocation revocation = find(Kind.USER, user);
        return revocation == null || second.isAfter(revocation.upTo())
                ? second
                : revocation.upTo().plusSeconds(1);
    }

    /** A copy, for a node that joins. */
    public synchronized List<Revocation> entries() {
        forget();
        return List.copyOf(known.values());
    }

    private void forget() {
        Instant now = clock.instant();
        while (!ends.isEmpty() && !ends.first().until().isAfter(now)) {
            Revocation over = ends.first();
            ends.remove(over);
            known.remove(new Key(over.kind(), over.name()));
        }
    }
}
