package dev.switchboard.http;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what proxies add to a request: {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}, or, where none of the
 * three is there, {@code Forwarded} (RFC 7239). Nothing in them makes it throw.
 */
final class ForwardedHeaders {
    private static final String FORWARDED = "Forwarded";
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    /** Quoting aside, more is allowed in a value than the RFC does: many send addresses with ports unquoted. */
    private static final Pattern PART = Pattern.compile(
            "\\G[ \\t]*+(?:(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]++)="
                    + "(?:\"(?<quoted>[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|(?<plain>[^ \\t\",;]++)))?+[ \\t]*+(?<end>[;,]|\\z)");

    private ForwardedHeaders() {}

    /** Whether somebody says that he passes the request on. */
    static boolean areIn(MultiMap headers) {
        return Stream.of(FORWARDED, FOR, PROTO, HOST).anyMatch(headers::contains);
    }

    /** In the order in which they were added: the first is what the outermost proxy says, or somebody before it. */
    static List<Hop> of(MultiMap headers) {
        // Even an empty one: a proxy that sends it passes on whatever the client put into the other.
        if (Stream.of(FOR, PROTO, HOST).noneMatch(headers::contains)) {
            return forwarded(headers);
        }
        List<String> nodes = values(headers, FOR);
        List<String> protos = values(headers, PROTO);
        List<String> hosts = values(headers, HOST);
        int count = nodes.size();
        if (count == 0) {
            return List.of(Hop.of(null, at(0, 0, protos), at(0, 0, hosts)));
        }
        List<Hop> hops = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            hops.add(Hop.of(nodes.get(n), at(n, count, protos), at(n, count, hosts)));
        }
        return hops;
    }

    private static List<String> values(MultiMap headers, String name) {
        return headers.getAll(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** What belongs to one of the nodes where each has its own, else what the nearest proxy says. */
    private static @Nullable String at(int node, int nodes, List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        return values.get(values.size() == nodes ? node : values.size() - 1);
    }

    private static List<Hop> forwarded(MultiMap headers) {
        List<Hop> hops = new ArrayList<>();
        for (String line : headers.getAll(FORWARDED)) {
            hops.addAll(hops(line));
        }
        return hops;
    }

    /** A line that is malformed anywhere is nobody's: who could say where the last proxy's part begins? */
    private static List<Hop> hops(String line) {
        List<Hop> hops = new ArrayList<>();
        Map<String, String> pairs = new HashMap<>();
        Matcher part = PART.matcher(line);
        int end = 0;
        while (end < line.length()) {
            if (!part.find() || !add(part, pairs)) {
                return List.of(Hop.UNKNOWN);
            }
            end = part.end();
            if ((part.group("end").equals(",") || end == line.length()) && !pairs.isEmpty()) {
                hops.add(Hop.of(pairs.get("for"), pairs.get("proto"), pairs.get("host")));
                pairs.clear();
            }
        }
        return hops;
    }

    /** Notes the pair of a part, if it has one; false when the pair's name was there before. */
    private static boolean add(Matcher part, Map<String, String> pairs) {
        String name = part.group("name");
        if (name == null) {
            return true;
        }
        String quoted = part.group("quoted");
        String value = quoted == null ? part.group("plain") : quoted.replaceAll("\\\\(.)", "$1");
        return pairs.put(name.toLowerCase(Locale.ROOT), value) == null;
    }
}
