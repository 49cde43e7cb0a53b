package dev.switchboard.transport.polling;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The body of a request that sends. A request whose body does not end in time is the HTTP server's concern. */
public final class Body {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FIELD = "d";
    private static final int MOST_FIELDS = 16;

    private final long largest;
    private final Runnable tooLarge;
    private final Buffer read = Buffer.buffer();
    private boolean refused;

    private Body(long largest, Runnable tooLarge) {
        this.largest = largest;
        this.tooLarge = tooLarge;
    }

    /**
     * Reads the body and hands it on, unless it is too large: then that is said once. In the turn in which the request
     * came.
     */
    public static void read(HttpServerRequest request, long largest, Runnable tooLarge, Consumer<Buffer> then) {
        Body body = new Body(largest, tooLarge);
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.handler(body::take).endHandler(v -> body.end(then));
    }

    private void take(Buffer part) {
        if (!refused && read.length() + (long) part.length() > largest) {
            refused = true;
            tooLarge.run();
        } else if (!refused) {
            read.appendBuffer(part);
        }
    }

    private void end(Consumer<Buffer> then) {
        if (!refused) {
            then.accept(read);
        }
    }

    /** What a form says, or the body itself if it is none. */
    public static String unwrap(@Nullable String type, String body) {
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
