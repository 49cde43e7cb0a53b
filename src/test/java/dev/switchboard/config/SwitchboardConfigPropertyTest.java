package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class SwitchboardConfigPropertyTest {
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void read_anyJson_throwsNothingButItsOwnException(
            @ForAll("objects") JsonObject json, @ForAll("texts") String text, @ForAll boolean exists) {
        try {
            Map<String, String> environment = Map.of("SWITCHBOARD_HTTP_PORT", text, "SWITCHBOARD_TOKEN_TTL", text);
            SwitchboardConfig.read(json, environment, name -> exists);
        } catch (ConfigurationException refusal) {
            assertThat(refusal.faults()).isNotEmpty();
            assertThat(refusal.getMessage())
                    .startsWith("The configuration has " + refusal.faults().size());
        }
    }

    @Property(tries = 100)
    void read_textOfAnyLength_throwsNothingButItsOwnException(
            @ForAll("units") String unit, @ForAll("lengths") int length) {
        String text = unit.repeat(length);
        JsonObject namespace = new JsonObject().put("ws", "/" + text).put(text, 1);
        JsonObject json = new JsonObject()
                .put("http", new JsonObject().put("port", text).put(text, text))
                .put("limits", new JsonObject().put("message", text).put("ping", text))
                .put("namespaces", new JsonObject().put("/" + text, namespace));
        try {
            SwitchboardConfig.read(json, Map.of(), name -> true);
        } catch (ConfigurationException refusal) {
            assertThat(refusal.faults()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<String> units() {
        return Arbitraries.of("/a", "a", "1", "http://a", ".", "/.");
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(0, 100_000);
    }

    @Provide
    Arbitrary<JsonObject> objects() {
        return objects(values(3));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.of(
                        "30s", "64KiB", "https://example.org", "*", "worker", "none", "/chat", "/a/../b", "0", "::/0"));
    }

    private static Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8),
                Arbitraries.of(
                        "http",
                        "token",
                        "limits",
                        "namespaces",
                        "handlers",
                        "/",
                        "/chat",
                        "events",
                        "open",
                        "sockjs",
                        "ws",
                        "port",
                        "allowedOrigins",
                        "trustedProxies",
                        "ttl",
                        "keyFile",
                        "key",
                        "auth",
                        "dialect",
                        "inFlight",
                        "message",
                        "handshake",
                        "instances",
                        "threading",
                        "config"));
    }

    private static Arbitrary<JsonObject> objects(Arbitrary<Object> values) {
        return Arbitraries.maps(keys(), values).ofMaxSize(6).map(JsonObject::new);
    }

    private Arbitrary<Object> values(int depth) {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                texts().map(text -> (Object) text),
                Arbitraries.integers().map(number -> (Object) number),
                Arbitraries.doubles().map(number -> (Object) number),
                Arbitraries.bigIntegers().map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag));
        if (depth == 0) {
            return scalars.injectNull(0.05);
        }
        Arbitrary<Object> below = values(depth - 1);
        return Arbitraries.frequencyOf(
                        Tuple.of(2, scalars),
                        Tuple.of(1, below.list().ofMaxSize(4).map(JsonArray::new)),
                        Tuple.of(4, objects(below).map(object -> (Object) object)))
                .injectNull(0.05);
    }
}
