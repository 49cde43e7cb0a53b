package dev.switchboard.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Writes a project of an application: the template in the jar, with its name and the place of the jar filled in. */
record NewProject(Path folder, Path jar) {
    private static final String TEMPLATE = "project/";

    /** Maven takes more, but these are names for folders, artifacts and pages alike. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** What cannot stand in a shell script and in XML as it is. */
    private static final Pattern UNSAFE = Pattern.compile("[\"'$`\\\\<>&\\p{Cntrl}]");

    private static final List<String> FILES = List.of(
            "pom.xml",
            "README.md",
            "run.sh",
            "gitignore",
            "conf/app.json",
            "src/main/java/app/TalkHandler.java",
            "src/test/java/app/TalkHandlerTest.java",
            "web/index.html",
            "web/app.js");

    /**
     * Writes it.
     *
     * @throws LaunchException when its name will not do, or something is there already; nothing is written then
     */
    void write() throws IOException {
        String name = Objects.requireNonNullElse(folder.getFileName(), folder).toString();
        if (!NAME.matcher(name).matches()) {
            throw new LaunchException(
                    "'" + name + "' is no name for a project: small letters, digits and -, such as my-app");
        }
        if (Files.exists(folder)) {
            throw new LaunchException(folder + " is there already");
        }
        if (UNSAFE.matcher(jar.toString()).find()) {
            throw new LaunchException(jar + ": a project cannot name a jar in a folder of such a name");
        }
        for (String file : FILES) {
            Path target = folder.resolve(file.equals("gitignore") ? ".gitignore" : file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, template(file).replace("@name@", name).replace("@jar@", jar.toString()));
        }
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String template(String file) throws IOException {
        try (InputStream resource = NewProject.class.getClassLoader().getResourceAsStream(TEMPLATE + file)) {
            return new String(Objects.requireNonNull(resource, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
