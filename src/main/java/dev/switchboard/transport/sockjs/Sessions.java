package dev.switchboard.transport.sockjs;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node, found by any event loop, and those of one event loop, looked after by it.
 *
 * @see Session
 */
final class Sessions {
    private final Times times;
    private final LocalMap<String, Session> all;
    private final Set<Session> own = new LinkedHashSet<>();

    Sessions(Vertx vertx, Times times) {
        this.times = times;
        this.all = vertx.sharedData().getLocalMap("switchboard.sockjs.sessions");
        vertx.setPeriodic(times.tick(), t -> List.copyOf(own).forEach(Session::tick));
    }

    Times times() {
        return times;
    }

    @Nullable
    Session find(String name) {
        return all.get(name);
    }

    /** Adds a session of this event loop, if there is none of its name; else returns the other one. */
    @Nullable
    Session add(Session session) {
        Session other = all.putIfAbsent(session.name(), session);
        if (other == null) {
            own.add(session);
        }
        return other;
    }

    void remove(Session session) {
        if (own.remove(session)) {
            all.removeIfPresent(session.name(), session);
        }
    }

    /** Forgets those of this event loop. */
    void clear() {
        List.copyOf(own).forEach(this::remove);
    }

    /** Compares secrets in a time that does not tell where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
