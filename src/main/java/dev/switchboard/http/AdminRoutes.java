package dev.switchboard.http;

import dev.switchboard.admin.Admin;
import dev.switchboard.config.AdminConfig;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import dev.switchboard.wire.EventException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code /admin}: a page that anybody may read who is at an address that may, since it says nothing, and below it what the page
 * asks for, with a page token whose user has the role. No cookie counts, so no other page can ask in somebody's name. Lives
 * on the event loop of its verticle.
 */
final class AdminRoutes {
    private static final String PATH = "/admin";
    private static final String FILES = "dev/switchboard/admin";
    private static final int LARGEST_BODY = 64 * 1024;

    private final Vertx vertx;
    private final Admin admin;
    private final PageTokens tokens;
    private final Readers readers;

    /** @param namespaces of this node */
    AdminRoutes(Vertx vertx, AdminConfig config, List<String> namespaces, PageTokens tokens) {
        this.vertx = vertx;
        this.admin = new Admin(vertx, config, namespaces);
        this.tokens = tokens;
        this.readers = new Readers(config.from());
    }

    void mount(Router router) {
        router.routeWithRegex(PATH + "(/.*)?").handler(this::guard).failureHandler(AdminRoutes::fail);
        new ShippedFiles(vertx, PATH, FILES)
                .mount(
                        router,
                        List.of(
                                "admin.css",
                                "admin.js",
                                "chart.js",
                                "dom.js",
                                "figures.js",
                                "follow.js",
                                "logs.js",
                                "icon.svg"));
        router.get(PATH + "/state").handler(context -> answer(context, (asked, token) -> admin.state()));
        post(router, "/find", (asked, token) -> admin.find(asked));
        post(router, "/follow", (asked, token) -> admin.follow(asked, token.user()));
        post(router, "/act", (asked, token) -> admin.act(asked, token.user()).map(new JsonObject()));
        router.routeWithRegex(PATH + "(/.*)?")
                .handler(context -> context.fail(RequestException.notFound()))
                .failureHandler(AdminRoutes::fail);
    }

    private void post(Router router, String path, BiFunction<JsonObject, PageToken, Future<JsonObject>> what) {
        router.route(HttpMethod.POST, PATH + path)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(context -> answer(context, what))
                .failureHandler(AdminRoutes::fail);
    }

    private void guard(RoutingContext context) {
        if (readers.include(context.request())) {
            context.next();
        } else {
            context.fail(RequestException.notFound());
        }
    }

    private void answer(RoutingContext context, BiFunction<JsonObject, PageToken, Future<JsonObject>> what) {
        String raw = BearerToken.of(context.request()).orElse("");
        JsonObject asked = body(context.body().buffer());
        tokens.verify(raw)
                .compose(token -> admin.admits(token)
                        ? what.apply(asked, token)
                        : Future.failedFuture(new RequestException(403, "REFUSED", "Your user does not have the role")))
                .onSuccess(told -> Answer.json(context.request(), 200, told))
                .onFailure(cause -> context.fail(
                        cause instanceof EventException known
                                ? new RequestException(409, known.code(), String.valueOf(known.getMessage()))
                                : cause));
    }

    private static JsonObject body(@Nullable Buffer body) {
        try {
            return body == null || body.length() == 0 ? new JsonObject() : new JsonObject(body);
        } catch (DecodeException | ClassCastException noObject) {
            throw new RequestException(400, "BAD_REQUEST", "The body must be a JSON object");
        }
    }

    private static void fail(RoutingContext context) {
        RequestException.send(context, context.statusCode());
    }
}
