package dev.switchboard.transport.socketio;

import dev.switchboard.config.NamespaceNames;
import dev.switchboard.hub.Hub;
import dev.switchboard.limit.NoPlaceException;
import dev.switchboard.limit.Place;
import dev.switchboard.transport.polling.Body;
import dev.switchboard.transport.polling.Sessions;
import dev.switchboard.transport.socketio.Session.Bounds;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.PacketException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where sessions begin, and where their requests arrive. On one event loop. */
final class Mount {
    private static final String POLLING = "polling";
    private static final String WEBSOCKET = "websocket";
    private static final String OCTETS = "application/octet-stream";

    /** 160 bits. */
    private static final int ID_BYTES = 20;

    /** What a load balancer wants ids to begin with, so that it finds the node again. It is no secret, and makes none weaker. */
    private static final String KEY = "X-Session-Key";

    private static final Pattern KEY_FORM = Pattern.compile("[0-9a-f]{1,64}");

    /** In a form of old browsers line ends are escaped, and a backslash that stands before an n is doubled. */
    private static final Pattern ESCAPED = Pattern.compile("(\\\\)?\\\\n");

    private final Site site;
    private final Context context;
    private final Hub hub;
    private final Sessions<Session> sessions;
    private final Times times;
    private final NamespaceNames names;
    private final Bounds bounds;
    private final SecureRandom random = new SecureRandom();

    Mount(Site site, Context context, Hub hub, Sessions<Session> sessions, Times times) {
        this.site = site;
        this.context = context;
        this.hub = hub;
        this.sessions = sessions;
        this.times = times;
        this.names = new NamespaceNames(site.namespaces());
        this.bounds = new Bounds(site.limits().message(), site.limits().queue(), hub.backlog());
    }

