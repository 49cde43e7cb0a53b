package dev.switchboard.transport.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that says and hears packets of Engine.IO as they are, by the JDK's HTTP and WebSocket. Blocks, with a deadline. */
final class EnginePeer {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** It would ask for an upgrade to HTTP/2, which is none that Engine.IO knows. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String SEPARATOR = "\u001e";
    private static final String CLOSED = "closed";

    private final URI url;
    private final int revision;

    EnginePeer(URI url, int revision) {
        this.url = url;
        this.revision = revision;
    }

    /** An answer by HTTP. */
    record Answer(int status, String type, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    // ---- HTTP

    String query(String more) {
        return "EIO=" + revision + more;
    }

    HttpRequest.Builder request(String query) {
        return at("/socket.io/?" + query);
    }

    HttpRequest.Builder at(String target) {
        return HttpRequest.newBuilder(url.resolve(target)).timeout(DEADLINE);
    }

    static Answer answer(HttpRequest request) {
        return later(request).join();
    }

    static CompletableFuture<Answer> later(HttpRequest request) {
        return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(EnginePeer::answer);
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                response.body());
    }

    Answer get(String query) {
        return answer(request(query).build());
    }

    Answer ask(String method, String query, String body) {
        return answer(
                request(query).method(method, BodyPublishers.ofString(body)).build());
    }

    /** The handshake's answer. */
    Answer handshake() {
        return get(query("&transport=polling"));
    }

    /** A session that polls; returns its id. */
    String open() {
        String packet = packets(handshake().body()).get(0);
        return new JsonObject(packet.substring(1)).getString("sid");
    }

    /** The same, whose client is in the namespace {@code /}. */
    String connected() {
        String sid = open();
        if (revision == 4) {
            send(sid, "40");
        }
        assertThat(next(sid, 1)).singleElement().asString().startsWith("40");
        return sid;
    }

    private String session(String sid) {
        return query("&transport=polling&sid=" + sid);
    }

    Answer poll(String sid) {
        return get(session(sid));
    }

    CompletableFuture<Answer> pollLater(String sid) {
        return later(request(session(sid)).build());
    }

    /** The packets of the next poll. */
    List<String> next(String sid) {
        Answer answer = poll(sid);
        if (answer.status() != 200) {
            throw new AssertionError("polled " + answer);
        }
        return packets(answer.body());
    }

    /** Polls until there are so many packets that are no pings. */
    List<String> next(String sid, int count) {
        List<String> all = new ArrayList<>();
        while (all.size() < count) {
            next(sid).stream().filter(packet -> !packet.equals("2")).forEach(all::add);
        }
        return all;
    }

    Answer post(String sid, String body) {
        return ask("POST", session(sid), body);
    }

    /** Posts a body that is no text; some servers hang up on a bad one, which is status 0 here. */
    Answer post(String sid, byte[] octets) {
        try {
            HttpRequest post = request(session(sid))
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofByteArray(octets))
                    .build();
            return answer(HTTP.send(post, BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Answer(0, "", "");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What answers a poll when it is no text. */
    byte[] pollOctets(String sid) {
        try {
            return HTTP.send(request(session(sid)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Answer send(String sid, String... packets) {
        return post(sid, payload(packets));
    }

    // ---- payloads

    String payload(String... packets) {
        if (revision == 4) {
            return String.join(SEPARATOR, packets);
        }
        StringBuilder body = new StringBuilder();
        for (String packet : packets) {
            body.append(packet.length()).append(':').append(packet);
        }
        return body.toString();
    }

    List<String> packets(String body) {
        if (revision == 4) {
            return List.of(body.split(SEPARATOR, -1));
        }
        List<String> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            int colon = body.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(body.substring(at, colon));
            packets.add(body.substring(colon + 1, end));
            at = end;
        }
        return packets;
    }

    /** A message of bytes as it is posted. */
    String base64(byte... bytes) {
        return (revision == 4 ? "b" : "b4") + Base64.getEncoder().encodeToString(bytes);
    }

    // ---- WebSocket

    /** A WebSocket; texts come as they are, bytes as {@code [1, 2]}. */
    final class Line implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        private Line(String query) {
            String target =
                    "ws" + url.resolve("/socket.io/?" + query).toString().substring("http".length());
            socket = HTTP.newWebSocketBuilder()
                    .buildAsync(URI.create(target), this)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            heard.add(Arrays.toString(bytes));
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable fault) {
            heard.add(CLOSED);
        }

        Line send(String... messages) {
            for (String message : messages) {
                socket.sendText(message, true).join();
            }
            return this;
        }

        /** A message of bytes. */
        Line send(byte... bytes) {
            byte[] typed = new byte[bytes.length + 1];
            typed[0] = 4;
            System.arraycopy(bytes, 0, typed, 1, bytes.length);
            return sendRaw(revision == 4 ? bytes : typed);
        }

        Line sendRaw(byte... bytes) {
            socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
            return this;
        }

        /** The next message, whatever it is. */
        String nextRaw() {
            try {
                String next = heard.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("nothing came");
                }
                return next;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** The next message that is no ping; whoever does not answer it is soon alone. */
        String next() {
            String next = nextRaw();
            while (next.equals("2")) {
                send("3");
                next = nextRaw();
            }
            return next;
        }

        /** The next so many. */
        List<String> next(int count) {
            List<String> all = new ArrayList<>();
            while (all.size() < count) {
                all.add(next());
            }
            return all;
        }

        void awaitClosed() {
            String last = next();
            while (!last.equals(CLOSED)) {
                last = next();
            }
        }

        void close() {
            socket.abort();
        }
    }

    Line line(String query) {
        return new Line(query);
    }

    /** A WebSocket that carries the session on. */
    Line upgrade(String sid) {
        return line(query("&transport=websocket&sid=" + sid));
    }

    /** A session on a WebSocket. */
    Line lineOpen() {
        Line line = line(query("&transport=websocket"));
        String open = line.nextRaw();
        if (!open.startsWith("0")) {
            throw new AssertionError(open);
        }
        return line;
    }

    /** A session on a WebSocket that is in the namespace {@code /}. */
    Line lineConnected() {
        Line line = lineOpen();
        if (revision == 4) {
            line.send("40");
        }
        String connected = line.next();
        if (!connected.startsWith("40")) {
            throw new AssertionError(connected);
        }
        return line;
    }

    /** The status of an upgrade that is refused. */
    int refusal(String query) {
        try {
            line(query).close();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof java.net.http.WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
