package dev.switchboard.bench.peer;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.Collection;

/** Vert.x with its own SockJS, at {@code /sockjs}: JSON, no event bus. It joins what is written to a socket in one turn. */
public final class VertxSockJsPeer {
    private VertxSockJsPeer() {}

    public static void main(String[] arguments) {
        PlainEvents<SockJSSocket> events = new PlainEvents<>(new PlainEvents.Writer<>() {
            @Override
            public void write(SockJSSocket socket, String text) {
                socket.write(text);
            }

            @Override
            public void writeAll(Collection<SockJSSocket> sockets, String text) {
                sockets.forEach(socket -> socket.write(text));
            }
        });
        VertxPeer.serve((vertx, server) -> {
            SockJSHandler sockJs = SockJSHandler.create(vertx, new SockJSHandlerOptions());
            Router router = Router.router(vertx);
            router.route("/sockjs/*").subRouter(sockJs.socketHandler(socket -> {
                String uri = socket.uri();
                if (events.open(socket, uri.substring(uri.indexOf('=') + 1))) {
                    socket.handler(message -> events.message(socket, message.toString()));
                    socket.endHandler(v -> events.close(socket));
                    socket.exceptionHandler(cause -> {});
                } else {
                    socket.close();
                }
            }));
            server.requestHandler(router);
        });
    }
}
