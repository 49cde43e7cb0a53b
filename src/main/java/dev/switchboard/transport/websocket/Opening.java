package dev.switchboard.transport.websocket;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a request for a WebSocket must say (RFC 6455 section 4.2.1). Stateless. */
final class Opening {
    private static final String VERSION = "Sec-WebSocket-Version";

    private static final String LATEST = "13";

    /** Those of the last drafts, whose frames are the same; SockJS asks for them. */
    private static final Set<String> VERSIONS = Set.of("7", "8", LATEST);

    /** Sixteen bytes in Base64. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    private Opening() {}

    /** Whether it says so; otherwise it has been answered. */
    static boolean isGood(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!request.method().equals(HttpMethod.GET)) {
            response.putHeader(HttpHeaders.ALLOW, "GET").setStatusCode(405).end();
        } else if (!says(request, HttpHeaders.CONNECTION, "upgrade")) {
            response.setStatusCode(400).end("\"Connection\" must be \"Upgrade\".\n");
        } else if (!isKnown(all(request, VERSION))) {
            response.putHeader(VERSION, LATEST)
                    .putHeader(HttpHeaders.CONNECTION, "Upgrade")
                    .putHeader(HttpHeaders.UPGRADE, "websocket")
                    .setStatusCode(426)
                    .end();
        } else if (request.version() != HttpVersion.HTTP_1_1 || !hasKey(request)) {
            response.setStatusCode(400).end();
        } else {
            return true;
        }
        return false;
    }

    private static boolean isKnown(List<String> versions) {
        return versions.size() == 1 && VERSIONS.contains(versions.get(0));
    }

    private static boolean hasKey(HttpServerRequest request) {
        List<String> keys = all(request, "Sec-WebSocket-Key");
        return keys.size() == 1 && KEY.matcher(keys.get(0)).matches();
    }

    private static List<String> all(HttpServerRequest request, CharSequence header) {
        return request.headers().getAll(header).stream().map(String::strip).toList();
    }

    private static boolean says(HttpServerRequest request, CharSequence header, String token) {
        return all(request, header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(value -> value.strip().equalsIgnoreCase(token));
    }
}
