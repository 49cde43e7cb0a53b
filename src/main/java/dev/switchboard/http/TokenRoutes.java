package dev.switchboard.http;

import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /token}: {@code POST} logs in or refreshes, {@code DELETE} logs out, and with {@code ?only=this} gives up the
 * one token alone. For pages of allowed origins only, and
 * never with CORS headers. Lives on the event loop of its verticle.
 */
final class TokenRoutes {
    private static final String PATH = "/token";
    private static final int LARGEST_BODY = 64 * 1024;

    private final PageTokens tokens;
    private final LogIn logIn;
    private final Predicate<HttpServerRequest> originAllowed;
    private final Function<Revocation, Future<Void>> revoke;

    /**
     * The routes are not there before {@link #mount}.
     *
     * @param authenticator event-bus address of the authenticator verticle
     * @param originAllowed whether the request's origin may have tokens
     * @param revoke lets no node accept some tokens any more
     */
    TokenRoutes(
            Vertx vertx,
            PageTokens tokens,
            String authenticator,
            Predicate<HttpServerRequest> originAllowed,
            Function<Revocation, Future<Void>> revoke) {
        this.tokens = tokens;
        this.logIn = new LogIn(vertx, tokens, authenticator);
        this.originAllowed = originAllowed;
        this.revoke = revoke;
    }

    void mount(Router router) {
        router.route(PATH).handler(this::guard).failureHandler(TokenRoutes::fail);
        router.route(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::answer)
                .failureHandler(TokenRoutes::fail);
    }

    private void guard(RoutingContext context) {
        HttpMethod method = context.request().method();
        if (!originAllowed.test(context.request())) {
            context.fail(new RequestException(403, "FOREIGN_ORIGIN", "Pages of this origin get no token"));
        } else if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.DELETE)) {
            context.response().putHeader(HttpHeaders.ALLOW, "POST, DELETE");
            context.fail(RequestException.notAllowed());
        } else {
            context.next();
        }
    }

    private void answer(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.DELETE)) {
            delete(context);
        } else {
            post(context);
        }
    }

    private void post(RoutingContext context) {
        Future<PageToken> token = BearerToken.of(context.request())
                .map(raw -> tokens.verify(raw).compose(tokens::refresh))
                .orElseGet(() -> logIn.token(credentials(context), context.request()));
        token.onSuccess(fresh -> Answer.json(context.request(), 200, json(fresh)))
                .onFailure(context::fail);
    }

    private void delete(RoutingContext context) {
        Revocation.Kind kind = scope(context.request().getParam("only"));
        tokens.verify(BearerToken.of(context.request()).orElse(""))
                .map(token -> tokens.revocation(token, kind))
                .compose(revoke)
                .onSuccess(v -> context.response()
                        .setStatusCode(204)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end())
                .onFailure(context::fail);
    }

    private static Revocation.Kind scope(@Nullable String only) {
        if (only == null) {
            return Revocation.Kind.LOGIN;
        }
        if (only.equals("this")) {
            return Revocation.Kind.TOKEN;
        }
        throw new RequestException(400, "BAD_REQUEST", "The only value of \"only\" is \"this\"");
    }

    private static JsonObject credentials(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body == null || body.length() == 0) {
            return new JsonObject();
        }
        try {
            if (Json.decodeValue(body) instanceof JsonObject credentials) {
                return credentials;
            }
        } catch (DecodeException malformed) {
            // Told below, like any other content that is no JSON object.
        }
        throw new RequestException(400, "BAD_REQUEST", "The body must be a JSON object");
    }

    private static JsonObject json(PageToken token) {
        return new JsonObject()
                .put("token", token.raw())
                .put(
                        "user",
                        new JsonObject()
                                .put("id", token.user().id())
                                .put("name", token.user().name()))
                .put("expires", Duration.between(Instant.now(), token.expires()).toSeconds());
    }

    private static void fail(RoutingContext context) {
        RequestException.send(context, context.statusCode());
    }
}
