package dev.switchboard.http;

import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.types.AsyncApi;
import dev.switchboard.types.NamespaceEvents;
import dev.switchboard.types.TypeScript;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * {@code /docs}, in development: the events of all namespaces as a page, as an AsyncAPI document and as TypeScript. Lives on
 * the event loop of its verticle.
 */
final class DocsRoutes {
    private static final String PATH = "/docs";
    private static final String VERSION = Optional.ofNullable(
                    DocsRoutes.class.getPackage().getImplementationVersion())
            .orElse("0");

    private final Vertx vertx;
    private final List<NamespaceEvents> namespaces;

    DocsRoutes(Vertx vertx, SwitchboardConfig config) {
        this.vertx = vertx;
        this.namespaces = NamespaceEvents.of(config);
    }

    void mount(Router router) {
        new ShippedFiles(vertx, PATH, "dev/switchboard/docs").mount(router, List.of("docs.css", "docs.js", "icon.svg"));
        router.get(PATH + "/asyncapi.json").handler(this::asyncApi);
        router.get(PATH + "/events.d.ts").handler(this::typeScript);
    }

    private void asyncApi(RoutingContext context) {
        HostAndPort host = context.request().authority();
        Answer.json(
                context.request(),
                200,
                AsyncApi.of(
                        namespaces,
                        VERSION,
                        host == null ? "localhost" : host.toString(),
                        context.request().isSSL()));
    }

    private void typeScript(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.end(context.request(), "text/plain; charset=utf-8", Buffer.buffer(TypeScript.of(namespaces)));
    }
}
