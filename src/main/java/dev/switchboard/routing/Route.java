package dev.switchboard.routing;

import dev.switchboard.bus.Announcement;
import dev.switchboard.metrics.EventMeters;
import dev.switchboard.wire.ErrorCode;
import java.util.List;

/** Where an event of a namespace goes. */
public sealed interface Route {
    /** What is counted of it. */
    EventMeters meters();

    /**
     * To one of these instances, all of the same handler; never empty.
     *
     * @param here whether they run on this node
     */
    record To(List<Announcement> instances, boolean here, EventMeters meters) implements Route {}

    /** Nowhere: nothing handles it, or its handler does not run just now. */
    record Nowhere(ErrorCode why, EventMeters meters) implements Route {}
}
