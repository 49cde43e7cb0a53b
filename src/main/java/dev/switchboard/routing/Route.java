package dev.switchboard.routing;

import dev.switchboard.bus.Announcement;
import dev.switchboard.wire.ErrorCode;
import java.util.List;

/** Where an event of a namespace goes. */
public sealed interface Route {
    /**
     * To one of these instances, all of the same handler; never empty.
     *
     * @param here whether they run on this node
     */
    record To(List<Announcement> instances, boolean here) implements Route {}

    /** Nowhere: nothing handles it, or its handler does not run just now. */
    record Nowhere(ErrorCode why) implements Route {}
}
