package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.bus.Addresses;
import dev.switchboard.config.Access;
import dev.switchboard.config.AdminConfig;
import dev.switchboard.config.ClusterConfig;
import dev.switchboard.config.DrainConfig;
import dev.switchboard.config.FollowConfig;
import dev.switchboard.config.HandlerConfig;
import dev.switchboard.config.HttpConfig;
import dev.switchboard.config.HttpLimits;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.NodeLimits;
import dev.switchboard.config.Overflows;
import dev.switchboard.config.ResumeConfig;
import dev.switchboard.config.SessionConfig;
import dev.switchboard.config.SocketIoConfig;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.config.TlsConfig;
import dev.switchboard.config.TokenConfig;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation says is true: its code compiles, its configurations are read, its tables are whole. */
final class DocsTest {
    private static final Set<ErrorCode> TOLD_TO_HANDLERS =
            EnumSet.of(ErrorCode.NO_SOCKET, ErrorCode.ASK_TIMEOUT, ErrorCode.NODE_TIMEOUT);

    /** What a configuration has as values, and its file not as keys. */
    private static final Set<String> NO_KEYS = Set.of(
            "namespaces.N.name",
            "namespaces.N.pattern",
            "namespaces.N.access",
            "namespaces.N.sessionCookie",
            "token.key",
            "token.acceptedKeys",
            "http.session",
            "http.tls",
            "http.limits",
            "http.drain",
            "admin.follow",
            "cluster.tls");

    /** What the page for contributors names besides classes of the project. */
    private static final Set<String> NOT_OURS = Set.of("ServiceLoader", "Future", "Foo", "FooTest", "FooIT", "Tag");

    private static final Path PAGES = Path.of("src/site/markdown");

    /** A fenced block of a page. */
    record Block(Path page, String language, String text) {
        @Override
        public String toString() {
            return page.getFileName() + ": " + text.lines().findFirst().orElse("");
        }
    }

