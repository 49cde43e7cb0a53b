package dev.switchboard.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.SwitchboardConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is declared, as others read it. */
final class TypesTest {
    /** Names that are keywords, are no identifiers, or that generated code uses itself. */
    private static final String HARD = """
            {"type": "object", "required": ["class", "json", "of", "to string", "n", "yes", "whole"], "properties": {
              "class": {"type": "string"}, "json": {"type": "integer"}, "of": {"type": "number"}, "to string": {"type": "string"},
              "to-string": {"type": "string"}, "n": {"type": "integer"}, "yes": {"type": "boolean"}, "whole": {"type": "integer"},
              "1st": {"type": "string", "description": "ends a comment */ and \\\\u000a not"},
              "mood": {"enum": ["good", "bad", null]}, "level": {"const": 3}, "maybe": {"type": ["number", "null"]},
              "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "free": {},
              "list": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
              "map": {"type": "object", "additionalProperties": {"$ref": "#/$defs/tree"}},
              "tree": {"$ref": "#/$defs/tree"}, "String": {"type": "object", "properties": {"x": {"type": "string"}}}},
             "$defs": {"tree": {"type": "object", "required": ["name"], "properties": {
               "name": {"type": "string"}, "below": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}}}""";

    private static List<NamespaceEvents> namespace(String path, String namespace) {
        JsonObject json = new JsonObject().put("namespaces", new JsonObject().put(path, new JsonObject(namespace)));
        return NamespaceEvents.of(SwitchboardConfig.read(json, Map.of(), name -> true));
    }

    private static List<NamespaceEvents> event(String event, String declared) {
        return namespace(
                "/",
                new JsonObject()
                        .put("schemas", new JsonObject().put(event, new JsonObject(declared)))
                        .encode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"type\":\"string\"}~string",
                "{\"type\":\"integer\"}~number",
                "{\"type\":\"boolean\"}~boolean",
                "{\"type\":[\"string\",\"null\"]}~string | null",
                "{\"enum\":[\"a\",1,true,null]}~\"a\" | 1 | true | null",
                "{\"const\":\"a\"}~\"a\"",
                "{\"enum\":[[1]]}~unknown",
                "{\"type\":\"array\"}~Array<unknown>",
                "{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"number\"]}}~Array<string | number>",
                "{\"type\":\"object\"}~Record<string, unknown>",
                "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"number\"}}~Record<string, number>",
                "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]}~string | number",
                "{\"anyOf\":[{\"type\":\"string\"},{}]}~unknown",
                "{\"allOf\":[{\"type\":\"string\"}]}~string",
                "{\"allOf\":[{\"type\":\"string\"},{\"maxLength\":3}]}~unknown",
                "{\"not\":{\"type\":\"string\"}}~unknown",
                "{}~unknown",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"string\"}}}~string",
                "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}~Array<unknown>"
            })
    void typeScript_ofASchema_saysWhatTypesCanSay(String schema, String type) {
        String module = TypeScript.of(event("say", "{\"out\": " + schema + "}"));

        assertThat(module).contains("    \"say\": " + type + ";\n");
    }

    @Test
    void typeScript_objects_areInterfacesUnderTheNameOfTheirNamespace() {
        String module = TypeScript.of(namespace("/big-chat", """
                {"presence": "rooms", "events": {"rooms": "a.B", "open": "a.B"}, "schemas": {
                  "say": {"description": "Says it.", "in": {"properties": {"text": {"type": "string", "description": "What"},
                          "a-b": {"type": "string"}}, "required": ["text"]}, "answer": {"type": "integer"}},
                  "n": {"type": "integer"}}}"""));

        assertThat(module).contains("""
                export interface BigChatEvents {
                  emit: {
                    "n": { data: number; answer: unknown };
                    "rooms": { data?: unknown; answer: unknown };
                    /** Says it. */
                    "say": { data: BigChatSay; answer: number };
                  };
                  on: {
                    /** A user was not there before. */
                    "user joined": BigChatUserJoined;
                    /** A user is not there any more. */
                    "user left": BigChatUserLeft;
                  };
                }
                """, """
                export interface BigChatSay {
                  /** What */
                  text: string;
                  "a-b"?: string;
                }
                """).doesNotContain("\"open\"");
    }

