package dev.switchboard.launch;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The examples that come along: the configurations in the jar. */
final class Examples {
    private static final String FOLDER = "conf";
    private static final String SUFFIX = ".json";

    private Examples() {}

    /** The configuration of an example. */
    static String file(String name) {
        return FOLDER + "/" + name + SUFFIX;
    }

    /** In alphabetical order. */
    static List<String> names() {
        Path code = SearchPath.code();
        try {
            if (Files.isDirectory(code)) {
                return names(code.resolve(FOLDER));
            }
            try (FileSystem jar = FileSystems.newFileSystem(code)) {
                return names(jar.getPath(FOLDER));
            }
        } catch (IOException fault) {
            throw new LaunchException(code + ": cannot be read: " + Faults.reason(fault), fault);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }
}
