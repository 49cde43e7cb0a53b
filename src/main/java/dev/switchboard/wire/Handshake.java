package dev.switchboard.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a connection began, as far as handlers may see it. Tokens and keys of the query, and the headers Cookie and
 * Authorization, are left out; the header Cookie is there where the namespace says {@code "cookies": true}, but never
 * the session's.
 *
 * @param path the path of the request
 * @param query the parameters of the query, the first value of each
 * @param headers names in lower case; the first value of each
 * @param address the client's address, without port; through trusted proxies the one that they tell
 * @param secure whether the client's connection is encrypted, to the node or to a trusted proxy
 * @param time when it began
 * @param session the HTTP session that it belongs to, where the namespace has sessions and the request brought one
 */
public record Handshake(
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String address,
        boolean secure,
        Instant time,
        Optional<SessionId> session) {
    private static final Set<String> SECRET = Set.of("token", "key", "cookie", "authorization", "proxy-authorization");

    /** What is shorter can be guessed, and what is longer is no id. */
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9_-]{17,128}");

    private static final String COOKIE = "cookie";

    public Handshake {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** One without a session. */
    public Handshake(
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            String address,
            boolean secure,
            Instant time) {
        this(path, query, headers, address, secure, time, Optional.empty());
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

    /**
     * The same with what the cookies of its request say.
     *
     * @param shown whether handlers may read the header
     * @param inSession whether the connection belongs to the session that they name
     * @param sessionCookie the session's cookie, which is never shown
     */
    public Handshake withCookies(HttpServerRequest request, boolean shown, boolean inSession, String sessionCookie) {
        String given = String.join("; ", request.headers().getAll(HttpHeaders.COOKIE));
        if (given.isEmpty() || !(shown || inSession)) {
            return this;
        }
        List<String> cookies = Arrays.stream(given.split(";"))
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty())
                .toList();
        String prefix = sessionCookie + "=";
        Optional<SessionId> found = cookies.stream()
                .filter(cookie -> inSession && cookie.startsWith(prefix))
                .map(cookie -> cookie.substring(prefix.length()))
                .findFirst()
                .filter(id -> SESSION_ID.matcher(id).matches())
                .map(SessionId::new);
        Map<String, String> seen = new HashMap<>(headers);
        String others =
                cookies.stream().filter(cookie -> !cookie.startsWith(prefix)).collect(Collectors.joining("; "));
        if (shown && !others.isEmpty()) {
            seen.put(COOKIE, others);
        }
        return new Handshake(path, query, seen, address, secure, time, found);
    }

    /** The same with what a client says later as if it were in the query, its secrets left out; what is there stays. */
    public Handshake with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(query);
        more.forEach((name, value) -> {
            if (!SECRET.contains(name.toLowerCase(Locale.ROOT))) {
                all.putIfAbsent(name, value);
            }
        });
        return new Handshake(path, all, headers, address, secure, time, session);
    }

    /** Path and query, what is secret left out; of each parameter the first value, in the order of their names. */
    public String url() {
        String parameters = new TreeMap<>(query)
                .entrySet().stream()
                        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? path : path + "?" + parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** When it began, in milliseconds since 1970. */
    public long issued() {
        return time.toEpochMilli();
    }

    /** Whether it comes from a page of another origin than the server's own; {@code null} is such an origin (RFC 6454). */
    public boolean crossDomain() {
        String origin = headers.get("origin");
        String own = (secure ? "https://" : "http://") + headers.getOrDefault("host", "");
        return origin != null && !withoutUsualPort(origin).equals(withoutUsualPort(own));
    }

    private static String withoutUsualPort(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String usual = lower.startsWith("https:") ? ":443" : ":80";
        return lower.endsWith(usual) ? lower.substring(0, lower.length() - usual.length()) : lower;
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
                .put("time", time.toString())
                .put("issued", issued())
                .put("url", url())
                .put("crossDomain", crossDomain());
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
