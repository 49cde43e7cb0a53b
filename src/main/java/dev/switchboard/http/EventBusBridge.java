package dev.switchboard.http;

import dev.switchboard.config.EventBusConfig;
import dev.switchboard.config.NamespaceConfig.Auth;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.TokenRefusedException;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code /eventbus}: Vert.x's own bridge to the event bus, over its own SockJS, for clients of {@code vertx-eventbus.js}
 * (the protocol is described in Vert.x Web's manual, <em>SockJS event bus bridge</em>). They reach the addresses that the
 * configuration names and no others; what they send says in its headers who they are.
 *
 * <pre>{@code
 * const bus = new EventBus('/eventbus?token=' + encodeURIComponent(token));
 * bus.onopen = () => bus.registerHandler('chat.said', (error, message) => console.log(message.body));
 * }</pre>
 *
 * <p>On the event loop of its HTTP verticle.
 */
final class EventBusBridge {
    static final String PATH = "/eventbus";

    private static final String TOKEN = "token";
    private static final String HOLDER = "guest of the bridge";
    private static final long SWEEP_MILLIS = 1_000;

    /** Polls of one session take turns, for as long as it takes to find the session. */
    private static final Object[] TURNS = Stream.generate(Object::new).limit(64).toArray();

    /** Whose token it was when it came. */
    private record Guest(String token, PageToken verified) {}

    private final Vertx vertx;
    private final EventBusConfig config;
    private final int largestMessage;
    private final PageTokens tokens;
    private final Predicate<HttpServerRequest> mayEnter;
    private final Map<SockJSSocket, Guest> guests = new HashMap<>();

    /**
     * @param largestMessage bytes that a client may post at a time
     * @param mayEnter by the page that a request comes from
     */
    EventBusBridge(
            Vertx vertx,
            EventBusConfig config,
            int largestMessage,
            PageTokens tokens,
            Predicate<HttpServerRequest> mayEnter) {
        this.vertx = vertx;
        this.config = config;
        this.largestMessage = largestMessage;
        this.tokens = tokens;
        this.mayEnter = mayEnter;
    }

    /** Whether a request is the bridge's; WebSockets come to it by the router, too. */
    static boolean serves(HttpServerRequest request) {
        return request.uri().startsWith(PATH + "/");
    }

    void mount(Router router) {
        SockJSBridgeOptions options = new SockJSBridgeOptions()
                .setMaxAddressLength(EventBusConfig.LONGEST_ADDRESS)
                .setMaxHandlersPerSocket(config.registrations());
        config.inbound().forEach(address -> options.addInboundPermitted(permitted(address)));
        config.outbound().forEach(address -> options.addOutboundPermitted(permitted(address)));
        router.route(PATH + "/*").handler(this::guard);
        router.post(PATH + "/*").handler(BodyHandler.create(false).setBodyLimit(largestMessage));
        router.route(PATH + "/*").handler(this::enter);
        router.routeWithRegex(PATH + "/[^/]+/[^/]+/(?:xhr|jsonp)").handler(EventBusBridge::announceTheEnd);
        router.route(PATH + "/*").subRouter(SockJSHandler.create(vertx).bridge(options, this::happened));
        if (config.auth() == Auth.REQUIRED) {
            // Ends with the verticle whose context it is of.
            vertx.setPeriodic(SWEEP_MILLIS, t -> sweep());
        }
    }

    private static PermittedOptions permitted(String address) {
        return EventBusConfig.prefix(address)
                .map(prefix -> new PermittedOptions().setAddressRegex(Pattern.quote(prefix) + "[\\s\\S]*"))
                .orElseGet(() -> new PermittedOptions().setAddress(address));
    }

    private void guard(RoutingContext request) {
        if (mayEnter.test(request.request())) {
            request.next();
        } else {
            request.response().setStatusCode(403).end();
        }
    }

    private void enter(RoutingContext request) {
        if (config.auth() == Auth.NONE) {
            request.next();
            return;
        }
        List<String> given = request.queryParam(TOKEN);
        String token = given.isEmpty() ? "" : given.get(0);
        boolean isOpen = !request.request().isEnded();
        if (isOpen) {
            request.request().pause();
        }
        tokens.verify(token).onComplete(verified -> {
            if (isOpen) {
                request.request().resume();
            }
            if (verified.succeeded()) {
                request.put(HOLDER, new Guest(token, verified.result()));
                request.next();
            } else {
                request.response().setStatusCode(401).end();
            }
        });
    }

    /**
     * Vert.x closes the connection of a poll that it has answered. A client that was not told so sends its next message over
     * it, and loses that and its session.
     */
    private static void announceTheEnd(RoutingContext poll) {
        poll.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        // Vert.x sends "o" before it notes that it has: the next poll, on another event loop, must not come in between.
        synchronized (TURNS[Math.floorMod(poll.request().path().hashCode(), TURNS.length)]) {
            poll.next();
        }
    }

    private void happened(BridgeEvent event) {
        switch (event.type()) {
            case SOCKET_CREATED -> {
                Guest guest = event.socket().routingContext().get(HOLDER);
                if (guest != null) {
                    guests.put(event.socket(), guest);
                }
            }
            case SOCKET_CLOSED -> guests.remove(event.socket());
            case SEND, PUBLISH -> event.setRawMessage(signed(event));
            default -> {
                // What is heard, and by whom, is the rules' alone.
            }
        }
        event.complete(true);
    }

    /** Whoever takes the message reads in its headers whose it is; what the client says of that counts for nothing. */
    private JsonObject signed(BridgeEvent event) {
        JsonObject message = event.getRawMessage().copy();
        JsonObject headers = message.getValue("headers") instanceof JsonObject given ? given : new JsonObject();
        headers.remove("user");
        Guest guest = guests.get(event.socket());
        if (guest != null) {
            headers.put("user", guest.verified().user().id());
        }
        return message.put("headers", headers);
    }

    /** Those whose tokens have expired, or were revoked, end. */
    private void sweep() {
        Map.copyOf(guests)
                .forEach((socket, guest) -> tokens.verify(guest.token()).onFailure(cause -> {
                    CloseReason reason = cause instanceof TokenRefusedException refused
                                    && refused.reason() == TokenRefusedException.Reason.EXPIRED
                            ? CloseReason.TOKEN_EXPIRED
                            : CloseReason.INVALID_USER;
                    socket.close(reason.code(), reason.text());
                }));
    }
}
