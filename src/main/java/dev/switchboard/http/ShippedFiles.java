package dev.switchboard.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** A page of the server's own, whose files lie in the jar. Lives on the event loop of its verticle. */
final class ShippedFiles {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Vertx vertx;
    private final String path;
    private final String folder;

    /**
     * The routes are not there before {@link #mount}.
     *
     * @param path where the page is
     * @param folder where its files are in the jar
     */
    ShippedFiles(Vertx vertx, String path, String folder) {
        this.vertx = vertx;
        this.path = path;
        this.folder = folder;
    }

    /** @param files those beside {@code index.html} */
    void mount(Router router, List<String> files) {
        router.get(path).handler(context -> {
            // What the page asks for lies beside it.
            if (context.normalizedPath().endsWith("/")) {
                send(context, "index.html");
            } else {
                context.response()
                        .setStatusCode(308)
                        .putHeader(HttpHeaders.LOCATION, path + "/")
                        .end();
            }
        });
        files.forEach(file -> router.get(path + "/" + file).handler(context -> send(context, file)));
    }

    private void send(RoutingContext context, String name) {
        HttpServerRequest request = context.request();
        vertx.fileSystem()
                .readFile(folder + "/" + name)
                .onSuccess(file -> {
                    request.response()
                            .putHeader(SecurityHeaders.CONTENT_SECURITY_POLICY, POLICY)
                            .putHeader("Referrer-Policy", "no-referrer")
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
                    Answer.end(request, TYPES.getOrDefault(name.replaceFirst(".*\\.", ""), "text/plain"), file);
                })
                .onFailure(context::fail);
    }
}
