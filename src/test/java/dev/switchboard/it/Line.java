package dev.switchboard.it;

import java.util.List;

/** A connection of somebody else's client: what each kind of client must be able to do. */
interface Line {
    /** What a client reports; called one at a time. */
    interface Listener {
        /**
         * The connection is there.
         *
         * @param transport as the client calls it
         */
        void opened(String transport);

        void message(String text);

        void closed(Closed how);
    }

    /** Sends messages without waiting for anything. */
    void send(List<String> messages);

    /** Ends the connection as the client properly does; the code where the transport carries one. */
    void close(int code, String reason);
}
