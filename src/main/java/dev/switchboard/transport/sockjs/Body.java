package dev.switchboard.transport.sockjs;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The body of a request that sends. A request whose body does not end in time is the HTTP server's concern. */
final class Body {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FIELD = "d";
    private static final int MOST_FIELDS = 16;

    private final HttpServerRequest request;
    private final long largest;
    private final Runnable tooLarge;
    private final Buffer read = Buffer.buffer();
    private boolean refused;

    private Body(HttpServerRequest request, long largest, Runnable tooLarge) {
        this.request = request;
        this.largest = largest;
        this.tooLarge = tooLarge;
    }

    /** Reads the body and hands it on, or refuses it and says so. In the turn in which the request came. */
    static void read(HttpServerRequest request, long largest, Runnable tooLarge, Consumer<String> then) {
        Body body = new Body(request, largest, tooLarge);
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.handler(body::take).endHandler(v -> body.end(then));
    }

    private void take(Buffer part) {
        if (!refused && read.length() + (long) part.length() > largest) {
            refused = true;
            Answers.text(request.response(), 413, "The body is too large\n");
            tooLarge.run();
        } else if (!refused) {
            read.appendBuffer(part);
        }
    }

    private void end(Consumer<String> then) {
        if (!refused) {
            then.accept(read.toString(StandardCharsets.UTF_8));
        }
    }

    /** What a form says, or the body itself if it is none. */
    static String unwrap(HttpServerRequest request, String body) {
        String type = request.getHeader("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            return body;
        }
        try {
            return new QueryStringDecoder(body, StandardCharsets.UTF_8, false, MOST_FIELDS, true)
                    .parameters()
                    .getOrDefault(FIELD, List.of(""))
                    .get(0);
        } catch (IllegalArgumentException e) {
            return body;
        }
    }
}
