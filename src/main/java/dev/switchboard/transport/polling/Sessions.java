package dev.switchboard.transport.polling;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node, found by any event loop, and those of one event loop, looked after by it.
 *
 * @param <S> a session
 */
public final class Sessions<S extends Sessions.Session> {
    /** What is found by its name. */
    public interface Session extends Shareable {
        /** What it is called among the sessions of this node. From any thread. */
        String name();

        /** Looks after time limits; called every now and then. */
        void tick();
    }

    private final Vertx vertx;
    private final LocalMap<String, S> all;

    /** The names of those that are over and that nobody may begin again yet. */
    private final LocalMap<String, Boolean> over;

    private final Set<S> own = new LinkedHashSet<>();

    /**
     * @param map of all sessions of their kind
     * @param tick how often they look at the clock, in milliseconds
     */
    public Sessions(Vertx vertx, LocalMap<String, S> map, long tick) {
        this.vertx = vertx;
        this.all = map;
        this.over = vertx.sharedData().getLocalMap("switchboard.sessions.over");
        vertx.setPeriodic(tick, t -> List.copyOf(own).forEach(Session::tick));
    }

    /** From any thread. */
    public @Nullable S find(String name) {
        return all.get(name);
    }

    /** Adds a session of this event loop, if there is none of its name; else returns the other one. */
    public @Nullable S add(S session) {
        S other = all.putIfAbsent(session.name(), session);
        if (other == null) {
            own.add(session);
        }
        return other;
    }

    /** Forgets one of this event loop. */
    public void remove(S session) {
        if (own.remove(session)) {
            all.removeIfPresent(session.name(), session);
        }
    }

    /**
     * Forgets one of this event loop, but not its name: a request that was long under way, in a node that stood still or
     * on its way to it, does not begin a session in which others of its kind then say what the client has long said again.
     */
    public void end(S session, long millis) {
        if (millis > 0) {
            over.put(session.name(), true);
            vertx.setTimer(millis, t -> over.remove(session.name()));
        }
        remove(session);
    }

    /** Whether a session of this name was there, so that none may begin. From any thread. */
    public boolean isOver(String name) {
        return over.containsKey(name);
    }

    /** Those of this event loop. */
    public List<S> own() {
        return List.copyOf(own);
    }

    /** Forgets those of this event loop. */
    public void clear() {
        own().forEach(this::remove);
    }

    /** Compares secrets in a time that does not tell where they differ. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
