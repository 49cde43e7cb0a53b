package dev.switchboard.bus;

import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.Set;

/**
 * One running instance of a handler verticle.
 *
 * @param node where it runs
 * @param instance its id, unique in the cluster; it begins with the id of its deployment where that is known
 * @param handler the verticle's name, as configurations map it
 * @param events what it handles, by namespace
 */
public record Announcement(String node, String instance, String handler, Map<String, Set<String>> events)
        implements Shareable {
    static final char SEPARATOR = '.';

    public Announcement {
        events = Map.copyOf(events);
    }

    /** Whether it is an instance of this verticle that handles this event of a namespace. */
    public boolean is(String verticle, String namespace, String event) {
        return handler.equals(verticle)
                && events.getOrDefault(namespace, Set.of()).contains(event);
    }

    /** The id by which Vert.x knows the verticle; something else for a handler that is none. */
    public String deployment() {
        int end = instance.indexOf(SEPARATOR);
        return end < 0 ? instance : instance.substring(0, end);
    }
}
