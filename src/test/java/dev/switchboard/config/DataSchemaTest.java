package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.DataSchema.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataSchemaTest {
    private static final String MESSAGE = """
            {"type": "object", "required": ["text"], "additionalProperties": false,
             "properties": {"text": {"type": "string", "maxLength": 5}, "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}}},
             "$defs": {"tag": {"type": "string", "pattern": "^[a-z]+$"}}}""";

    private static String config(String schema) {
        return "{\"namespaces\": {\"/\": {\"schemas\": {\"say\": " + schema + "}}}}";
    }

    private static List<Problem> problems(@Nullable Object value) {
        DataSchema schema = read(config(MESSAGE))
                .namespaces()
                .get("/")
                .schemas()
                .get("say")
                .in()
                .orElseThrow();
        return schema.problems(value);
    }

    @Test
    void problems_ofDataThatFits_areNone() {
        assertThat(problems(new JsonObject().put("text", "hello").put("tags", new JsonArray().add("a"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|''",
                "{'text':'too long'}|/text",
                "{'text':1}|/text",
                "{'text':'x','tags':['a','B']}|/tags/1",
                "{'text':'x','tags':[1]}|/tags/0",
                "{'text':'x','other':1}|/other",
                "{'text':'x','a/b~c':1}|/a~1b~0c"
            })
    void problems_areToldByPointer(String json, String pointer) {
        List<Problem> problems = problems(new JsonObject(json.replace('\'', '"')));

        assertThat(problems).extracting(Problem::pointer).containsExactly(pointer);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
    }

    @Test
    void problems_ofOtherThanAnObject_areOfTheWhole() {
        assertThat(problems("text")).extracting(Problem::pointer).containsExactly("");
        assertThat(problems(null)).extracting(Problem::pointer).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'strnig'}|/type",
                "{'properties':{'a':{'minimum':'1'}}}|/properties/a/minimum",
                "{'$ref':'https://example.org/x'}|",
                "{'$ref':'#/$defs/none'}|",
            })
    void read_whatIsNoSchema_isAFault(String schema, @Nullable String pointer) {
        ConfigurationException refusal = refusal(config(schema.replace('\'', '"')));

        assertThat(refusal.faults()).isNotEmpty().allSatisfy(fault -> {
            assertThat(fault.path()).isEqualTo("namespaces./.schemas.say");
            assertThat(fault.message()).startsWith("is no JSON Schema");
        });
        assertThat(refusal.faults().toString()).contains(pointer == null ? "" : pointer);
    }

    @Test
    void problems_ofBytes_orOfTooMuch_areToldWithoutALook() {
        JsonObject many = new JsonObject();
        for (int n = 0; n < 2_000; n++) {
            many.put("k" + n, n);
        }

        assertThat(problems(Buffer.buffer("x")))
                .extracting(Problem::message)
                .containsExactly("Bytes have no JSON form");
        assertThat(problems(many)).extracting(Problem::message).containsExactly("More than 1000 values");
        assertThat(problems(new JsonArray().add(new JsonArray().add(many))))
                .extracting(Problem::message)
                .containsExactly("More than 1000 values");
    }

    @Test
    void read_uniqueItemsAtAnyDepth_isAFault() {
        assertThat(refusal(config("{\"properties\": {\"a\": {\"items\": {\"uniqueItems\": true}}}}"))
                        .getMessage())
                .contains("uniqueItems");
    }

    @Test
    void problemsOfOurs_areOfAnySize_andNoneWhereAnythingMayBe() {
        DataSchema list = read(config("{\"out\": {\"type\": \"array\", \"items\": {\"type\": \"integer\"}}}"))
                .namespaces()
                .get("/")
                .schemas()
                .get("say")
                .out()
                .orElseThrow();
        DataSchema anything = read(config("{\"out\": {}}"))
                .namespaces()
                .get("/")
                .schemas()
                .get("say")
                .out()
                .orElseThrow();
        JsonArray large = new JsonArray(Collections.nCopies(2_000, 7));

        assertThat(list.problemsOfOurs(large)).isEmpty();
        assertThat(list.problems(large)).hasSize(1);
        assertThat(list.problemsOfOurs(large.copy().add("x")))
                .extracting(Problem::pointer)
                .containsExactly("/2000");
        assertThat(list.problemsOfOurs(Buffer.buffer("x"))).hasSize(1);
        assertThat(anything.problemsOfOurs(Buffer.buffer("x"))).isEmpty();
    }
}
