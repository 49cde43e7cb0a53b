package dev.switchboard.it;

import dev.switchboard.Door;
import dev.switchboard.HttpRoutes;
import dev.switchboard.Namespace;
import dev.switchboard.token.User;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** An application's own routes: log-in, push, a session's values, and faults. */
public final class ShopRoutes implements HttpRoutes {
    static final String SECRET = "a secret of the stack trace";

    @Override
    public void mount(Router router, Door door) {
        Namespace sockets = Namespace.of(door.vertx(), "/");
        router.get("/shop/greeting")
                .handler(request -> request.end(door.config().getString("greeting", "none")));
        router.post("/shop/token").handler(request -> {
            JsonObject body = request.body().asJsonObject();
            User user = new User(body.getString("id"), body.getString("name"));
            request.json(new JsonObject()
                    .put(
                            "token",
                            door.tokens()
                                    .issue(user, new JsonObject().put("role", "buyer"))
                                    .raw()));
        });
        router.delete("/shop/token")
                .handler(request -> door.tokens()
                        .verify(request.body().asString())
                        .compose(door.tokens()::revoke)
                        .onSuccess(v -> request.end())
                        .onFailure(request::fail));
        router.delete("/shop/user")
                .handler(request -> door.tokens()
                        .revokeAll(request.body().asString())
                        .onSuccess(v -> request.end())
                        .onFailure(request::fail));
        router.post("/shop/news")
                .handler(request -> sockets.user(request.request().getParam("user"))
                        .emit("news", request.body().asString())
                        .onSuccess(v -> request.end())
                        .onFailure(request::fail));
        router.get("/shop/throws").handler(request -> {
            throw new IllegalStateException(SECRET);
        });
        router.get("/shop/fails").handler(request -> request.fail(new IllegalStateException(SECRET)));
        router.get("/health/live").handler(request -> request.end("taken"));
        router.get("/session/:name").handler(request -> {
            Object value = request.session().get(request.pathParam("name"));
            request.json(new JsonObject().put("value", value));
        });
        router.put("/session/:name").handler(request -> {
            request.session()
                    .put(
                            request.pathParam("name"),
                            request.body().asJsonObject().getValue("value"));
            save(request, door);
        });
        router.post("/session").handler(request -> {
            request.session().regenerateId();
            save(request, door);
        });
        router.delete("/session").handler(request -> {
            request.session().destroy();
            save(request, door);
        });
    }

    private static void save(RoutingContext request, Door door) {
        door.save(request).onSuccess(v -> request.end()).onFailure(request::fail);
    }
}
