package dev.switchboard.config;

/**
 * What all clients of one node may use together.
 *
 * @param connections sockets of all namespaces and transports; more are closed with 1013
 * @param connectionsPerAddress the same of one address; more are closed with 4029
 * @param connectionsPerUser the same of one user; more are closed with 4029
 * @param connectionRate how fast they may come; faster ones are closed with 1013
 * @param tcpConnections TCP connections, those without a socket included; more are closed at once
 * @param rateEntries users, or addresses, that are remembered for each shared rate of a namespace
 * @param outboundTotal bytes that may wait for all clients
 * @param outboundPerNode bytes that may wait for one other node; beyond them events for its clients are refused
 */
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
        int connections = limits.number("connections", 100_000, 1, MOST);
        return new NodeLimits(
                connections,
                limits.number("connectionsPerAddress", 10_000, 1, MOST),
                limits.number("connectionsPerUser", 10_000, 1, MOST),
                limits.rate("connectionRate", "10000/s"),
                // A polling client has a connection for each direction; pages, health and metrics want some, too.
                limits.number("tcpConnections", 2 * connections + OTHERS, 1, 2 * MOST + OTHERS),
                limits.number("rateEntries", 100_000, 1, MOST),
                limits.size("outboundTotal", usualTotal(), TIB),
                limits.size("outboundPerNode", 64L << 20, TIB));
    }

    /** A quarter of the heap. */
    private static long usualTotal() {
        return Runtime.getRuntime().maxMemory() / 4;
    }
}
