package dev.switchboard.config;

/** What all clients of one node may use together; each is described where it is read. Sizes are in bytes. */
public record NodeLimits(
        int connections,
        int connectionsPerAddress,
        int connectionsPerUser,
        Rate connectionRate,
        int tcpConnections,
        int rateEntries,
        long outboundTotal,
        long outboundPerNode) {
    private static final long TIB = 1L << 40;
    private static final int MOST = 10_000_000;
    private static final int OTHERS = 1_000;

    static NodeLimits read(Section limits) {
        int connections = limits.key(
                        "connections", "sockets of all namespaces and transports; more are closed with 1013")
                .number(100_000, 1, MOST);
        return new NodeLimits(
                connections,
                limits.key("connectionsPerAddress", "sockets of one address; more are closed with 4029")
                        .number(10_000, 1, MOST),
                limits.key("connectionsPerUser", "sockets of one user; more are closed with 4029")
                        .number(10_000, 1, MOST),
                limits.key("connectionRate", "how fast sockets come; faster ones are closed with 1013")
                        .rate("10000/s"),
                // A polling client has a connection for each direction; pages, health and metrics want some, too.
                limits.key(
                                "tcpConnections",
                                "TCP connections, those without a socket included; more are closed at once")
                        .otherwise("twice `limits.connections`, and 1000")
                        .number(2 * connections + OTHERS, 1, 2 * MOST + OTHERS),
                limits.key("rateEntries", "users, or addresses, that are remembered for each rate of a namespace")
                        .number(100_000, 1, MOST),
                limits.key(
                                "outboundTotal",
                                "bytes that wait for all clients of the node; also those on their way to its event loops")
                        .otherwise("a quarter of the heap")
                        .size(usualTotal(), TIB),
                limits.key(
                                "outboundPerNode",
                                "bytes that wait for one other node of the cluster; beyond them events for its clients are"
                                        + " refused")
                        .size(64L << 20, TIB));
    }

    /** A quarter of the heap. */
    private static long usualTotal() {
        return Runtime.getRuntime().maxMemory() / 4;
    }
}
