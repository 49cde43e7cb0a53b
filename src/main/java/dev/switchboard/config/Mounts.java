package dev.switchboard.config;

import java.util.ArrayList;
import java.util.List;

/** Sees to it that each path of the server means one thing. */
final class Mounts {
    /** The server's own, also while Socket.IO is off or elsewhere. */
    private static final String SOCKET_IO = "/socket.io";

    /** Paths that the server itself owns, with all below them. */
    private static final List<String> OWN = List.of("/token", "/health", "/metrics", SOCKET_IO, "/eventbus", "/admin");

    private final List<Mount> mounts = new ArrayList<>();

    /**
     * A path that is taken.
     *
     * @param where the key that says so
     * @param tree whether all paths below are taken, too
     */
    private record Mount(String path, String where, boolean tree) {
        boolean excludes(Mount other) {
            return path.equals(other.path) || (tree && other.path.startsWith(path + "/"));
        }
    }

    /** Takes the path of Socket.IO, or reports whose it is. */
    Mounts(SocketIoConfig socketIo, Section section) {
        socketIo.path()
                .filter(path -> !path.equals(SOCKET_IO))
                .ifPresent(path -> take(new Mount(path, section.path("path"), true), section));
    }

    /** Takes the paths of a namespace, or reports whose they are. */
    void take(NamespaceConfig namespace, Section section) {
        namespace.sockjs().ifPresent(path -> take(new Mount(path, section.path("sockjs"), true), section));
        namespace.ws().ifPresent(path -> take(new Mount(path, section.path("ws"), false), section));
    }

    private void take(Mount mount, Section section) {
        OWN.stream()
                .filter(own -> new Mount(own, own, true).excludes(mount))
                .forEach(own -> section.report(
                        mount.where, "must not be " + mount.path + ", since the server itself owns " + own));
        mounts.stream()
                .filter(other -> other.excludes(mount) || mount.excludes(other))
                .findFirst()
                .ifPresent(other -> section.report(
                        mount.where, "must not be " + mount.path + ", since " + other.where + " is " + other.path));
        mounts.add(mount);
    }
}
