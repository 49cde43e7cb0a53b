package dev.switchboard.transport.websocket;

import dev.switchboard.config.Access;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Handshake;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes upgrade requests. On the event loop of its hub. */
public final class WebSocketTransport {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);

    private final Hub hub;
    private final Limits limits;
    private final Flusher flusher = new Flusher();

    public WebSocketTransport(Hub hub, Limits limits) {
        this.hub = hub;
        this.limits = limits;
    }

    /** Upgrades a request to a socket of the namespace, in the namespace's dialect. The origin has been checked. */
    public void accept(HttpServerRequest request, NamespaceConfig namespace) {
        boolean text = namespace.dialect() == NamespaceConfig.Dialect.TEXT;
        accept(request, namespace, Framing.plain(text ? Codec.TEXT : Codec.EVENTS));
    }

    /** Upgrades a request to a socket of the namespace. The origin has been checked. */
    public void accept(HttpServerRequest request, NamespaceConfig namespace, Framing framing) {
        Access access = namespace.access();
        Handshake handshake =
                Handshake.of(request).withCookies(request, access.cookies(), access.session(), access.sessionCookie());
        String token = request.getParam("token");
        upgrade(request, webSocket -> connect(webSocket, framing, namespace, handshake, token));
    }

    /** Upgrades a request to nothing: the path carries no namespace. */
    public void refuse(HttpServerRequest request) {
        upgrade(
                request,
                webSocket -> webSocket.close((short) CloseReason.INVALID_URL.code(), CloseReason.INVALID_URL.text()));
    }

    private static void upgrade(HttpServerRequest request, Consumer<ServerWebSocket> then) {
        request.toWebSocket()
                .onSuccess(then::accept)
                .onFailure(cause -> LOG.debug("The upgrade failed: {}", cause.getMessage()));
    }

    private void connect(
            ServerWebSocket webSocket,
            Framing framing,
            NamespaceConfig namespace,
            Handshake handshake,
            @Nullable String token) {
        WebSocketConnection connection = new WebSocketConnection(webSocket, framing, flusher);
        connection.greet();
        LiveSocket socket = hub.connect(namespace, connection, handshake, token);
        connection.watch(socket::drained, socket::close);
        MessageAssembler assembler = new MessageAssembler(limits.message(), new Receiver(socket, framing));
        webSocket.exceptionHandler(cause -> LOG.debug("WebSocket: {}", cause.getMessage()));
        webSocket.pongHandler(pong -> socket.heard());
        webSocket.closeHandler(v -> socket.disconnected(reason(webSocket)));
        webSocket.frameHandler(frame -> take(frame, assembler, socket));
    }

    private static void take(WebSocketFrame frame, MessageAssembler assembler, LiveSocket socket) {
        if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
            assembler.frame(frame);
        } else {
            socket.heard();
        }
    }

    private static CloseReason reason(ServerWebSocket webSocket) {
        Short code = webSocket.closeStatusCode();
        if (code == null || code == CloseReason.BROKEN.code()) {
            return CloseReason.BROKEN;
        }
        // 1005 stands for a close frame without a code.
        boolean said = code >= 1000 && code <= 4999 && code != 1005;
        String text = webSocket.closeReason() == null ? "" : webSocket.closeReason();
        return said ? new CloseReason(code, "", true, 0).because(text) : CloseReason.NORMAL;
    }

    private record Receiver(LiveSocket socket, Framing framing) implements MessageAssembler.Receiver {
        @Override
        public void message(byte[] message, boolean binary) {
            List<byte[]> messages = binary ? List.of(message) : framing.unwrap(message);
            if (messages == null) {
                socket.close(CloseReason.PROTOCOL_ERROR);
            } else {
                messages.forEach(one -> socket.received(one, binary));
            }
        }

        @Override
        public void refused(CloseReason reason) {
            socket.close(reason);
        }
    }
}
