package dev.switchboard.token;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Where a key set is read from. For any thread; it never blocks. */
interface KeySetSource {
    int LARGEST = 256 * 1024;

    /** Fails when it cannot be read, is larger than 256 KiB, or takes longer than a few seconds. */
    Future<Buffer> read();

    /** The one at a {@code file:}, {@code https:} or {@code http:} address. */
    static KeySetSource of(Vertx vertx, URI place) {
        return "file".equals(place.getScheme())
                ? new OfFile(vertx, Path.of(place).toString())
                : new OfUrl(vertx, place.toString());
    }

    /** A file on this machine. */
    record OfFile(Vertx vertx, String path) implements KeySetSource {
        @Override
        public Future<Buffer> read() {
            return vertx.fileSystem()
                    .props(path)
                    .compose(file -> file.isRegularFile() && file.size() <= LARGEST
                            ? vertx.fileSystem().readFile(path)
                            : Future.failedFuture("it is no file of at most " + LARGEST + " bytes"));
        }
    }

    /** A server; redirections are not followed. */
    final class OfUrl implements KeySetSource {
        private static final int CONNECT_MILLIS = 3_000;
        private static final int LIMIT_MILLIS = 5_000;
        private static final int OK = 200;

        private final HttpClient client;
        private final String url;

        OfUrl(Vertx vertx, String url) {
            this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
            this.url = url;
        }

        @Override
        public Future<Buffer> read() {
            RequestOptions get =
                    new RequestOptions().setAbsoluteURI(url).putHeader(HttpHeaders.ACCEPT, "application/json");
            return client.request(get)
                    .compose(request -> request.send()
                            .compose(answer -> body(request, answer))
                            .timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                            .onFailure(late -> request.reset()));
        }

        private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse answer) {
            answer.exceptionHandler(over -> {});
            if (answer.statusCode() != OK) {
                return Future.failedFuture("the answer is " + answer.statusCode());
            }
            Promise<Buffer> whole = Promise.promise();
            Buffer body = Buffer.buffer();
            answer.exceptionHandler(whole::tryFail)
                    .endHandler(v -> whole.tryComplete(body))
                    .handler(part -> {
                        body.appendBuffer(part);
                        if (body.length() > LARGEST) {
                            whole.tryFail("it has more than " + LARGEST + " bytes");
                            request.reset();
                        }
                    });
            return whole.future();
        }
    }
}
