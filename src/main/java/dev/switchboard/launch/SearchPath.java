package dev.switchboard.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a file is looked for: in the user's working directory, then at home (the folder of {@code run.sh}, else that of
 * the jar), then in the jar itself.
 */
record SearchPath(Path workingDirectory, Path home) {
    /** System property by which {@code run.sh} tells where the project is. */
    static final String HOME = "switchboard.home";

    static SearchPath ofProgram() {
        Path workingDirectory = Path.of("").toAbsolutePath();
        String home = System.getProperty(HOME);
        return new SearchPath(workingDirectory, home == null ? besideTheJar(workingDirectory) : Path.of(home));
    }

    /** The jar, or the folder of the classes. */
    static Path code() {
        return Path.of(URI.create(SearchPath.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    private static Path besideTheJar(Path otherwise) {
        Path code = code();
        Path folder = code.getParent();
        return Files.isRegularFile(code) && folder != null ? folder : otherwise;
    }

    List<Path> folders() {
        return workingDirectory.equals(home) ? List.of(workingDirectory) : List.of(workingDirectory, home);
    }

    /** The text of a file or, failing that, of a resource of the jar; null when there is neither. */
    @Nullable
    String text(String name) {
        Path file = file(name);
        try (InputStream resource = SearchPath.class.getClassLoader().getResourceAsStream(name)) {
            if (file != null) {
                return Files.readString(file);
            }
            return resource == null ? null : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new LaunchException(name + ": cannot be read: " + Faults.reason(fault), fault);
        }
    }

    /** A file that exists, absolute, or null. */
    @Nullable
    Path file(String name) {
        try {
            return folders().stream()
                    .map(folder -> folder.resolve(name))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElse(null);
        } catch (InvalidPathException notAFile) {
            return null;
        }
    }
}
