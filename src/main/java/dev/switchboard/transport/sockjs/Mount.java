package dev.switchboard.transport.sockjs;

import dev.switchboard.config.Access;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.transport.polling.Body;
import dev.switchboard.transport.polling.Sessions;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Handshake;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The HTTP side of SockJS for one namespace, on one event loop. */
final class Mount {
    private static final Pattern IFRAME = Pattern.compile("/iframe[0-9-.a-z_]*\\.html");
    private static final int SHORTEST_SECRET_ID = 8;

    /** What messages may grow by in a request: SockJS wraps them into JSON strings. */
    private static final int ESCAPING = 2;

    private static final int ENVELOPE = 16 * 1024;

    private final String path;
    private final NamespaceConfig namespace;
    private final Context context;
    private final Hub hub;
    private final Limits limits;
    private final Sessions<Session> sessions;
    private final Times times;
    private final Answers answers;

    /** Where clients come back and repeat what they said, a session that is over is not begun again by old requests. */
    private final long rest;

    private final Map<String, HttpTransport> receiving = new HashMap<>();

    Mount(
            String path,
            NamespaceConfig namespace,
            Context context,
            Hub hub,
            Limits limits,
            Sessions<Session> sessions,
            Times times,
            Answers answers) {
        this.path = path;
        this.namespace = namespace;
        this.context = context;
        this.hub = hub;
        this.limits = limits;
        this.sessions = sessions;
        this.times = times;
        this.answers = answers;
        this.rest = namespace.resume().map(resume -> resume.window().toMillis()).orElse(0L);
        for (HttpTransport transport : HttpTransport.values()) {
            receiving.put(transport.segment(), transport);
        }
    }

    /** Takes a request whose body nobody has read. */
    void take(HttpServerRequest request) {
        String rest = request.path().startsWith(path) ? request.path().substring(path.length()) : "?";
        SessionPath session = SessionPath.parse(rest);
        if (session != null && !isReadable(request)) {
            Answers.text(request.response(), 400, "The query is broken\n");
        } else if (session != null) {
            Answers.head(request);
            session(request, session.id(), session.transport());
        } else if (rest.isEmpty() || rest.equals("/")) {
            answers.greet(request.response());
        } else if (rest.equals("/info")) {
            Answers.head(request);
            allow(request, HttpMethod.GET, () -> answers.info(request.response()));
        } else if (IFRAME.matcher(rest).matches()) {
            answers.iframe(request);
        } else {
            Answers.text(request.response(), 404, "There is nothing at this path\n");
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

    private void session(HttpServerRequest request, String id, String transport) {
        HttpTransport receives = receiving.get(transport);
        if (receives != null) {
            allow(request, receives.method(), () -> receive(request, id, receives));
        } else if (transport.equals("xhr_send") || transport.equals("jsonp_send")) {
            allow(request, HttpMethod.POST, () -> send(request, id, transport.equals("jsonp_send")));
        } else if (transport.equals("websocket")) {
            allow(
                    request,
                    HttpMethod.GET,
                    () -> Answers.text(request.response(), 400, "Can \"Upgrade\" only to \"WebSocket\".\n"));
        } else {
            Answers.text(request.response(), 404, "There is no such transport\n");
        }
    }

    private static void allow(HttpServerRequest request, HttpMethod method, Runnable action) {
        if (request.method().equals(method)) {
            action.run();
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            Answers.preflight(request.response(), method);
        } else {
            Answers.notAllowed(request.response(), method);
        }
    }

    // ---- receiving

    private void receive(HttpServerRequest request, String id, HttpTransport transport) {
        String callback = request.getParam("c", request.getParam("callback", ""));
        if (transport.needsCallback() && !HttpTransport.isCallback(callback)) {
            String fault = callback.isEmpty() ? "\"callback\" parameter required" : "invalid \"callback\" parameter";
            Answers.text(request.response(), 500, fault + "\n");
            return;
        }
        Receiver receiver = new Receiver(request, transport, callback, times.bytes());
        Session session = findOrBegin(request, id, receiver);
        if (session == null) {
            return;
        }
        receiver.begin(() -> session.run(() -> session.broken(receiver)), () -> session.run(session::flush));
        session.run(() -> session.attach(receiver));
    }

    /** The session of this id, if the request may have it; otherwise the request has been refused. */
    private @Nullable Session findOrBegin(HttpServerRequest request, String id, Receiver receiver) {
        String proof = proof(request);
        if (SessionPath.length(id) < SHORTEST_SECRET_ID && proof.equals(path + "\n\n")) {
            Answers.text(request.response(), 400, "Without token and key a session id has at least 8 characters\n");
            return null;
        }
        Session there = sessions.find(name(id));
        if (there == null && sessions.isOver(name(id))) {
            receiver.begin(() -> {}, () -> {});
            receiver.finish(SockJsFrames.close(CloseReason.GOING_AWAY)); // after which every client comes back
            return null;
        }
        if (there == null) {
            Access access = namespace.access();
            Handshake handshake = Handshake.of(request)
                    .withCookies(request, access.cookies(), access.session(), access.sessionCookie());
            Session.Bounds bounds = new Session.Bounds(limits.message(), largestBody(), hub.backlog(), rest);
            Session fresh = new Session(context, sessions, times, name(id), proof, bounds);
            there = sessions.add(fresh);
            if (there == null) {
                String token = request.getParam("token");
                fresh.begin(connection -> hub.connect(namespace, connection, handshake, token));
                return fresh;
            }
        }
        return owned(request, there);
    }

    // ---- sending

    private void send(HttpServerRequest request, String id, boolean jsonp) {
        Session session = owned(request, sessions.find(name(id)));
        if (session != null) {
            // Some clients cannot see the status: they learn it through the session.
            Runnable tooLarge = () -> {
                Answers.text(request.response(), 413, "The body is too large\n");
                session.run(session::refuse);
            };
            Body.read(request, largestBody(), tooLarge, body -> send(request, session, jsonp, body.toString()));
        }
    }

    /** A client that was pushed back brings all that it has kept in one request. */
    private long largestBody() {
        return ESCAPING * ((long) limits.message() + limits.queue()) + ENVELOPE;
    }

    private static void send(HttpServerRequest request, Session session, boolean jsonp, String body) {
        String payload = jsonp ? Body.unwrap(request.getHeader("Content-Type"), body) : body;
        List<byte[]> messages = SockJsFrames.messages(payload);
        if (payload.isEmpty()) {
            Answers.text(request.response(), 500, "Payload expected.\n");
        } else if (messages == null) {
            Answers.text(request.response(), 500, "Broken JSON encoding.\n");
        } else {
            session.run(() -> session.accept(messages, taken -> answer(request.response(), jsonp, taken)));
        }
    }

    private static void answer(HttpServerResponse response, boolean jsonp, boolean taken) {
        if (taken) {
            Answers.text(response, jsonp ? 200 : 204, jsonp ? "ok" : "");
        } else {
            Answers.text(response, 503, "Send one request at a time\n");
        }
    }

    // ---- who owns a session

    /** The session, if the request may have it; otherwise the request has been refused. */
    private @Nullable Session owned(HttpServerRequest request, @Nullable Session session) {
        if (session == null) {
            Answers.text(request.response(), 404, "There is no such session\n");
        } else if (!session.isOf(proof(request))) {
            Answers.text(request.response(), 403, "This session is somebody else's\n");
        } else {
            return session;
        }
        return null;
    }

    private String name(String id) {
        return path + "\n" + id;
    }

    private String proof(HttpServerRequest request) {
        return path + "\n" + request.getParam("token", "") + "\n" + request.getParam("key", "");
    }
}
