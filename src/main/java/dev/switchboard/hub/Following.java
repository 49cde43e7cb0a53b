package dev.switchboard.hub;

import dev.switchboard.config.FollowConfig;
import dev.switchboard.socket.Tap;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One admin who follows one socket: what passed since he last asked, as far as it fits. Beyond so many messages a second,
 * or so many that wait, they are counted only. Lives on the event loop of the socket's hub.
 */
final class Following implements Tap.Listener {
    private static final int MOST_PER_SECOND = 200;
    private static final int MOST_WAITING = 500;
    private static final int MOST_BYTES = 256 * 1024;

    /** Of so many events the names are remembered, for their answers. */
    private static final int MOST_NAMES = 100;

    private final Sight sight;
    private final long until;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();

    /** The events that are to be answered, by their ids: of the client positive, ours negative. */
    private final Map<Long, String> names = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > MOST_NAMES;
        }
    };

    private @Nullable Tap tap;
    private long asked;
    private int bytes;
    private long second;
    private int inSecond;
    private long dropped;

    /** @param now in milliseconds of whatever clock */
    Following(FollowConfig rule, long now) {
        this.sight = new Sight(rule);
        this.until = now + rule.limit().toMillis();
        this.asked = now;
    }

    /** Whether it has lasted as long as it may. */
    boolean isOver(long now) {
        return now >= until;
    }

    /** How long nobody has asked. */
    long silence(long now) {
        return now - asked;
    }

    /** Listens here from now on, and nowhere else: a client that came back has another socket. */
    void listen(@Nullable Tap here) {
        if (here != tap) {
            end();
            if (here != null) {
                here.add(this);
            }
            tap = here;
        }
    }

    void end() {
        if (tap != null) {
            tap.remove(this);
            tap = null;
        }
    }

    /** What passed since the last time. */
    JsonObject take(long now) {
        asked = now;
        JsonArray seen = new JsonArray();
        waiting.forEach(one -> seen.add(new JsonObject(one)));
        waiting.clear();
        bytes = 0;
        return new JsonObject().put("seen", seen).put("dropped", dropped).put("left", Math.max(0, until - now));
    }

    // ---- what passes

    @Override
    public void in(Inbound message) {
        boolean isPulse = message instanceof Inbound.Ping || message instanceof Inbound.Pong;
        if (!isPulse && mayShow()) {
            add(seen(message));
        }
    }

    private JsonObject seen(Inbound message) {
        if (message instanceof Inbound.Event event) {
            remember(event.id(), event.name());
            return sight.of(true, "event", event.name(), event.id(), event.data());
        }
        if (message instanceof Inbound.Ack ack) {
            return sight.of(true, "ack", name(-ack.id()), ack.id(), ack.data());
        }
        if (message instanceof Inbound.AckFailure ack) {
            return sight.of(true, "failure", name(-ack.id()), ack.id(), ack.failure());
        }
        return Sight.of(true, message instanceof Inbound.Auth ? "auth" : "not understood", "");
    }

    @Override
    public void out(Outbound message) {
        if (!(message instanceof Outbound.Pong) && mayShow()) {
            add(seen(message));
        }
    }

    private JsonObject seen(Outbound message) {
        if (message instanceof Outbound.Event event) {
            remember(-event.id(), event.name());
            return sight.of(false, "event", event.name(), event.id(), event.data());
        }
        if (message instanceof Outbound.Ack ack) {
            return sight.of(false, "ack", name(ack.id()), ack.id(), ack.data());
        }
        if (message instanceof Outbound.AckFailure ack) {
            return sight.of(false, "failure", name(ack.id()), ack.id(), ack.failure());
        }
        if (message instanceof Outbound.Failed failed) {
            return sight.of(false, "failure", failed.event(), 0, failed.failure());
        }
        if (message instanceof Outbound.Close close) {
            return Sight.of(false, "close", "").put("code", close.reason().code());
        }
        return Sight.of(false, message instanceof Outbound.Open ? "open" : "refused", "");
    }

    private void remember(long id, String name) {
        if (id != 0) {
            names.put(id, name);
        }
    }

    private String name(long id) {
        String known = names.remove(id);
        return known == null ? "" : known;
    }

    /** What may not be shown is not even looked at. */
    private boolean mayShow() {
        long now = System.nanoTime() / 1_000_000_000;
        if (now != second) {
            second = now;
            inSecond = 0;
        }
        if (++inSecond > MOST_PER_SECOND || waiting.size() >= MOST_WAITING || bytes >= MOST_BYTES) {
            dropped++;
            return false;
        }
        return true;
    }

    private void add(JsonObject seen) {
        String text = seen.encode();
        waiting.add(text);
        bytes += text.length();
    }
}
