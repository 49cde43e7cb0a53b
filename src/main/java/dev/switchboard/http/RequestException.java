package dev.switchboard.http;

import dev.switchboard.token.TokenRefusedException;
import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request cannot be served: the status and the JSON that its sender gets, {@code
 * {"error":{"code":"…","message":"…"}}}. It carries no stack trace: it is an answer, not a defect.
 */
final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(RequestException.class);

    private static final String GONE = "The client has gone before its answer";

    private final int status;
    private final String code;

    RequestException(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static RequestException notFound() {
        return new RequestException(404, "NOT_FOUND", "There is nothing at this path");
    }

    static RequestException notAllowed() {
        return new RequestException(405, "METHOD_NOT_ALLOWED", "This path does not take this method");
    }

    private static RequestException unavailable() {
        return new RequestException(503, "UNAVAILABLE", "The server cannot do this just now");
    }

    /** What the client is told of a failure. One that nobody expected is logged, and its client learns no more. */
    static RequestException of(Throwable failure) {
        if (failure instanceof RequestException known) {
            return known;
        }
        if (failure instanceof TokenRefusedException refused) {
            int status = refused.reason() == Reason.FOREIGN ? 403 : 401;
            return new RequestException(status, refused.reason().name() + "_TOKEN", message(refused));
        }
        if (failure instanceof ReplyException reply) {
            return of(reply);
        }
        if (isOfTheDecoder(failure)) {
            return badRequest();
        }
        return unexpected(failure);
    }

    /** A body that breaks the rules of HTTP is its sender's fault, whatever Netty throws. */
    private static boolean isOfTheDecoder(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("io.netty.handler.codec.http.HttpObjectDecoder");
    }

    private static RequestException badRequest() {
        return new RequestException(400, "BAD_REQUEST", "The request is not understood");
    }

    /** Answers what a router failed with: a status that the framework chose, or an exception. */
    static void send(RoutingContext context, int status) {
        Optional<Throwable> failure = Optional.ofNullable(context.failure());
        if (failure.isPresent() && hasGone(context.request(), failure.get())) {
            LOG.debug(GONE);
        } else {
            of(status, failure).send(context.request());
        }
    }

    /** Whether its answer failed because the connection did: what that is called depends on how the server waits for it. */
    private static boolean hasGone(HttpServerRequest request, Throwable failure) {
        HttpServerConnection connection = (HttpServerConnection) request.connection();
        return failure instanceof IOException
                && !connection.channelHandlerContext().channel().isOpen();
    }

    private static RequestException of(int status, Optional<Throwable> failure) {
        return switch (status) {
            case 400 -> badRequest();
            case 404 -> notFound();
            case 405 -> notAllowed();
            case 413 -> new RequestException(413, "TOO_LARGE", "The request is too large");
            case 416 -> new RequestException(416, "RANGE_NOT_SATISFIABLE", "There is no such range");
            default -> failure.map(RequestException::of).orElseGet(RequestException::internal);
        };
    }

    private static RequestException of(ReplyException reply) {
        return switch (reply.failureType()) {
            case NO_HANDLERS, TIMEOUT -> unavailable();
            case RECIPIENT_FAILURE ->
                switch (reply.failureCode()) {
                    case 400 -> new RequestException(400, "INVALID_DATA", message(reply));
                    case 401 -> new RequestException(401, "UNAUTHORIZED", message(reply));
                    case 403 -> new RequestException(403, "REFUSED", message(reply));
                    default -> unexpected(reply);
                };
            case ERROR -> unexpected(reply);
        };
    }

    private static RequestException unexpected(Throwable failure) {
        if (failure instanceof ClosedChannelException) {
            LOG.debug(GONE);
        } else {
            LOG.error("A request failed", failure);
        }
        return internal();
    }

    private static RequestException internal() {
        return new RequestException(500, "INTERNAL_ERROR", "The server failed");
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "Refused" : message;
    }

    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        if (status == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        JsonObject error = new JsonObject().put("code", code).put("message", message(this));
        Answer.json(request, status, new JsonObject().put("error", error));
    }
}
