package dev.switchboard.it;

import java.util.Optional;

/** What the clients of a test connect to: one node, or several of one cluster. */
interface Nodes {
    /** How many. */
    default int nodes() {
        return 1;
    }

    /** What clients have to trust, where they speak TLS. */
    default Optional<Certificate> certificate() {
        return Optional.empty();
    }

    /** The port of the first node. */
    int port();

    /** The port for the next client: nodes take turns. */
    default int nextPort() {
        return port();
    }
}
