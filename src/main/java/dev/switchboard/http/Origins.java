package dev.switchboard.http;

import dev.switchboard.config.Access;
import dev.switchboard.config.NoOrigin;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may talk to this server: its own, and those of listed origins. {@code null}, another scheme and another port
 * are foreign (RFC 6454). A request without {@code Origin} comes from no page, or reads for one of the server's own; what
 * becomes of the former the configuration says.
 */
final class Origins {
    /** As a browser sends it. */
    private static final Pattern ORIGIN = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>\\[[0-9a-f:.]+]|[a-z0-9_-][a-z0-9._-]*)(:(?<port>[0-9]{1,5}))?");

    private static final int LONGEST = 512;

    private final List<String> allowed;
    private final boolean all;
    private final boolean none;
    private final Set<String> exact = new HashSet<>();
    private final List<Wild> wild = new ArrayList<>();

    /** An origin with a star: {@code *.example.org} stands for all hosts below, and {@code *} for any port. */
    private record Wild(String scheme, String host, String port) {
        static Wild of(String written) {
            int host = written.indexOf("://") + 3;
            int colon = written.lastIndexOf(':');
            boolean hasPort = colon >= host && colon > written.lastIndexOf(']');
            return new Wild(
                    written.substring(0, host - 3),
                    written.substring(host, hasPort ? colon : written.length()),
                    hasPort ? written.substring(colon + 1) : "");
        }

        boolean fits(Matcher origin) {
            String name = origin.group("host");
            boolean sameHost = host.startsWith("*.")
                    ? name.length() >= host.length() && name.endsWith(host.substring(1))
                    : name.equals(host);
            String number = origin.group("port") == null ? "" : origin.group("port");
            return sameHost && scheme.equals(origin.group("scheme")) && (port.equals("*") || port.equals(number));
        }
    }

    /** @param allowed origins as browsers send them, some with stars, or {@code *} */
    Origins(List<String> allowed, NoOrigin noOrigin) {
        this.allowed = allowed;
        this.all = allowed.contains("*");
        this.none = noOrigin == NoOrigin.ACCEPT;
        allowed.forEach(origin -> {
            if (origin.contains("://*") || origin.endsWith(":*")) {
                wild.add(Wild.of(origin));
            } else {
                exact.add(origin);
            }
        });
    }

    Origins(Access access) {
        this(access.allowedOrigins(), access.noOrigin());
    }

    boolean allows(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return all || isKnown(origin, request);
        }
        return isReadByAPage(request) || (none && (all || !isOfAnotherPage(request)));
    }

    /** When a page asks by a script or a frame, browsers send no origin, but say that it is not the server's own. */
    private static boolean isOfAnotherPage(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    private boolean isKnown(String origin, HttpServerRequest request) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.equals(own(request)) || exact.contains(lower)) {
            return true;
        }
        if (wild.isEmpty() || lower.length() > LONGEST) {
            return false;
        }
        Matcher parts = ORIGIN.matcher(lower);
        return parts.matches() && wild.stream().anyMatch(one -> one.fits(parts));
    }

    /** When a page reads from its own server, browsers send no origin, but say so otherwise. */
    private boolean isReadByAPage(HttpServerRequest request) {
        boolean reads =
                (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))
                        && !request.headers().contains(HttpHeaders.UPGRADE);
        return reads
                && ("same-origin".equals(request.getHeader("Sec-Fetch-Site"))
                        || referrer(request)
                                .filter(from -> all || isKnown(from, request))
                                .isPresent());
    }

    /** The origin of the page that the browser names. */
    private static Optional<String> referrer(HttpServerRequest request) {
        String page = request.getHeader(HttpHeaders.REFERER);
        if (page == null) {
            return Optional.empty();
        }
        int host = page.indexOf("://") + 3;
        int path = page.indexOf('/', host);
        return host < 3 || path < 0 ? Optional.empty() : Optional.of(page.substring(0, path));
    }

    /** What Content-Security-Policy calls the pages that may hold one of this server in a frame; empty for all. */
    Optional<String> framers() {
        List<String> framing = new ArrayList<>(List.of("'self'"));
        framing.addAll(allowed);
        return all ? Optional.empty() : Optional.of("frame-ancestors " + String.join(" ", framing));
    }

    private static @Nullable String own(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null) {
            return null;
        }
        int usual = request.isSSL() ? 443 : 80;
        boolean bare = authority.port() <= 0 || authority.port() == usual;
        String host = authority.host().toLowerCase(Locale.ROOT);
        return (request.isSSL() ? "https://" : "http://") + host + (bare ? "" : ":" + authority.port());
    }
}
