package dev.switchboard.bus;

/**
 * The cluster as this node sees it just now.
 *
 * @param members its nodes by the engine's word, this one included; also those that are not known as peers yet
 * @param isSafe whether all that this node has to keep stands on another, too, as it was a moment ago; true for a node alone
 * @param directory by how many targets (namespaces, users, rooms, sockets) it is known which other nodes have sockets
 * @param sent to other nodes since the start
 * @param received from other nodes since the start
 */
public record ClusterState(int members, boolean isSafe, long directory, Traffic sent, Traffic received) {
    /** Messages of the event bus, and the bytes in them. */
    public record Traffic(long messages, long bytes) {
        static final Traffic NONE = new Traffic(0, 0);
    }

    static final ClusterState ALONE = new ClusterState(1, true, 0, Traffic.NONE, Traffic.NONE);
}
