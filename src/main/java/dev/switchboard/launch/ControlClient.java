package dev.switchboard.launch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Speaks to the nodes that this user runs on this machine, and through them to their clusters. */
final class ControlClient {
    private final RunDirectory directory;

    ControlClient(RunDirectory directory) {
        this.directory = directory;
    }

    /** A cluster, or a node alone, and a way to it. */
    record Group(Path socket, List<JsonObject> nodes) {
        boolean has(String node) {
            return nodes.stream()
                    .map(one -> one.getString("node"))
                    .anyMatch(name -> name.equals(node) || name.startsWith(node + "@"));
        }

        String names() {
            return nodes.stream().map(one -> one.getString("node")).collect(Collectors.joining(", "));
        }
    }

    /** @throws LaunchException when no node runs */
    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (Path socket : directory.sockets()) {
            JsonObject list = askIfThere(socket, new JsonObject().put("do", "list"));
            if (list == null) {
                continue;
            }
            List<JsonObject> nodes = list.getJsonArray("nodes", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .toList();
            if (!nodes.isEmpty()
                    && groups.stream().noneMatch(known -> known.has(nodes.get(0).getString("node")))) {
                groups.add(new Group(socket, nodes));
            }
        }
        if (groups.isEmpty()) {
            throw new LaunchException("no node of this user runs on this machine");
        }
        return groups;
    }

    /**
     * Those that an order is for.
     *
     * @param node as given on the command line: nothing, {@code all}, or a node
     * @throws LaunchException when that is not clear
     */
    List<Group> meant(String node) {
        List<Group> groups = groups();
        if (node.equals("all")) {
            return groups;
        }
        List<Group> found = node.isEmpty()
                ? groups
                : groups.stream().filter(group -> group.has(node)).toList();
        if (found.isEmpty()) {
            throw new LaunchException("there is no node " + node);
        }
        if (found.size() > 1) {
            String names = found.stream().map(Group::names).collect(Collectors.joining("; "));
            throw new LaunchException("which node? -node says so: " + names);
        }
        return found;
    }

    JsonObject ask(Path socket, JsonObject request) {
        JsonObject answer = askIfThere(socket, request);
        if (answer == null) {
            throw new LaunchException("the node has gone");
        }
        return answer;
    }

    /** Null when nobody is there any more; then the file is removed. */
    private static @Nullable JsonObject askIfThere(Path socket, JsonObject request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            if (!connect(channel, socket)) {
                return null;
            }
            ControlSocket.write(channel, request);
            return new JsonObject(ControlSocket.readLine(channel));
        } catch (IOException fault) {
            throw new LaunchException(socket + ": " + Faults.reason(fault), fault);
        }
    }

    private static boolean connect(SocketChannel channel, Path socket) throws IOException {
        try {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (SocketException nobody) {
            Files.deleteIfExists(socket);
            return false;
        }
    }
}
