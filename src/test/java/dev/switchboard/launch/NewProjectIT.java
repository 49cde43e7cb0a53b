package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A project as {@code new} writes it, built and run as its README says, without the network. */
@Tag("smoke")
final class NewProjectIT {
    @TempDir
    private Path folder;

    @Test
    void new_writesAProject_whoseCommandsWork() throws Exception {
        try (Program program = Program.jar(folder, "new", "my-app")) {
            assertThat(program.awaitExit()).as(program::err).isZero();
            assertThat(program.out()).contains("cd my-app", "./run.sh", "mvn test");
        }
        Path project = folder.resolve("my-app");
        assertThat(commands(project)).containsExactly("./run.sh", "mvn test", "./run.sh types --typescript web");

        try (Program run = Program.start(project, offline("SWITCHBOARD_HTTP_PORT", "0"), List.of("./run.sh"))) {
            String port = run.awaitOut("Switchboard is at http://localhost:(\\d+)", 1)
                    .get(0)
                    .group(1);
            String page = get(port, "/");
            assertThat(page).contains("<title>my-app</title>", "name=\"page-token\"");
            Matcher script = Pattern.compile("<script src=\"(.*?)\"").matcher(page);
            while (script.find()) {
                get(port, script.group(1));
            }
            assertThat(get(port, "/app.js")).contains("Switchboard.connect()");
            run.terminate();
            assertThat(run.awaitExit()).isZero();
        }
        try (Program types = Program.start(project, offline(), List.of("./run.sh", "types", "--typescript", "web"))) {
            assertThat(types.awaitExit()).as(types::err).isZero();
            assertThat(project.resolve("web/events.d.ts")).content().contains("\"say\": { data: string;");
        }
        try (Program test = Program.start(project, offline(), List.of("mvn", "test"))) {
            assertThat(test.awaitExit()).as(test::out).isZero();
            assertThat(test.out()).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");
        }
    }

    /** What Maven is to do: nothing from elsewhere, and what the build of this project has fetched. */
    private static Map<String, String> offline(String... more) {
        String repository = System.getProperty("maven.repo.local", System.getProperty("localRepository", ""));
        String where = repository.isEmpty() ? "" : " -Dmaven.repo.local=" + repository;
        return more.length == 0
                ? Map.of("MAVEN_ARGS", "-o -B", "MAVEN_OPTS", "-Dorg.slf4j.simpleLogger.showDateTime=false" + where)
                : Map.of("MAVEN_ARGS", "-o -B", "MAVEN_OPTS", where.strip(), more[0], more[1]);
    }

    /** The commands of its README, without what is said about them. */
    private static List<String> commands(Path project) throws IOException {
        Matcher block = Pattern.compile("```\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(project.resolve("README.md")));
        List<String> commands = new ArrayList<>();
        while (block.find()) {
            block.group(1)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .forEach(commands::add);
        }
        return commands;
    }

    private static String get(String port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"My App", "1st", "..", "a_b", "a\"b"})
    void new_badName_isToldInOneLine(String name) throws Exception {
        refused("'" + name + "' is no name for a project: small letters, digits and -, such as my-app", name);
    }

    @Test
    void new_folderThatIsThere_isToldInOneLine_andStaysAsItIs() throws Exception {
        Path there = Files.createDirectory(folder.resolve("there"));

        refused("there is there already", "there");

        assertThat(there).isEmptyDirectory();
    }

    private void refused(String message, String name) throws Exception {
        try (Program program = Program.jar(folder, "new", name)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err().lines()).containsExactly(message);
        }
    }

    /** What the project needs of Maven is what this build has. */
    @Test
    void template_versions_areThoseOfThisBuild() throws Exception {
        String own = Files.readString(Path.of("pom.xml"));
        String pom = Files.readString(Path.of("src/main/resources/project/pom.xml"));

        assertThat(pom).contains("<version>" + first(own, "<junit.version>(.*?)<") + "</version>");
        Matcher plugin = Pattern.compile("<artifactId>(maven-\\w+-plugin)</artifactId>\\s*<version>(.*?)<")
                .matcher(pom);
        int plugins = 0;
        while (plugin.find()) {
            plugins++;
            assertThat(first(own, "<artifactId>" + plugin.group(1) + "</artifactId>\\s*<version>(.*?)<"))
                    .isEqualTo(plugin.group(2));
        }
        assertThat(plugins).isEqualTo(3);
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
