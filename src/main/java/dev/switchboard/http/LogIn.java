package dev.switchboard.http;

import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;

/** Turns credentials into a page token: asks the authenticator of this node who that is. On the caller's context. */
final class LogIn {
    private static final int TIMEOUT_MILLIS = 5000;

    private final Vertx vertx;
    private final PageTokens tokens;
    private final String authenticator;

    /** @param authenticator event-bus address of the authenticator verticle */
    LogIn(Vertx vertx, PageTokens tokens, String authenticator) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.authenticator = authenticator;
    }

    /**
     * A token for whoever the authenticator recognises; fails with {@link RequestException}.
     *
     * @param credentials whatever the authenticator wants; empty for a page that is opened
     */
    Future<PageToken> token(JsonObject credentials, HttpServerRequest request) {
        SocketAddress client = request.remoteAddress();
        JsonObject question = new JsonObject()
                .put("credentials", credentials)
                .put("address", client == null ? "" : client.hostAddress());
        return vertx.eventBus()
                .<JsonObject>request(
                        authenticator,
                        question,
                        new DeliveryOptions().setLocalOnly(true).setSendTimeout(TIMEOUT_MILLIS))
                .map(Message::body)
                .map(answer -> tokens.issue(user(answer), answer.getJsonObject("claims", new JsonObject())))
                .recover(failure -> Future.failedFuture(RequestException.of(failure)));
    }

    private static User user(JsonObject answer) {
        return new User(
                Objects.requireNonNull(answer.getString("id"), "the authenticator gave no id"),
                Objects.requireNonNull(answer.getString("name"), "the authenticator gave no name"));
    }
}
