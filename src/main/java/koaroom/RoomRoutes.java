package koaroom;

import dev.switchboard.Door;
import dev.switchboard.HttpRoutes;
import dev.switchboard.token.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Counter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The page, with a name for its visitor, and the routes of the original: {@code POST /wsin}, {@code GET /wsout}. Where its
 * configuration says {@code "tokens": true}, the answer to {@code /wsin} brings a page token in the header {@code
 * Page-Token}.
 */
public final class RoomRoutes implements HttpRoutes {
    private static final String NAMES = "甲乙丙丁戊己庚辛壬癸";
    private static final String SOMEBODY = "路人";
    private static final int LONGEST_NAME = 40;
    private static final String PAGE = "webroot/koa-room/index.html";

    @Override
    public void mount(Router router, Door door) {
        Future<Counter> visitors = visitors(door.vertx());
        boolean tokens = door.config().getBoolean("tokens", true);
        for (String path : List.of("/", "/index.html", "/ws")) {
            router.get(path).handler(request -> page(request, door.vertx(), visitors));
        }
        router.post("/wsin").handler(request -> signIn(request, door, tokens, visitors));
        router.get("/wsout").handler(RoomRoutes::signOut);
    }

    /** In a cluster a counter takes a moment to be found, during which its thread stands still. */
    private static Future<Counter> visitors(Vertx vertx) {
        return vertx.executeBlocking(() -> vertx.sharedData().getCounter("koaroom.visitors"))
                .compose(Function.identity());
    }

    private static void page(RoutingContext request, Vertx vertx, Future<Counter> visitors) {
        visitors.compose(Counter::get)
                .compose(count -> vertx.fileSystem()
                        .readFile(PAGE)
                        .map(page -> page.toString().replace("{{ name }}", SOMEBODY + name(count))))
                .onSuccess(page -> request.response()
                        .putHeader("Content-Type", "text/html; charset=utf-8")
                        .putHeader("Cache-Control", "no-store")
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .end(page))
                .onFailure(request::fail);
    }

    private static char name(long count) {
        return NAMES.charAt((int) (count % NAMES.length()));
    }

    private static void signIn(RoutingContext request, Door door, boolean tokens, Future<Counter> visitors) {
        String name = name(request);
        if (name.length() > LONGEST_NAME) {
            request.response().setStatusCode(400);
            answer(request, 1, "名字太长");
            return;
        }
        visitors.compose(Counter::incrementAndGet)
                .onSuccess(number -> {
                    JsonObject visitor = Visitor.of(number, name.isEmpty() ? SOMEBODY + name(0) : name);
                    if (tokens) {
                        User user = new User(UUID.randomUUID().toString(), visitor.getString("name"));
                        String token = door.tokens()
                                .issue(user, new JsonObject().put(Visitor.CLAIM, visitor))
                                .raw();
                        request.response().putHeader("Page-Token", token);
                    }
                    setCookie(request, Visitor.cookie(visitor), "");
                    answer(request, 0, "登录成功");
                })
                .onFailure(request::fail);
    }

    /** What a form or a JSON object calls {@code name}; empty without. */
    private static String name(RoutingContext request) {
        String given = request.request().getFormAttribute("name");
        if (given != null) {
            return given;
        }
        try {
            JsonObject body = request.body().asJsonObject();
            return body != null && body.getValue("name") instanceof String name ? name : "";
        } catch (DecodeException | ClassCastException other) {
            return "";
        }
    }

    private static void signOut(RoutingContext request) {
        setCookie(request, "", "; expires=Thu, 01 Jan 1970 00:00:00 GMT");
        answer(request, 0, "退出成功");
    }

    private static void setCookie(RoutingContext request, String value, String expires) {
        request.response()
                .putHeader(
                        "Set-Cookie", Visitor.COOKIE + "=" + value + "; path=/" + expires + "; httponly; samesite=lax");
    }

    private static void answer(RoutingContext request, int code, String data) {
        request.response()
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject().put("code", code).put("data", data).encode());
    }
}
