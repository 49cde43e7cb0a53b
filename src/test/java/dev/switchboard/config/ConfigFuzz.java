package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.fuzz.Fuzz;
import dev.switchboard.fuzz.Garble;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What holds for every text that an administrator may write: it is taken, or its faults are told. */
public final class ConfigFuzz {
    private static final List<String> VARIABLES = List.of(
            "HTTP_PORT",
            "HTTP_HOST",
            "HTTP_INSTANCES",
            "HTTP_ALLOWEDORIGINS",
            "HTTP_ALLOWED_ORIGINS",
            "HTTP_WEBROOT",
            "HTTP_TRUSTEDPROXIES",
            "HTTP_TRUSTED_PROXIES",
            "HTTP_SESSION",
            "TOKEN_TTL",
            "TOKEN_KEY",
            "TOKEN_MAXAGE",
            "TOKEN_MAX_AGE",
            "LIMITS_MESSAGE",
            "LIMITS_QUEUE",
            "LIMITS_PING",
            "LIMITS_BADFRAMES",
            "LIMITS_ROOMS",
            "CLUSTER_TRUSTEDNETWORK",
            "CLUSTER_TRUSTED_NETWORK",
            "",
            "_",
            "X_Y");
    private static final List<String> KEYS = List.of(
            "http",
            "token",
            "limits",
            "cluster",
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
            "key",
            "auth",
            "schemas",
            "in",
            "out",
            "answer",
            "development",
            "dialect",
            "inFlight",
            "message",
            "ping",
            "instances",
            "threading",
            "config",
            "session",
            "presence",
            "schema",
            "middleware",
            "packet",
            "cookies");
    private static final List<String> TEXTS = List.of(
            "30s",
            "1d",
            "64KiB",
            "9999999999d",
            "99999999999GiB",
            "0",
            "65536",
            "https://*.example.org:*",
            "http://[::1]:1",
            "null",
            "*",
            "10.0.0.0/8",
            "fd00::/8",
            "::/0",
            "1.2.3.4/33",
            "256.1.1.1",
            "worker",
            "none",
            "required",
            "text",
            "/a/../b",
            "//",
            "true",
            "js:x.js",
            "chat.ChatHandler",
            "Missing");

    private ConfigFuzz() {}

    public static List<Fuzz<?>> all() {
        return List.of(
                new Fuzz<>("durations and sizes", Garble.of(ConfigFuzz::quantity), ConfigFuzz::quantity),
                new Fuzz<>("networks", Garble.of(ConfigFuzz::network), ConfigFuzz::network),
                new Fuzz<>("origins", Garble.of(ConfigFuzz::origin), ConfigFuzz::origin),
                new Fuzz<>("environment", Garble.of(ConfigFuzz::environment), ConfigFuzz::environment),
                new Fuzz<>("configuration", Garble.of(garble -> object(garble, 4)), ConfigFuzz::configuration));
    }

    private static String quantity(Garble garble) {
        String unit = garble.oneOf(List.of("ms", "s", "m", "h", "d", "B", "KiB", "MiB", "GiB", "", "kb", " s"));
        String digits = "0123456789".repeat(2).substring(garble.below(10), 10 + garble.below(10));
        return garble.once(4) ? garble.text(12) : digits + unit;
    }

    private static void quantity(String text) {
        for (Quantity kind : List.of(Quantity.DURATION, Quantity.SIZE)) {
            kind.parse(text).ifPresent(amount -> {
                assertThat(amount).isNotNegative();
                assertThat(kind.parse(kind.print(amount))).hasValue(amount);
            });
        }
    }

    private static String network(Garble garble) {
        StringBuilder text = new StringBuilder();
        for (int n = garble.below(12); n > 0; n--) {
            text.append(garble.oneOf(List.of(".", ":", "::", "/", "%eth0", "[", "]", "fd00", "ffff", "0", "-1")));
            text.append(garble.once(3) ? garble.text(2) : garble.below(300));
        }
        return garble.once(3) ? garble.below(256) + ".0.0.0/" + garble.below(40) : text.toString();
    }

    /** No name is looked up, or this would take long. */
    private static void network(String text) {
        Network.parse(text).ifPresent(network -> {
            assertThat(network.contains(network.first())).isTrue();
            assertThat(Network.parse(network.first().getHostAddress() + "/" + network.bits()))
                    .hasValue(network);
        });
    }

    private static String origin(Garble garble) {
        StringBuilder text =
                new StringBuilder(garble.oneOf(List.of("http://", "https://", "HTTP://", "file://", "", "//")));
        for (int n = garble.below(6); n > 0; n--) {
            text.append(
                    garble.oneOf(List.of("*.", "*", "a", ".", ":", "80", "443", "99999", "[::1]", "/", "@", "?", "-")));
            text.append(garble.once(4) ? garble.text(3) : "");
        }
        return text.toString();
    }

    private static void origin(String text) {
        read(new JsonObject().put("http", new JsonObject().put("allowedOrigins", new JsonArray().add(text))), Map.of());
    }

    private static String text(Garble garble) {
        return garble.once(2) ? garble.oneOf(TEXTS) : garble.once(2) ? quantity(garble) : garble.text(12);
    }

    private static Map<String, String> environment(Garble garble) {
        Map<String, String> variables = new HashMap<>();
        for (int n = garble.below(6); n >= 0; n--) {
            variables.put("SWITCHBOARD_" + garble.oneOf(VARIABLES), text(garble));
        }
        return variables;
    }

    private static void environment(Map<String, String> variables) {
        read(new JsonObject(), variables);
    }

    private static String object(Garble garble, int depth) {
        String[] keys = new String[garble.below(5)];
        Arrays.setAll(keys, n -> garble.once(10) ? garble.string() : "\"" + garble.oneOf(KEYS) + "\"");
        return garble.object(
                keys,
                key -> depth == 0 || garble.once(3)
                        ? garble.once(2)
                                ? new JsonArray().add(text(garble)).encode().replaceAll("^.|.$", "")
                                : garble.json(2)
                        : object(garble, depth - 1));
    }

    private static void configuration(String json) {
        JsonObject object;
        try {
            object = new JsonObject(json);
        } catch (DecodeException noJson) {
            return;
        }
        read(object, Map.of());
    }

    private static void read(JsonObject json, Map<String, String> environment) {
        try {
            assertThat(SwitchboardConfig.read(json, environment, Reading::exists))
                    .isNotNull();
        } catch (ConfigurationException refusal) {
            assertThat(refusal.faults()).isNotEmpty();
            assertThat(refusal.getMessage()).hasSizeLessThan(1_000_000);
        }
    }
}
