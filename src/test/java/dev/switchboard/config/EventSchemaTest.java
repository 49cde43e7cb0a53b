package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventSchemaTest {
    private static final String TEXT = "{\"type\": \"string\"}";

    private static String config(String schemas) {
        return "{\"namespaces\": {\"/\": {\"schemas\": " + schemas + "}}}";
    }

    private static EventSchema say(String schema) {
        return read(config("{\"say\": " + schema + "}"))
                .namespaces()
                .get("/")
                .schemas()
                .get("say");
    }

    private static Optional<JsonObject> json(Optional<DataSchema> schema) {
        return schema.map(DataSchema::json);
    }

    @Test
    void read_schemaAlone_isOfWhatComesIn() {
        EventSchema schema = say(TEXT);

        assertThat(json(schema.in())).contains(new JsonObject(TEXT));
        assertThat(schema.out()).isEmpty();
        assertThat(schema.answer()).isEmpty();
    }

    @Test
    void read_declaration_hasAllWays() {
        EventSchema schema = say("""
                {"description": "Says it.", "in": {"type": "string"}, "out": {"type": "integer"}, "answer": {"type": "null"}}""");

        assertThat(json(schema.in())).contains(new JsonObject(TEXT));
        assertThat(json(schema.out())).contains(new JsonObject("{\"type\": \"integer\"}"));
        assertThat(json(schema.answer())).contains(new JsonObject("{\"type\": \"null\"}"));
        assertThat(schema.description()).contains("Says it.");
    }

    @Test
    void read_schemaThatSaysSomethingOfEverything_isNoDeclaration() {
        assertThat(json(say("{\"description\": \"Anything\"}").in()))
                .contains(new JsonObject("{\"description\": \"Anything\"}"));
    }

    @Test
    void read_faults_areToldTogetherWithTheirPaths() {
        ConfigurationException refusal = refusal(config("""
                {"say": {"in": {"type": "txt"}, "out": 7, "anser": {}}, "ask": {"answer": {"$ref": "#/$defs/none"}},
                 "$own": {"out": {}}}"""));

        assertThat(refusal.faults())
                .extracting(Fault::path)
                .containsExactlyInAnyOrder(
                        "namespaces./.schemas.say.in",
                        "namespaces./.schemas.say.out",
                        "namespaces./.schemas.say.anser",
                        "namespaces./.schemas.ask.answer",
                        "namespaces./.schemas.$own");
        assertThat(refusal).hasMessageContaining("did you mean \"answer\"?");
    }

    private record Files(Map<String, String> texts) implements Catalog {
        @Override
        public boolean hasVerticle(String name) {
            return true;
        }

        @Override
        public Optional<String> text(String file) {
            return Optional.ofNullable(texts.get(file));
        }
    }

    private static SwitchboardConfig readWithFile(String name, String text) {
        return SwitchboardConfig.read(
                new JsonObject(config("\"" + name + "\"")), Map.of(), new Files(Map.of("events.json", text)));
    }

    @Test
    void read_nameOfAFile_isWhatTheFileSays() {
        EventSchema schema = readWithFile("events.json", "{\"say\": {\"out\": " + TEXT + "}}")
                .namespaces()
                .get("/")
                .schemas()
                .get("say");

        assertThat(json(schema.out())).contains(new JsonObject(TEXT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.json|{}|namespaces./.schemas|there is no file \"none.json\"",
                "events.json|[]|namespaces./.schemas|the file \"events.json\" holds no JSON object",
                "events.json|{{|namespaces./.schemas|the file \"events.json\" holds no JSON object",
                "events.json|{\"say\":{\"out\":{\"type\":\"txt\"}}}|namespaces./.schemas(events.json).say.out|is no JSON Schema",
                "events.json|{\"say\":{\"out\":{},\"inn\":{}}}|namespaces./.schemas(events.json).say.inn|is not a known key"
            })
    void read_faultOfAFile_isToldWithItsPath(String name, String text, String path, String message) {
        ConfigurationException refusal =
                catchThrowableOfType(ConfigurationException.class, () -> readWithFile(name, text));

        assertThat(refusal.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.message()).startsWith(message);
        });
    }

    @Test
    void development_isOffUntilTheFileOrTheEnvironmentSaysOtherwise() {
        Map<String, String> variables = Map.of("SWITCHBOARD_DEVELOPMENT", "true", "SWITCHBOARD_NAMESPACES", "7");

        assertThat(read("{}").development()).isFalse();
        assertThat(read("{\"development\": true}").development()).isTrue();
        assertThat(read("{\"development\": false}", variables).development()).isTrue();
        assertThat(refusal("{}", Map.of("SWITCHBOARD_DEVELOPMENT", "yes")).faults())
                .extracting(Fault::path)
                .containsExactly("SWITCHBOARD_DEVELOPMENT");
    }
}
