package dev.switchboard.transport.sockjs;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** A response through which a client receives. Begun by the request's event loop, then used by the session's. */
final class Receiver {
    /** A streaming response ends after so many bytes: browsers keep all of it in memory (protocol, "response limit"). */
    private static final int LARGEST_STREAM = 128 * 1024;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final HttpTransport transport;
    private final String callback;
    private int sent;

    Receiver(HttpServerRequest request, HttpTransport transport, String callback) {
        this.request = request;
        this.response = request.response();
        this.transport = transport;
        this.callback = callback;
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
     * @param lost told when the response ended with it but did not reach the client's connection
     * @return false when the response is over
     */
    boolean send(String frame, Runnable lost) {
        String text = transport.wrap(frame, callback);
        sent += text.length();
        boolean goesOn = transport.isStreaming() && sent < LARGEST_STREAM;
        if (goesOn) {
            response.write(text);
        } else {
            end(text, lost);
        }
        return goesOn;
    }

    /** Writes the last frame. */
    void finish(String frame) {
        end(transport.wrap(frame, callback), () -> {});
    }

    private void end(String text, Runnable lost) {
        if (transport.isStreaming()) {
            response.write(text);
            response.end().onComplete(v -> endOfBody(), fault -> lost.run());
        } else {
            response.end(text).onFailure(fault -> lost.run());
        }
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
