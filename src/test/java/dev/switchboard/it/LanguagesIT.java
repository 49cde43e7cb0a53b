package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.switchboard.config.TracingConfig;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same handler in each language, as the page on languages shows it, behaves in the same way. */
@Tag("smoke")
final class LanguagesIT {
    private static final Path SOURCES = Path.of("src/test/handlers");

    /** The fewer jars the Kotlin compiler looks into, the sooner it is done. */
    private static final Pattern NEEDED = Pattern.compile("/classes$|vertx-(core|lang)|kotlin-stdlib|kotlinx|jspecify");

    @TempDir
    private static Path compiled;

    @BeforeAll
    static void compile() {
        String classPath = System.getProperty("java.class.path");
        String out = compiled.toString();
        int java = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", out, source("Talk.java"));
        assertThat(java).isZero();
        ExitCode kotlin = new K2JVMCompiler()
                .exec(
                        new PrintStream(System.err, true, StandardCharsets.UTF_8),
                        "-no-stdlib",
                        "-no-reflect",
                        "-jvm-target",
                        "17",
                        "-classpath",
                        Stream.of(classPath.split(File.pathSeparator, -1))
                                .filter(entry -> NEEDED.matcher(entry).find())
                                .collect(Collectors.joining(File.pathSeparator)),
                        "-d",
                        out,
                        source("KotlinTalk.kt"));
        assertThat(kotlin).isEqualTo(ExitCode.OK);
    }

    private static String source(String name) {
        return SOURCES.resolve(name).toString();
    }

    static Stream<Arguments> languages() {
        return Stream.of(
                arguments("Talk", true),
                arguments("Talk.java", false),
                arguments("talk.js", false),
                arguments("js:src/test/handlers/talk.js", true),
                arguments("talk.groovy", false),
                arguments("groovy:src/test/handlers/talk.groovy", true),
                arguments("KotlinTalk", true));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void handler_inEachLanguage_behavesTheSame(String verticle, boolean isCompiled) throws Exception {
        try (TestServer server = start(verticle, isCompiled ? compiled : SOURCES);
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            TestClient ann = clients.open();
            TestClient bob = clients.open();
            ann.answer("name", "Ann");
            bob.answer("name", "Bob");

            assertThat(ann.answer("enter", "den")).isEqualTo(new JsonArray().add("den"));
            bob.answer("enter", "den");
            assertThat(ann.data("entered")).isEqualTo("Bob");

            assertThat(bob.answer("say", words("hello"))).isEqualTo(1);
            assertThat(ann.answer("say", words("hi"))).isEqualTo(2);
            for (TestClient client : List.of(ann, bob)) {
                assertThat(client.data("said"))
                        .isEqualTo(new JsonObject().put("from", "Bob").put("text", "hello"));
                assertThat(client.data("said"))
                        .isEqualTo(new JsonObject().put("from", "Ann").put("text", "hi"));
            }
            JsonObject refusal = ann.refusal("say", words(" "));
            assertThat(refusal.getString("code")).isEqualTo("EMPTY");
            assertThat(refusal.getString("message")).isEqualTo("Say something");

            int question = ann.ask("clear", "den");
            JsonObject asked = ann.next("sure?");
            assertThat(asked.getValue("data")).isEqualTo("den");
            ann.send(new JsonObject()
                    .put("ack", asked.getValue("id"))
                    .put("data", true)
                    .encode());
            assertThat(ann.ack(question).getValue("data")).isEqualTo("cleared");
            assertThat(bob.data("cleared")).isEqualTo("den");

            ann.hangUp();
            assertThat(bob.data("left")).isEqualTo("Ann");
        }
    }

    /** Also what it does after it has awaited something. */
    @ParameterizedTest
    @MethodSource("languages")
    void handler_inEachLanguage_staysInTheTraceOfItsEvent(String verticle, boolean isCompiled) throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        try (TestServer server = start(verticle, isCompiled ? compiled : SOURCES);
                SpanLog log = SpanLog.of(server, TracingConfig.Clients.JOIN);
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            TestClient ann = clients.open();
            TestClient bob = clients.open();
            ann.answer("name", "Ann");
            bob.answer("name", "Bob");
            ann.answer("enter", "den");

            bob.send(TestClient.message("enter", "den")
                    .put("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                    .encode());

            assertThat(ann.data("entered")).isEqualTo("Bob");
            SpanData emitted = log.await1(span ->
                    span.getName().equals("emit entered") && span.getTraceId().equals(trace));
            SpanData handled = log.await1(span ->
                    span.getName().equals("handle enter") && span.getTraceId().equals(trace));
            assertThat(emitted.getParentSpanId()).isEqualTo(handled.getSpanId());
        }
    }

    private static JsonObject words(String text) {
        return new JsonObject().put("room", "den").put("text", text);
    }

    private static TestServer start(String verticle, Path root) throws Exception {
        JsonObject events = new JsonObject();
        Stream.of("name", "enter", "say", "clear", "close").forEach(event -> events.put(event, verticle));
        JsonObject namespace = new JsonObject().put("auth", "none").put("events", events);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] roots = {root.toUri().toURL()};
        thread.setContextClassLoader(new URLClassLoader(roots, before));
        try {
            return TestServer.start(new JsonObject().put("namespaces", new JsonObject().put("/", namespace)));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
