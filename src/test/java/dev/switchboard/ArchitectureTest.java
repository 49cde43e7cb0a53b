package dev.switchboard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.implement;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which: the arrows run one way. A package that is not yet there breaks no rule. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArchitectureTest {
    private static final String ROOT = "dev.switchboard";
    private static final Path SOURCES = Path.of("src/main/java");

    /** All packages beside the toolkit's own. */
    private static final List<String> EXAMPLES = examples();

    /** What handlers are written with: above the rooms, and below the languages. */
    private static final String API = "";

    /** Room → the rooms that it may know. Whoever adds a room draws its arrows here. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("wire", Set.of()),
            Map.entry("time", Set.of()),
            Map.entry("metrics", Set.of("wire", "config")),
            Map.entry("limit", Set.of("metrics", "wire", "config", "time")),
            Map.entry("token", Set.of("config", "time")),
            Map.entry("session", Set.of("wire")),
            Map.entry("journal", Set.of("wire")),
            Map.entry("tracing", Set.of("wire", "config")),
            Map.entry("bus", Set.of("tracing", "journal", "wire", "token", "time")),
            Map.entry("resume", Set.of("journal", "bus", "metrics", "wire", "token", "time")),
            Map.entry("routing", Set.of("bus", "metrics", "wire", "config")),
            Map.entry(
                    "socket",
                    Set.of(
                            "resume", "routing", "bus", "tracing", "limit", "metrics", "wire", "token", "config",
                            "time")),
            Map.entry(
                    "hub",
                    Set.of(
                            "resume", "journal", "socket", "routing", "bus", "tracing", "limit", "metrics", "wire",
                            "token", "config", "time")),
            Map.entry(
                    "transport.websocket",
                    Set.of("hub", "socket", "bus", "limit", "metrics", "wire", "token", "config")),
            Map.entry("transport.memory", Set.of("hub", "socket", "wire", "token", "config", "metrics")),
            Map.entry("transport.polling", Set.of("limit", "wire")),
            Map.entry(
                    "transport.sockjs",
                    Set.of(
                            "transport.websocket",
                            "transport.polling",
                            "hub",
                            "socket",
                            "bus",
                            "limit",
                            "metrics",
                            "wire",
                            "token",
                            "config")),
            Map.entry(
                    "transport.socketio",
                    Set.of(
                            "transport.websocket",
                            "transport.polling",
                            "hub",
                            "socket",
                            "resume",
                            "bus",
                            "limit",
                            "metrics",
                            "wire",
                            "token",
                            "config")),
            Map.entry("types", Set.of("config")),
            Map.entry("admin", Set.of("bus", "metrics", "wire", "token", "config")),
            Map.entry(
                    "http",
                    Set.of(
                            "admin",
                            "types",
                            "transport.websocket",
                            "transport.sockjs",
                            "transport.socketio",
                            "transport.memory",
                            "hub",
                            "socket",
                            "routing",
                            "bus",
                            "session",
                            "limit",
                            "metrics",
                            "wire",
                            "token",
                            "config",
                            "time")),
            Map.entry("handler", Set.of("bus", "tracing", "session", "wire", "token", "config", "time")),
            Map.entry("cluster", Set.of("journal", "bus", "wire", "token", "config")),
            Map.entry("deployment", Set.of("bus")),
            Map.entry("language", Set.of()),
            Map.entry("language.js", Set.of("language", API, "bus", "wire", "token")),
            Map.entry("language.groovy", Set.of("language", API)),
            Map.entry("launch", Set.of("deployment", "types", "tracing", "config")),
            Map.entry("client", Set.of("wire")),
            Map.entry("testkit", Set.of(API, "transport.memory", "journal", "bus", "wire", "token", "time")));

    /** The public API of the application's own HTTP routes, which are Vert.x Web's. */
    private static final DescribedPredicate<JavaClass> OWN_ROUTES = name(ROOT + ".HttpRoutes")
            .or(name(ROOT + ".Door"))
            .or(name(ROOT + ".Switchboard"))
            .<JavaClass>forSubtype()
            .or(implement(ROOT + ".HttpRoutes"));

    private JavaClasses classes;

    @BeforeAll
    void importMainClasses() {
        classes = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages(
                        Stream.concat(Stream.of(ROOT), EXAMPLES.stream()).toList());
    }

    @Test
    void everyPackage_isARoomOfTheTable() {
        Set<String> packages = classes.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toSet());
        assertThat(packages).isSubsetOf(ROOMS.keySet());
    }

    static Stream<Arguments> rooms() {
        return ROOMS.entrySet().stream().map(room -> arguments(room.getKey(), room.getValue()));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void room_knowsOnlyItsNeighbours(String room, Set<String> neighbours) {
        Stream<String> known = Stream.concat(Stream.of(room), neighbours.stream());
        mayKnow(
                ROOT + "." + room,
                resideInAnyPackage(known.map(name -> name.equals(API) ? ROOT : ROOT + "." + name)
                        .toArray(String[]::new)));
    }

    @Test
    void root_knowsAllButTheLauncherTheLanguagesTheClientAndTheTestKit() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        and(EXAMPLES, ROOT + ".launch", ROOT + ".language..", ROOT + ".client", ROOT + ".testkit"))
                .check(classes);
    }

    private static List<String> examples() {
        try (Stream<Path> folders = Files.list(SOURCES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals("dev"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> eachExample() {
        return EXAMPLES;
    }

    /** Each of them knows only itself and what application code sees. */
    @ParameterizedTest
    @MethodSource("eachExample")
    void example_knowsOnlyThePublicApi(String example) {
        mayKnow(
                example,
                resideInAnyPackage(example, ROOT, ROOT + ".wire", ROOT + ".token")
                        .or(name(ROOT + ".bus.Member"))
                        .or(name(ROOT + ".bus.EmitFlag"))
                        .or(name(ROOT + ".bus.Answers"))
                        .or(name(ROOT + ".bus.Answer")));
    }

    private static String[] and(List<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void rooms_haveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
    }

    static Stream<Arguments> libraries() {
        return Stream.of(
                arguments("com.hazelcast..", List.of("cluster", "launch", "testkit")),
                arguments("io.vertx.spi.cluster.hazelcast..", List.of("cluster", "launch", "testkit")),
                arguments("io.vertx.ext.web..", List.of("http", "session", "transport..")),
                // Vert.x has no limit for a head that comes byte by byte, nor for an answer that nobody reads.
                // Nor does it tell a client otherwise that what came was refused, or let a test move its timers.
                arguments("io.netty..", List.of("wire", "transport..", "http", "client", "testkit")),
                arguments("org.junit..", List.of("testkit")),
                arguments("picocli..", List.of("launch")),
                arguments("ch.qos.logback..", List.of("admin", "tracing")),
                arguments("org.jline..", List.of("launch")),
                arguments("io.micrometer..", List.of("metrics")),
                arguments("io.opentelemetry..", List.of("tracing")),
                arguments("io.vertx.tracing..", List.of("tracing")),
                arguments("io.github.bucket4j..", List.of("limit")),
                arguments("com.github.benmanes.caffeine..", List.of("limit")),
                arguments("org.graalvm..", List.of("language.js")),
                arguments("groovy.lang..", List.of("language.groovy")),
                arguments("java.util.logging..", List.of()));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void library_isKnownOnlyInItsRooms(String library, List<String> rooms) {
        String[] allowed = rooms.stream().map(room -> ROOT + "." + room).toArray(String[]::new);
        noClasses()
                .that(not(resideInAnyPackage(allowed)))
                .and(not(OWN_ROUTES))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(classes);
    }

    @Test
    void standardStreams_areTheLaunchersAlone() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classes.that(not(resideInAPackage(ROOT + ".launch"))));
    }

    /**
     * Looks for string literals in the sources: compiled classes do not tell where a constant was spelled. Names of
     * local maps, and of the launcher's system properties, are no addresses.
     */
    @Test
    void addresses_areSpelledInOneClass() throws IOException {
        Path addresses = SOURCES.resolve("dev/switchboard/bus/Addresses.java");
        Path launcher = SOURCES.resolve("dev/switchboard/launch");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.equals(addresses) && !file.startsWith(launcher)))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(Files.readString(file).replaceAll("getLocalMap\\(\\s*\"[^\"]*\"", ""))
                                    .doesNotContain("\"switchboard."));
        }
    }

    private void mayKnow(String from, DescribedPredicate<JavaClass> known) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(and(EXAMPLES, ROOT + "..")).and(not(known)))
                .allowEmptyShould(true)
                .check(classes);
    }
}
