package dev.switchboard.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/** What the names of hosts on the command line mean. */
final class Hosts {
    private Hosts() {}

    /** What this machine calls itself. */
    static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /**
     * The address of a host that must be this machine.
     *
     * @throws LaunchException when it is not
     */
    static String ofThisMachine(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            // Where every address is meant, none could be told to the other nodes.
            boolean one = !address.isAnyLocalAddress();
            if (one && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null)) {
                return address.getHostAddress();
            }
        } catch (IOException unknown) {
            throw new LaunchException("-cluster-host " + host + ": unknown host", unknown);
        }
        throw new LaunchException("-cluster-host " + host + ": not an address of this machine");
    }

    /** Whether a host, with or without a port, is this machine's loopback; one that nobody knows is not. */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host.replaceFirst("^([^:]*|\\[.*]):\\d+$", "$1"))
                    .isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }
}
