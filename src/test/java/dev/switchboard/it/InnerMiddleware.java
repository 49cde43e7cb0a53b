package dev.switchboard.it;

import dev.switchboard.ConnectionMiddleware;
import dev.switchboard.Next;
import dev.switchboard.Packet;
import dev.switchboard.PacketMiddleware;
import dev.switchboard.Socket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The inner middleware of {@link MiddlewareIT}: a class that does what the query of the client wants. */
public final class InnerMiddleware implements ConnectionMiddleware, PacketMiddleware {
    @Override
    public @Nullable Object handle(Socket socket, Next<CloseReason> next) {
        Watch.of(socket).add("inner in");
        switch (socket.handshake().query().getOrDefault("door", "")) {
            case "refuse" ->
                throw new EventException("NOT_TODAY", "We are closed").with(new JsonObject().put("until", 9));
            case "fault" -> throw new IllegalStateException("secret");
            case "nothing" -> {
                return null;
            }
            case "later nothing" -> {
                return Vertx.currentContext().owner().timer(20);
            }
            case "disconnect" -> {
                return socket.disconnect(CloseReason.of(4321, "Not this way", false));
            }
            case "tell and refuse" -> {
                return socket.emit("deny", "deleted").compose(v -> socket.disconnect(CloseReason.KICKED));
            }
            case "room" -> {
                return socket.join("hall")
                        .compose(v -> socket.toRoom("hall").emit("online", socket.id()))
                        .compose(v -> next.run());
            }
            case "slow" -> {
                return Vertx.currentContext().owner().timer(100).compose(v -> next.run());
            }
            case "slow refuse" -> {
                return Vertx.currentContext().owner().timer(100);
            }
            default -> {
                next.run();
                return next.run().onSuccess(reason -> Watch.of(socket).add("inner out " + reason.code()));
            }
        }
    }

    @Override
    public @Nullable Object handle(Socket socket, Packet packet, Next<Payload> next) {
        Inbox<String> seen = Watch.of(socket);
        seen.add("inner before " + packet.event() + " " + packet.data());
        switch (packet.event()) {
            case "drop" -> {
                return null;
            }
            case "refuse" -> throw new EventException("TOO_LOUD", "Not so loud");
            case "fault" -> throw new IllegalStateException("secret");
            case "rename" -> packet.event("echo");
            case "change" -> {
                packet.event("echo");
                packet.data("changed " + packet.data().string());
            }
            case "strip" -> {
                packet.event("echo");
                packet.data(Payload.absent());
            }
            case "fail after" -> {
                packet.event("echo");
                return next.run().compose(v -> Future.failedFuture(new EventException("TOO_LATE", "It was done")));
            }
            case "slow" -> {
                packet.event("echo");
                return Vertx.currentContext().owner().timer(30).compose(v -> next.run());
            }
            default -> {}
        }
        return next.run()
                .onComplete(done -> seen.add(
                        "inner after " + (done.succeeded() ? done.result() : OuterMiddleware.code(done.cause()))));
    }
}
