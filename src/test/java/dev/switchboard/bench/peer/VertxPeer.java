package dev.switchboard.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Collection;
import java.util.function.BiConsumer;

/** Plain Vert.x: WebSockets, JSON, no event bus. */
public final class VertxPeer {
    private VertxPeer() {}

    public static void main(String[] arguments) {
        PlainEvents<ServerWebSocket> events = new PlainEvents<>(new PlainEvents.Writer<>() {
            @Override
            public void write(ServerWebSocket socket, String text) {
                socket.writeTextMessage(text);
            }

            @Override
            public void writeAll(Collection<ServerWebSocket> sockets, String text) {
                sockets.forEach(socket -> socket.writeTextMessage(text));
            }
        });
        serve((vertx, server) -> server.webSocketHandler(socket -> {
            if (events.open(socket, socket.query().substring("token=".length()))) {
                socket.textMessageHandler(text -> events.message(socket, text));
                socket.closeHandler(v -> events.close(socket));
                socket.exceptionHandler(cause -> {});
            } else {
                socket.close();
            }
        }));
    }

    /** Starts a server with one event loop, and tells where it is. */
    static void serve(BiConsumer<Vertx, HttpServer> mount) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false));
        mount.accept(vertx, server);
        System.out.println(
                "Vert.x is at http://localhost:" + server.listen().await().actualPort());
    }
}