    private static List<Block> blocks(String language) throws IOException {
        Pattern fence = Pattern.compile("^```" + language + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            Matcher matcher = fence.matcher(Files.readString(page));
            while (matcher.find()) {
                blocks.add(new Block(page, language, matcher.group(1)));
            }
        }
        return blocks;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages.sorted())
                    .toList();
        }
    }

    static List<Block> java() throws IOException {
        return blocks("java");
    }

    static List<Block> configurations() throws IOException {
        return blocks("json");
    }

    static List<Block> scripts() throws IOException {
        return blocks("js");
    }

    @ParameterizedTest
    @MethodSource("java")
    void java_block_compiles(Block block, @TempDir Path out) {
        Matcher name = Pattern.compile("class (\\w+)").matcher(block.text());
        assertThat(name.find()).as("a class in %s", block).isTrue();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("mem:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignore) {
                        return block.text();
                    }
                };

        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", out.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();

        assertThat(compiled).as("%s%n%s", block, said).isTrue();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void json_block_isAConfiguration(Block block) {
        assertThat(SwitchboardConfig.read(new JsonObject(block.text()), Map.of(), verticle -> true))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void js_block_parses(Block block, @TempDir Path folder) throws Exception {
        assumeTrue(
                System.getenv("CI") != null || Files.exists(Path.of("src/test/js/node_modules")), "Node.js is missing");
        Path file = Files.writeString(folder.resolve("block.mjs"), block.text());

        Process node = new ProcessBuilder("node", "--check", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as("%s%n%s", block, said).isZero();
    }

    @Test
    void configuration_everyKey_isExplained() throws IOException {
        String page = Files.readString(PAGES.resolve("configuration.md"));
        Map<Class<? extends Record>, String> sections = Map.ofEntries(
                Map.entry(HttpConfig.class, "http."),
                Map.entry(AdminConfig.class, "admin."),
                Map.entry(FollowConfig.class, "admin.follow."),
                Map.entry(HttpLimits.class, "http."),
                Map.entry(TokenConfig.class, "token."),
                Map.entry(Limits.class, "limits."),
                Map.entry(NodeLimits.class, "limits."),
                Map.entry(ClusterConfig.class, "cluster."),
                Map.entry(SocketIoConfig.class, "socketio."),
                Map.entry(SessionConfig.class, "http.session."),
                Map.entry(DrainConfig.class, "http.drain."),
                Map.entry(ResumeConfig.class, "namespaces.N.resume."),
                Map.entry(TlsConfig.class, "http.tls."),
                Map.entry(Access.class, "namespaces.N."),
                Map.entry(NamespaceConfig.class, "namespaces.N."),
                Map.entry(Overflows.class, "namespaces.N."),
                Map.entry(HandlerConfig.class, "handlers.V."));

        sections.forEach((section, prefix) -> Arrays.stream(section.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(key -> !NO_KEYS.contains(prefix + key))
                .forEach(key -> assertThat(page).contains("| `" + prefix + key + "` |")));
    }

    @Test
    void wire_everyCode_isExplained() throws Exception {
        String page = Files.readString(PAGES.resolve("wire.md"));

        for (ErrorCode code : ErrorCode.values()) {
            if (!TOLD_TO_HANDLERS.contains(code)) {
                assertThat(page).contains("| `" + code + "` |");
            }
        }
        for (var field : CloseReason.class.getFields()) {
            CloseReason reason = (CloseReason) field.get(null);
            assertThat(page).containsPattern("\\| .*(" + reason.code() + "|the connection broke)");
        }
    }

    @Test
    void bus_everyAddress_isExplained() throws IOException {
        String page = Files.readString(PAGES.resolve("bus.md"));

        assertThat(page)
                .contains(
                        "`" + Addresses.ANNOUNCE + "`",
                        "`" + Addresses.VERBS + "`",
                        "`" + Addresses.AUTHENTICATOR + "`",
                        "`" + Addresses.socketIds("/chat") + "`")
                .contains('"' + Addresses.AUTHENTICATOR + '"');
    }

    @Test
    void languages_everyHandler_isTheOneThatRuns() throws IOException {
        String page = Files.readString(PAGES.resolve("languages.md"));

        try (Stream<Path> handlers = Files.list(Path.of("src/test/handlers"))) {
            assertThat(handlers)
                    .hasSize(5)
                    .allSatisfy(handler -> assertThat(page).contains("\n" + Files.readString(handler) + "```\n"));
        }
    }

    @Test
    void links_toPagesAndHeadings_leadSomewhere() throws IOException {
        Pattern link = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]+))?\\)");
        for (Path page : pages()) {
            Matcher matcher = link.matcher(Files.readString(page));
            while (matcher.find()) {
                Path target = matcher.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(matcher.group(1)).normalize();
                assertThat(target).as("link in %s", page).exists();
                if (matcher.group(2) != null) {
                    assertThat(anchors(target))
                            .as("link in %s to %s", page, target)
                            .contains(matcher.group(2));
                }
            }
        }
    }

    @Test
    void contributing_everyClass_isThere() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path folder : List.of(Path.of("src/main/java"), Path.of("src/test/java"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sources.merge(
                            file.getFileName().toString().replaceFirst("\\.java$", ""),
                            Files.readString(file),
                            String::concat);
                }
            }
        }
        Matcher name = Pattern.compile("`@?([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\([^`]*)?`")
                .matcher(Files.readString(PAGES.resolve("contributing.md")));

        Set<String> named = new HashSet<>();
        while (name.find()) {
            if (!NOT_OURS.contains(name.group(1))) {
                named.add(name.group(1));
                assertThat(sources).containsKey(name.group(1));
                assertThat(sources.get(name.group(1)))
                        .as(name.group())
                        .containsPattern("\\b" + (name.group(2) == null ? name.group(1) : name.group(2)) + "\\b");
            }
        }
        assertThat(named).contains("LiveSocket", "Hub", "Lanes");
    }

    @Test
    void site_everyPage_isInTheMenu() throws IOException {
        String menu = Files.readString(Path.of("src/site/site.xml"));

        assertThat(pages().stream().filter(page -> page.startsWith(PAGES)))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(menu)
                        .contains("href=\"" + page.getFileName().toString().replace(".md", ".html")));
    }

    @Test
    void quickStart_showsTheWayOfAMessage_asTheReadmeDoes() throws IOException {
        Pattern picture = Pattern.compile("^```\\n( browser .*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
        Matcher inReadme = picture.matcher(Files.readString(Path.of("README.md")));

        assertThat(inReadme.find()).isTrue();
        assertThat(Files.readString(PAGES.resolve("index.md"))).contains(inReadme.group(1));
    }

    /** The headings of a page, as links name them. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Matcher heading = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE).matcher(Files.readString(page));
        while (heading.find()) {
            anchors.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }
}