    @Test
    void javaRecords_readAndWriteWhatTheSchemaAllows(@TempDir Path folder) throws Exception {
        JsonObject json = new JsonObject("""
                {"class": "c", "json": 5000000000, "of": 1.5, "to string": "s", "n": 7, "yes": true, "whole": 1, "1st": "first",
                 "mood": "bad", "level": 3, "either": 4, "free": {"x": [1]}, "list": [[1, 2], []],
                 "map": {"k": {"name": "leaf"}}, "tree": {"name": "root", "below": [{"name": "leaf"}]}, "String": {"x": "y"}}""");

        try (URLClassLoader classes =
                compile(folder, JavaRecords.of(event("hard event", "{\"in\": " + HARD + "}"), "a.b"))) {
            Class<?> record = classes.loadClass("a.b.RootEvents$HardEvent");
            Method of = record.getMethod("of", JsonObject.class);
            // As it comes off the wire, and as Java code may have made it.
            Object read = of.invoke(null, new JsonObject(json.toBuffer()));

            assertThat(record.getMethod("json").invoke(read)).isEqualTo(json);
            assertThat(of.invoke(null, record.getMethod("json").invoke(read))).isEqualTo(read);
            assertThat(record.getMethod("json_").invoke(read)).isEqualTo(5_000_000_000L);
            assertThat(record.getMethod("toString_").invoke(read)).isEqualTo("s");
            assertThat(record.getMethod("type1st").invoke(read)).isEqualTo("first");
            assertThat(record.getMethod("maybe").invoke(read)).isNull();
            assertThat(classes.loadClass("a.b.RootEvents")
                            .getField("HARD_EVENT")
                            .get(null))
                    .isEqualTo("hard event");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"string\"}",
                "{}",
                "{\"type\":\"array\",\"items\":{\"properties\":{\"x\":{}}}}",
                "{\"properties\":{\"self\":{\"$ref\":\"#\"}}}"
            })
    void javaRecords_ofAnySchema_compile(String schema, @TempDir Path folder) throws Exception {
        String declared = "{\"in\": " + schema + ", \"out\": {\"properties\": {\"a\": " + schema + "}}, \"answer\": "
                + schema + "}";

        compile(folder, JavaRecords.of(event("events", declared), "p")).close();
        compile(folder, JavaRecords.of(event("+1 \"quoted\" \\ \n", declared), "p"))
                .close();
    }

    private static URLClassLoader compile(Path folder, Map<String, String> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(said, null, null)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            List<Path> sources = files.keySet().stream().map(folder::resolve).toList();
            List<String> options =
                    List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
            boolean isGood = compiler.getTask(
                            null, manager, said, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(isGood).as(() -> said.getDiagnostics() + "\n" + files).isTrue();
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, TypesTest.class.getClassLoader());
    }

    @Test
    void asyncApi_references_leadToWhatTheyLedTo() {
        JsonObject document = AsyncApi.of(event("say it", "{\"in\": " + HARD + "}"), "1", "localhost:80", false);

        JsonObject schema =
                document.getJsonObject("components").getJsonObject("schemas").getJsonObject("root.say_it.in");
        String tree = "#/components/schemas/root.say_it.in/$defs/tree";
        assertThat(schema.getJsonObject("properties").getJsonObject("tree").getString("$ref"))
                .isEqualTo(tree);
        assertThat(schema.getJsonObject("$defs")
                        .getJsonObject("tree")
                        .getJsonObject("properties")
                        .getJsonObject("below")
                        .getJsonObject("items")
                        .getString("$ref"))
                .isEqualTo(tree);
    }
}
