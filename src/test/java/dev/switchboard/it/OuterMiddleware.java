package dev.switchboard.it;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Next;
import dev.switchboard.Packet;
import dev.switchboard.Socket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;

/** The outer middleware of {@link MiddlewareIT}: a verticle. */
public final class OuterMiddleware extends EventVerticle {
    @Override
    protected void events(Events on) {
        on.connection(OuterMiddleware::connection).packet(OuterMiddleware::packet);
    }

    private static Object connection(Socket socket, Next<CloseReason> next) {
        Watch.of(socket).add("outer in");
        socket.attribute("since", "the door");
        socket.emit("welcome", "from outside");
        return next.run()
                .onSuccess(reason ->
                        Watch.of(socket).add("outer out " + reason.code() + ", mark " + socket.attribute("mark")));
    }

    private static Object packet(Socket socket, Packet packet, Next<Payload> next) {
        Watch.of(socket).add("outer before " + packet.event() + " " + packet.data());
        return next.run()
                .onComplete(done ->
                        Watch.of(socket).add("outer after " + (done.succeeded() ? done.result() : code(done.cause()))));
    }

    static String code(Throwable cause) {
        return cause instanceof EventException known ? known.code() : cause.toString();
    }
}
