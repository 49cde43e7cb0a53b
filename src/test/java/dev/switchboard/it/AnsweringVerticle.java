package dev.switchboard.it;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Tells which process answers, a little later or never; or says when it begins, and answers well after that. */
public final class AnsweringVerticle extends EventVerticle {
    private static final long MILLIS = 5;
    private static final long LATE_MILLIS = 500;

    @Override
    protected void events(Events on) {
        on.event(
                        "answer",
                        (socket, data) -> vertx.timer(MILLIS, TimeUnit.MILLISECONDS)
                                .map(t -> new JsonObject()
                                        .put("data", data.value())
                                        .put("pid", ProcessHandle.current().pid())))
                .event(
                        "late",
                        (socket, data) -> socket.emit("begun", data)
                                .compose(v -> vertx.timer(LATE_MILLIS, TimeUnit.MILLISECONDS))
                                .map(t -> data.value()))
                .event(
                        "never",
                        (socket, data) -> socket.emit("begun", data)
                                .compose(v -> Promise.promise().future()));
    }
}
