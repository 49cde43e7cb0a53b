package dev.switchboard.bus;

import java.util.List;
import java.util.Set;

/** What one hub answers when it is asked. */
public sealed interface HubAnswer {
    /** It was done, or why not; also what a client answered. */
    record Done(Outcome outcome) implements HubAnswer {}

    /** The sockets of this hub. */
    record Sockets(List<Member> sockets) implements HubAnswer {
        public Sockets {
            sockets = List.copyOf(sockets);
        }
    }

    /** Names of rooms. */
    record Rooms(Set<String> rooms) implements HubAnswer {
        public Rooms {
            rooms = Set.copyOf(rooms);
        }
    }
}
