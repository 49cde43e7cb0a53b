import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

public final class Talk extends EventVerticle {
    private int said;

    @Override
    protected void events(Events on) {
        on.action("name", (socket, data) -> socket.attribute("name", data.string()));
        on.event("enter", (socket, data) -> {
            String room = data.string();
            return socket.join(room)
                    .compose(v -> socket.toOthersIn(room).emit("entered", socket.attribute("name")))
                    .compose(v -> socket.rooms());
        });
        on.event("say", this::say);
        on.event("clear", (socket, data) -> socket.ask("sure?", data, Duration.ofSeconds(10)).compose(sure -> {
            if (!Boolean.TRUE.equals(sure.value())) {
                return Future.succeededFuture("kept");
            }
            return socket.toRoom(data.string()).emit("cleared", data).map("cleared");
        }));
        on.close((socket, reason) -> socket.broadcast("left", socket.attribute("name")));
    }

    private Future<Integer> say(Socket socket, Payload data) {
        String text = data.string("text");
        if (text.isBlank()) {
            throw new EventException("EMPTY", "Say something");
        }
        JsonObject message = new JsonObject().put("from", socket.attribute("name")).put("text", text);
        return socket.toRoom(data.string("room")).emit("said", message).map(v -> ++said);
    }
}