    /** Takes a request whose body nobody has read. */
    void take(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!isReadable(request)) {
            Fault.BAD_REQUEST.answer(response);
        } else if (site.allowed(request).isEmpty()) {
            Fault.FORBIDDEN.answer(response);
        } else {
            head(request);
            if (request.method().equals(HttpMethod.OPTIONS)) {
                preflight(response);
            } else {
                serve(request);
            }
        }
    }

    private static boolean isReadable(HttpServerRequest request) {
        try {
            request.params();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The origin has been checked. By {@code *} no browser gives away what was asked for with credentials. */
    private static void head(HttpServerRequest request) {
        HttpServerResponse response = request.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        String origin = request.getHeader("Origin");
        if (origin != null) {
            boolean named = !origin.equals("null");
            response.putHeader("Access-Control-Allow-Origin", named ? origin : "*")
                    .putHeader("Access-Control-Allow-Credentials", "true")
                    .putHeader("Vary", "Origin");
        }
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null && !headers.isBlank()) {
            response.putHeader("Access-Control-Allow-Headers", headers);
        }
    }

    private static void preflight(HttpServerResponse response) {
        response.putHeader("Access-Control-Allow-Methods", "GET, POST")
                .setStatusCode(204)
                .end();
    }

    private void serve(HttpServerRequest request) {
        String transport = request.getParam("transport", "");
        String id = request.getParam("sid", "");
        if (!transport.equals(POLLING) && !transport.equals(WEBSOCKET)) {
            Fault.UNKNOWN_TRANSPORT.answer(request.response());
        } else if (id.isEmpty()) {
            begin(request, transport);
        } else {
            go(request, transport, sessions.find(id));
        }
    }

    // ---- a session begins

    private void begin(HttpServerRequest request, String transport) {
        if (!request.method().equals(HttpMethod.GET)) {
            Fault.BAD_METHOD.answer(request.response());
        } else if (transport.equals(WEBSOCKET)) {
            Fault.BAD_REQUEST.answer(request.response());
        } else {
            begin(request, fault -> fault.answer(request.response()), session -> {
                Poll first = new Poll(request, session.revision());
                session.begin(first);
            });
        }
    }

    /** @param then takes the session, unless there is a fault */
    private void begin(HttpServerRequest request, Consumer<Fault> refuse, Consumer<Session> then) {
        Revision revision = Revision.of(request.getParam("EIO", ""))
                .filter(spoken -> spoken != Revision.THREE || site.config().allowEIO3())
                .orElse(null);
        if (revision == null) {
            refuse.accept(Fault.UNKNOWN_REVISION);
            return;
        }
        Arrival arrival = Arrival.of(request, site.allowed(request));
        try {
            Place place = hub.place(arrival.address());
            then.accept(session(id(request.getHeader(KEY)), revision, arrival, place));
        } catch (NoPlaceException full) {
            refuse.accept(full.reason().equals(CloseReason.RATE_LIMITED) ? Fault.TOO_MANY : Fault.FULL);
        }
    }

    private Session session(String id, Revision revision, Arrival arrival, Place place) {
        Session session = new Session(
                context,
                sessions,
                id,
                revision,
                times,
                bounds,
                made -> new Namespaces(made, arrival, hub, names, revision.socketIo(), place, bounds.message()));
        sessions.add(session);
        return session;
    }

    private String id(@Nullable String key) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        return key != null && KEY_FORM.matcher(key).matches() ? key + "." + secret : secret;
    }

    // ---- and goes on

    private void go(HttpServerRequest request, String transport, @Nullable Session session) {
        HttpServerResponse response = request.response();
        if (session == null) {
            Fault.UNKNOWN_SESSION.answer(response);
        } else if (transport.equals(WEBSOCKET)) {
            Fault.BAD_REQUEST.answer(response);
        } else if (request.method().equals(HttpMethod.GET)) {
            Poll poll = new Poll(request, session.revision());
            poll.begin(() -> session.run(() -> session.broken(poll)));
            session.run(() -> session.receive(poll));
        } else if (request.method().equals(HttpMethod.POST)) {
            Body.read(
                    request,
                    bounds.message(),
                    () -> {
                        Fault.TOO_LARGE.answer(response);
                        session.run(() -> session.violated(CloseReason.TOO_BIG));
                    },
                    body -> send(request, session, body));
        } else {
            Fault.BAD_METHOD.answer(response);
        }
    }

    private static void send(HttpServerRequest request, Session session, Buffer body) {
        HttpServerResponse response = request.response();
        try {
            List<EnginePacket> packets = packets(request, session.revision(), body);
            session.run(() -> session.accept(packets, fault -> {
                if (fault == null) {
                    response.putHeader("Content-Type", "text/html").end("ok");
                } else {
                    fault.answer(response);
                }
            }));
        } catch (PacketException e) {
            Fault.BAD_REQUEST.answer(response);
            session.run(() -> session.violated(e.reason()));
        }
    }

    private static List<EnginePacket> packets(HttpServerRequest request, Revision revision, Buffer body)
            throws PacketException {
        String type = request.getHeader("Content-Type");
        boolean octets = type != null && type.startsWith(OCTETS);
        if (request.getParam("j") == null) {
            return revision.read(body, octets);
        }
        String payload = ESCAPED.matcher(Body.unwrap(type, body.toString()))
                .replaceAll(escape -> escape.group(1) == null ? "\n" : "\\\\n");
        return revision.read(Buffer.buffer(payload), false);
    }

    // ---- WebSockets

    /** Whether a request may become a WebSocket; otherwise it has been refused. */
    private boolean isGood(HttpServerRequest request) {
        Fault fault = !isReadable(request)
                ? Fault.BAD_REQUEST
                : site.allowed(request).isEmpty()
                        ? Fault.FORBIDDEN
                        : fault(request.getParam("transport", ""), request.getParam("sid", ""));
        if (fault != null) {
            fault.answer(request.response());
        }
        return fault == null;
    }

    private @Nullable Fault fault(String transport, String id) {
        if (!transport.equals(WEBSOCKET)) {
            return transport.equals(POLLING) ? Fault.BAD_REQUEST : Fault.UNKNOWN_TRANSPORT;
        }
        return id.isEmpty() || sessions.find(id) != null ? null : Fault.UNKNOWN_SESSION;
    }

    /**
     * A request wants to become a WebSocket.
     *
     * @param alone takes the session that begins on it
     * @param joined takes the session that it wants to carry on, which may be of another event loop
     */
    void upgrade(HttpServerRequest request, Consumer<Session> alone, Consumer<Session> joined) {
        if (!isGood(request)) {
            return;
        }
        Session session = sessions.find(request.getParam("sid", ""));
        if (session != null) {
            joined.accept(session);
        } else {
            begin(request, fault -> fault.answer(request.response()), alone);
        }
    }
}
