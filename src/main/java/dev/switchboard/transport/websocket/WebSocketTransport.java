package dev.switchboard.transport.websocket;

import dev.switchboard.config.Access;
import dev.switchboard.config.CompressionConfig;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Deflation;
import dev.switchboard.wire.Handshake;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes upgrade requests. On the event loop of its hub. */
public final class WebSocketTransport {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private final Hub hub;
    private final Limits limits;
    private final @Nullable Deflation deflation;
    private final Flusher flusher = new Flusher();

    public WebSocketTransport(Hub hub, Limits limits, CompressionConfig compression) {
        this.hub = hub;
        this.limits = limits;
        this.deflation = compression.on() ? new Deflation(compression.threshold()) : null;
    }

    /** After the hub has stopped. */
    public void stop() {
        if (deflation != null) {
            deflation.close();
        }
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
        accept(request, line -> {
            WebSocketConnection connection = new WebSocketConnection(line, framing);
            connection.greet();
            hub.connect(namespace, connection, handshake, token)
                    .ifPresentOrElse(socket -> line.serve(new Served(socket, framing)), line::ignore);
        });
    }

    /** Upgrades a request to nothing: the path carries no namespace. */
    public void refuse(HttpServerRequest request) {
        accept(request, line -> {
            line.ignore();
            line.close(CloseReason.INVALID_URL);
        });
    }

    /** Upgrades a request to a line for whatever is spoken on it. The origin has been checked. */
    public void accept(HttpServerRequest request, Consumer<WebSocketLine> then) {
        if (!Opening.isGood(request)) {
            return;
        }
        Optional<Agreement> agreement = deflation == null
                ? Optional.empty()
                : Agreement.of(request.headers().getAll(EXTENSIONS));
        agreement.ifPresent(how -> request.response().putHeader(EXTENSIONS, how.header()));
        request.toWebSocket()
                .onSuccess(webSocket -> then.accept(
                        new WebSocketLine(webSocket, flusher, limits.message(), agreement, deflation, hub.backlog())))
                .onFailure(cause -> LOG.debug("The upgrade failed: {}", cause.getMessage()));
    }

    private record Served(LiveSocket socket, Framing framing) implements WebSocketLine.Listener {
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
        public void drained() {
            socket.drained();
        }

        @Override
        public void heard() {
            socket.heard();
        }

        @Override
        public void violated(CloseReason reason) {
            socket.finish(reason);
        }

        @Override
        public void closed(CloseReason reason) {
            socket.disconnected(reason);
        }
    }
}
