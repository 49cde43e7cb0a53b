package dev.switchboard.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The WebSocket client of the JDK. */
final class JdkWebSocketLine implements Line {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final CompletableFuture<WebSocket> socket;
    private CompletableFuture<?> sent;

    /** @param certificate what is trusted instead of what the JDK trusts */
    JdkWebSocketLine(Optional<Certificate> certificate, String url, Map<String, String> headers, Listener listener) {
        HttpClient http = certificate
                .map(trusted ->
                        HttpClient.newBuilder().sslContext(trusted.trust()).build())
                .orElse(HTTP);
        WebSocket.Builder builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(URI.create(url), new Receiver(listener));
        sent = socket.whenComplete((done, refused) -> {
            if (refused != null) {
                listener.closed(refusal(refused));
            }
        });
    }

    private static Closed refusal(Throwable refused) {
        return refused.getCause() instanceof WebSocketHandshakeException handshake
                ? new Closed(handshake.getResponse().statusCode(), "")
                : new Closed(1006, String.valueOf(refused));
    }

    @Override
    public synchronized void send(List<String> messages) {
        for (String message : messages) {
            sent = sent.thenCompose(v -> socket.join().sendText(message, true));
        }
    }

    @Override
    public synchronized void close(int code, String reason) {
        sent = sent.thenCompose(v -> socket.join().sendClose(code, reason));
    }

    private static final class Receiver implements WebSocket.Listener {
        private final Listener listener;
        private final StringBuilder text = new StringBuilder();

        Receiver(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onOpen(WebSocket webSocket) {
            listener.opened("websocket");
            webSocket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                listener.message(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            listener.closed(new Closed(code, reason));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            listener.closed(new Closed(1006, String.valueOf(error)));
        }
    }
}
