package dev.switchboard.it;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** For a node that has only handlers: tells which process answers, a little later or never. */
public final class AnsweringVerticle extends EventVerticle {
    private static final long MILLIS = 5;

    @Override
    protected void events(Events on) {
        on.event(
                        "answer",
                        (socket, data) -> vertx.timer(MILLIS, TimeUnit.MILLISECONDS)
                                .map(t -> new JsonObject()
                                        .put("data", data.value())
                                        .put("pid", ProcessHandle.current().pid())))
                .event(
                        "never",
                        (socket, data) -> socket.emit("begun", data)
                                .compose(v -> Promise.promise().future()));
    }
}
