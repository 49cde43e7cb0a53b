package dev.switchboard.http;

import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files below the web root, and the browser's client of SockJS. A page that holds {@code <meta name="page-token"
 * content="">} gets a fresh token for a guest in it. To be mounted last, since it takes every path that nothing else
 * took. Lives on the event loop of its verticle; files are read by others.
 */
final class PageRoutes {
    /** Where the browser's client of SockJS is. */
    static final String SOCKJS_CLIENT = "/lib/sockjs.min.js";

    /** Our own client, for pages in a folder that has none. */
    private static final Set<String> CLIENT =
            Set.of("/switchboard.js", "/switchboard.mjs", "/switchboard.d.ts", "/switchboard.d.mts");

    /** Where it is on the class path. */
    private static final String SHIPPED = "webroot";

    private static final String INDEX = "index.html";

    /** Names that begin with a dot, hidden or parents; Windows' separator; control characters. */
    private static final Pattern FORBIDDEN = Pattern.compile("/\\.|\\\\|\\p{Cc}");

    private static final Pattern TOKEN_SLOT =
            Pattern.compile("(<meta\\s+name=\"page-token\"\\s+content=\")(\"\\s*/?>)", Pattern.CASE_INSENSITIVE);

    private final Vertx vertx;
    private final String webroot;
    private final LogIn logIn;
    private final PagePolicy policy;

    /**
     * The routes are not there before {@link #mount}.
     *
     * @param webroot a directory, or a folder on the class path
     * @param authenticator event-bus address of the authenticator verticle
     */
    PageRoutes(Vertx vertx, String webroot, PageTokens tokens, String authenticator, PagePolicy policy) {
        this.vertx = vertx;
        this.webroot = webroot;
        this.policy = policy;
        this.logIn = new LogIn(vertx, tokens, authenticator);
    }

    void mount(Router router) {
        router.route(SOCKJS_CLIENT).handler(new SockJsClient(vertx));
        router.route().handler(this::page);
        router.route().handler(files(webroot));
        StaticHandler shipped = files(SHIPPED);
        router.route().handler(context -> {
            if (CLIENT.contains(context.normalizedPath())) {
                shipped.handle(context);
            } else {
                context.next();
            }
        });
        for (int status : List.of(400, 404, 405, 416, 500)) {
            router.errorHandler(status, context -> RequestException.send(context, status));
        }
    }

    /** Files may change at any time, so browsers keep them, but ask each time whether they did. */
    private static StaticHandler files(String folder) {
        return StaticHandler.create(FileSystemAccess.ROOT, folder)
                .setIncludeHidden(false)
                .setAlwaysAsyncFS(true)
                .setFilesReadOnly(false)
                .setCacheEntryTimeout(1)
                .setDefaultContentEncoding("utf-8");
    }

    private void page(RoutingContext context) {
        HttpMethod method = context.request().method();
        Optional<String> path = path(context);
        if (path.isEmpty() || !(method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))) {
            context.fail(404);
            return;
        }
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        restrict(context, policy.ofFile());
        path.filter(file -> file.endsWith(".html"))
                .ifPresentOrElse(
                        file -> vertx.fileSystem()
                                .readFile(webroot + file)
                                .map(Buffer::toString)
                                .onSuccess(page -> restrict(context, policy.of(page)))
                                .compose(page -> withToken(context, page))
                                .onSuccess(page -> send(context, page))
                                .onFailure(absent -> context.next()),
                        context::next);
    }

    /** The file that is asked for; empty when the path is malformed, or leads to something hidden or outside. */
    private static Optional<String> path(RoutingContext context) {
        try {
            String plain = context.normalizedPath().replace("+", "%2B");
            String path = URLDecoder.decode(plain, StandardCharsets.UTF_8);
            return Optional.of(path.endsWith("/") ? path + INDEX : path)
                    .filter(file -> !FORBIDDEN.matcher(file).find());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static void restrict(RoutingContext context, String policy) {
        if (policy.isEmpty()) {
            context.response().headers().remove(SecurityHeaders.CONTENT_SECURITY_POLICY);
        } else {
            context.response().putHeader(SecurityHeaders.CONTENT_SECURITY_POLICY, policy);
        }
    }

    private Future<String> withToken(RoutingContext context, String page) {
        Matcher slot = TOKEN_SLOT.matcher(page);
        if (!slot.find()) {
            return Future.succeededFuture(page);
        }
        return logIn.token(new JsonObject(), context.request())
                .map(PageToken::raw)
                .otherwise(refusal -> "")
                .map(token -> slot.replaceFirst("$1" + Matcher.quoteReplacement(escaped(token)) + "$2"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    private static void send(RoutingContext context, String page) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.end(context.request(), "text/html; charset=utf-8", Buffer.buffer(page));
    }
}
