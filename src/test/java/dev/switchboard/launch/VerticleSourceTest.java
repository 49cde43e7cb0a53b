package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerticleSourceTest {
    @TempDir
    private Path folder;

    private SearchPath searchPath;

    @BeforeEach
    void folders() throws IOException {
        Path here = Files.createDirectory(folder.resolve("my work"));
        searchPath = new SearchPath(here, folder);
        Files.writeString(here.resolve("One.java"), "");
        Files.createDirectory(folder.resolve("other"));
        Files.writeString(folder.resolve("other/Two.java"), "");
    }

    private VerticleSource locate(String verticle, String classPath) {
        return VerticleSource.locate(verticle, classPath, searchPath);
    }

    @Test
    void locate_className_staysAsItIs() {
        assertThat(locate("chat.Chat", "").name()).isEqualTo("chat.Chat");
    }

    @Test
    void locate_sourceFile_goesByItsBareNameAndIsAResource() {
        for (String path : new String[] {
            "../other/Two.java", folder.resolve("other/Two.java").toString()
        }) {
            VerticleSource source = locate(path, "");
            assertThat(source.name()).isEqualTo("Two.java");
            assertThat(source.loader().getResource("Two.java")).isNotNull();
        }
    }

    @Test
    void locate_fileWithPrefix_keepsThePrefix() {
        assertThat(locate("js:../other/Two.java", "").name()).isEqualTo("js:Two.java");
    }

    @Test
    void locate_anyName_findsFilesOfTheClassPathTheWorkingDirectoryAndHome() {
        ClassLoader loader = locate("chat.Chat", "../other:").loader();
        assertThat(loader.getResource("Two.java")).isNotNull();
        assertThat(loader.getResource("One.java")).isNotNull();
        assertThat(loader.getResource("other/Two.java")).isNotNull();
    }
}
