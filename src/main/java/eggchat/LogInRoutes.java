package eggchat;

import dev.switchboard.Door;
import dev.switchboard.HttpRoutes;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code POST /log-in} with a form that has a {@code name} notes it in the session, {@code POST /log-out} ends the session. */
public final class LogInRoutes implements HttpRoutes {
    private static final int LONGEST_NAME = 40;

    @Override
    public void mount(Router router, Door door) {
        router.post("/log-in").handler(request -> logIn(request, door));
        router.post("/log-out").handler(request -> {
            request.session().destroy();
            save(request, door);
        });
    }

    private static void logIn(RoutingContext request, Door door) {
        String given = request.request().getFormAttribute("name");
        String name = given == null ? "" : given.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            request.response().setStatusCode(400).end("A name has 1 to " + LONGEST_NAME + " characters");
            return;
        }
        request.session().regenerateId().put(AuthCheck.USER, name);
        save(request, door);
    }

    private static void save(RoutingContext request, Door door) {
        door.save(request)
                .onSuccess(v -> request.response().setStatusCode(204).end())
                .onFailure(request::fail);
    }
}
