package dev.switchboard.launch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder in which the nodes of one user on this machine have their sockets, {@code <pid>.sock} each: {@code
 * $SWITCHBOARD_RUN_DIR}, or {@code switchboard} in {@code $XDG_RUNTIME_DIR}, or {@code switchboard-<user>} in the folder for
 * temporary files. Nobody but the user may enter it.
 */
record RunDirectory(Path folder) {
    private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rwx------");
    private static final String SUFFIX = ".sock";

    static RunDirectory ofUser() {
        String given = System.getenv("SWITCHBOARD_RUN_DIR");
        String session = System.getenv("XDG_RUNTIME_DIR");
        if (given != null && !given.isBlank()) {
            return new RunDirectory(Path.of(given).toAbsolutePath());
        }
        if (session != null && Files.isDirectory(Path.of(session))) {
            return new RunDirectory(Path.of(session, "switchboard"));
        }
        return new RunDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), "switchboard-" + System.getProperty("user.name")));
    }

    /** Makes the folder if it is not there. */
    void prepare() throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(MINE));
        } catch (FileAlreadyExistsException there) {
            check();
        }
    }

    /** Whoever may write there could put a socket of his own into it. */
    void check() throws IOException {
        boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        if (!isFolder
                || !Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                        .equals(MINE)
                || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                        .equals(folder.getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName(System.getProperty("user.name")))) {
            throw new IOException(folder + " must be a folder that is this user's alone (rwx------)");
        }
    }

    Path ofThisProcess() {
        return folder.resolve(ProcessHandle.current().pid() + SUFFIX);
    }

    /** Of all nodes that there are, and of some that are no more; none when nobody can be trusted. */
    List<Path> sockets() {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            check();
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException fault) {
            throw new LaunchException(Faults.reason(fault), fault);
        }
    }
}
