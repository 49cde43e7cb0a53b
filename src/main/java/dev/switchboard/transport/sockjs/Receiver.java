package dev.switchboard.transport.sockjs;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/** A response through which a client receives. Begun by the request's event loop, then used by the session's. */
final class Receiver {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final HttpTransport transport;
    private final String callback;
    private final int most;
    private int sent;

    /** @param most bytes after which a response that streams ends */
    Receiver(HttpServerRequest request, HttpTransport transport, String callback, int most) {
        this.request = request;
        this.response = request.response();
        this.transport = transport;
        this.callback = callback;
        this.most = most;
    }

    /**
     * Begins the response.
     *
     * @param broken told that the client has gone; also, by HTTP/2, when all has been sent
     * @param drained told that it is full no longer
     */
    void begin(Runnable broken, Runnable drained) {
        response.closeHandler(v -> broken.run())
                .exceptionHandler(fault -> broken.run())
                .drainHandler(v -> drained.run())
                .putHeader("Content-Type", transport.contentType());
        if (transport.isStreaming()) {
            response.setChunked(true).write(transport.prelude(callback));
        }
    }

    boolean isStreaming() {
        return transport.isStreaming();
    }

    boolean isFull() {
        return response.writeQueueFull();
    }

    /**
     * Writes a frame.
     *
     * @param over told when a response that ended with it has left, whether all of it reached the client's connection
     * @return false when the response has ended with it
     */
    boolean send(String frame, Consumer<Boolean> over) {
        Buffer bytes = Buffer.buffer(transport.wrap(frame, callback));
        sent += bytes.length();
        boolean goesOn = transport.isStreaming() && sent < most;
        if (goesOn) {
            response.write(bytes);
        } else {
            end(bytes, over);
        }
        return goesOn;
    }

    /** Writes the last frame. */
    void finish(String frame) {
        end(Buffer.buffer(transport.wrap(frame, callback)), whole -> {});
    }

    private void end(Buffer bytes, Consumer<Boolean> over) {
        Future<Void> left;
        if (transport.isStreaming()) {
            response.write(bytes);
            left = response.end().onSuccess(v -> endOfBody());
        } else {
            left = response.end(bytes);
        }
        left.onComplete(end -> over.accept(end.succeeded()));
    }

    /** What has no length and no chunks ends with its connection. */
    private void endOfBody() {
        if (request.version() == HttpVersion.HTTP_1_0) {
            request.connection().close();
        }
    }

    /** Breaks it off. */
    void abort() {
        response.reset();
    }
}
