package dev.switchboard.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a connection began, as far as handlers may see it. Tokens and keys of the query, and the headers Cookie and
 * Authorization, are left out.
 *
 * @param path the path of the request
 * @param query the parameters of the query, the first value of each
 * @param headers names in lower case; the first value of each
 * @param address the client's address, without port
 * @param secure whether the connection is encrypted
 * @param time when it began
 */
public record Handshake(
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String address,
        boolean secure,
        Instant time) {
    private static final Set<String> SECRET = Set.of("token", "key", "cookie", "authorization", "proxy-authorization");

    public Handshake {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** What a request says, its secrets left out. */
    public static Handshake of(HttpServerRequest request) {
        return new Handshake(
                request.path(),
                first(request.params(), false),
                first(request.headers(), true),
                request.remoteAddress().hostAddress(),
                request.isSSL(),
                Instant.now());
    }

    /** What {@link #json} says. */
    public static Handshake of(JsonObject json) {
        return new Handshake(
                json.getString("path", ""),
                texts(json.getJsonObject("query", new JsonObject())),
                texts(json.getJsonObject("headers", new JsonObject())),
                json.getString("address", ""),
                json.getBoolean("secure", false),
                json.getInstant("time", Instant.EPOCH));
    }

    private static Map<String, String> texts(JsonObject json) {
        Map<String, String> texts = new HashMap<>();
        json.fieldNames().forEach(name -> texts.put(name, json.getString(name, "")));
        return texts;
    }

    /** The same as JSON, for code in other languages. */
    public JsonObject json() {
        return new JsonObject()
                .put("path", path)
                .put("query", new JsonObject(new HashMap<>(query)))
                .put("headers", new JsonObject(new HashMap<>(headers)))
                .put("address", address)
                .put("secure", secure)
                .put("time", time.toString());
    }

    private static Map<String, String> first(MultiMap all, boolean headers) {
        Map<String, String> first = new HashMap<>();
        all.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!SECRET.contains(lower)) {
                first.putIfAbsent(headers ? lower : name, value);
            }
        });
        return first;
    }
}
