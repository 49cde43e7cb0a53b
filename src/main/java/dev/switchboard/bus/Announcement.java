package dev.switchboard.bus;

import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.Set;

/**
 * One running instance of a handler verticle.
 *
 * @param node where it runs
 * @param instance its id, unique in the cluster
 * @param handler the verticle's name, as configurations map it
 * @param events what it handles, by namespace
 */
public record Announcement(String node, String instance, String handler, Map<String, Set<String>> events)
        implements Shareable {
    public Announcement {
        events = Map.copyOf(events);
    }
}
