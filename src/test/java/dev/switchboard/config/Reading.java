package dev.switchboard.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;

/** Reads configurations of which the test says only what matters. Verticles exist unless they are called Missing. */
final class Reading {
    static final String KEY = "0123456789abcdef0123456789abcdef";

    private Reading() {}

    static SwitchboardConfig readWithKeyFile(Path file) {
        JsonObject token = new JsonObject().put("keyFile", file.toString());
        return read(new JsonObject().put("token", token).encode());
    }

    static SwitchboardConfig read(String json) {
        return read(json, Map.of());
    }

    static SwitchboardConfig read(String json, Map<String, String> environment) {
        return SwitchboardConfig.read(new JsonObject(json), environment, Reading::exists);
    }

    static ConfigurationException refusal(String json) {
        return refusal(json, Map.of());
    }

    static ConfigurationException refusal(JsonObject json) {
        return refusal(json, Map.of());
    }

    static ConfigurationException refusal(String json, Map<String, String> environment) {
        return refusal(new JsonObject(json), environment);
    }

    static ConfigurationException refusal(JsonObject json, Map<String, String> environment) {
        return catchThrowableOfType(
                ConfigurationException.class, () -> SwitchboardConfig.read(json, environment, Reading::exists));
    }

    static boolean exists(String verticle) {
        return !verticle.contains("Missing");
    }
}
