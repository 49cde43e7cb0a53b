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

    /** What each socket of this hub answered, or why it did not. */
    record Replies(List<Reply> replies) implements HubAnswer {
        public Replies {
            replies = List.copyOf(replies);
        }
    }

    /**
     * What one socket answered.
     *
     * @param socket its id
     */
    record Reply(String socket, Outcome outcome) {}

    /** Names of rooms. */
    record Rooms(Set<String> rooms) implements HubAnswer {
        public Rooms {
            rooms = Set.copyOf(rooms);
        }
    }
}
