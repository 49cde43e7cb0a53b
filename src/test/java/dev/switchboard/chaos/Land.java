package dev.switchboard.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where the nodes live: each in a network namespace of its own, on a bridge of this machine, so that one can be cut off from
 * the others; where that is not allowed, all on loopback, and nobody is cut off.
 */
final class Land implements AutoCloseable {
    private static final String PREFIX = "sbchaos";
    private static final String NETWORK = "10.213.77.";
    private static final int PORT = 8080;
    private static final int MEMBER_PORT = 5701;

    private final int nodes;
    private final boolean hasNamespaces;
    private final List<Integer> ports = new ArrayList<>();

    Land(int nodes) throws IOException {
        this.nodes = nodes;
        this.hasNamespaces = "root".equals(System.getProperty("user.name")) && build();
        for (int n = 0; n < 2 * nodes; n++) {
            ports.add(free());
        }
    }

    boolean hasNamespaces() {
        return hasNamespaces;
    }

    private boolean build() {
        close();
        boolean built = ip("link", "add", PREFIX, "type", "bridge")
                && ip("addr", "add", NETWORK + "1/24", "dev", PREFIX)
                && ip("link", "set", PREFIX, "up");
        for (int n = 0; n < nodes && built; n++) {
            String space = space(n);
            built = ip("netns", "add", space)
                    && ip("link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space)
                    && ip("link", "set", space, "master", PREFIX)
                    && ip("link", "set", space, "up")
                    && ip("-n", space, "addr", "add", host(n) + "/24", "dev", "eth0")
                    && ip("-n", space, "link", "set", "eth0", "up")
                    && ip("-n", space, "link", "set", "lo", "up");
        }
        if (!built) {
            close();
        }
        return built;
    }

    private static String space(int node) {
        return PREFIX + node;
    }

    private static String host(int node) {
        return NETWORK + (11 + node);
    }

    /** What a command begins with that runs where the node lives. */
    List<String> within(int node) {
        return hasNamespaces ? List.of("ip", "netns", "exec", space(node)) : List.of();
    }

    String address(int node) {
        return hasNamespaces ? host(node) : "127.0.0.1";
    }

    int port(int node) {
        return hasNamespaces ? PORT : ports.get(node);
    }

    int memberPort(int node) {
        return hasNamespaces ? MEMBER_PORT : ports.get(nodes + node);
    }

    String url(int node) {
        return "http://" + address(node) + ":" + port(node);
    }

    /** Lets nothing through between a node and the others; clients reach all of them as before. */
    void cut(int node) {
        forOthers(node, "add");
    }

    void heal(int node) {
        forOthers(node, "del");
    }

    private void forOthers(int node, String verb) {
        for (int other = 0; other < nodes; other++) {
            if (other != node) {
                ip("-n", space(node), "route", verb, "blackhole", host(other) + "/32");
                ip("-n", space(other), "route", verb, "blackhole", host(node) + "/32");
            }
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether it was done. */
    private static boolean ip(String... words) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        for (int n = 0; n < nodes; n++) {
            ip("netns", "del", space(n));
            ip("link", "del", space(n));
        }
        ip("link", "del", PREFIX);
    }
}
