package dev.switchboard.socket;

import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Passage.Point;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.resume.Former;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.TokenRefusedException;
import dev.switchboard.token.TokenRefusedException.Reason;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a socket in, and later takes the fresh tokens of its client.
 *
 * <pre>
 *            token in the URL, or an auth message              verified
 *   WAITING ─────────────────────────────────────► ENTERING ──────────► middleware ──► IN ⟲ auth renews
 *      │ ╰──── no token needed ───────────────────────╯ │                   │
 *      ╰────── anything but auth ───────────────────────┴───── refused ─────┴──► the socket closes
 * </pre>
 *
 * What the client sends while its token is verified, the middleware asked and the socket made known waits, a little of it.
 */
final class Admission {
    private enum State {
        WAITING,
        ENTERING,
        IN
    }

    private final LiveSocket socket;
    private final SocketHome home;
    private final Identity identity;
    private final Chain chain;
    private final NamespaceConfig namespace;
    private final Limits limits;
    private final List<Inbound> early = new ArrayList<>(0);
    private int earlyBytes;
    private @Nullable String waitingToken;
    private @Nullable Former former;
    private State state = State.WAITING;
    private boolean renewing;
    private Chain.@Nullable Walk entrance;

    Admission(
            LiveSocket socket,
            SocketHome home,
            Identity identity,
            Chain chain,
            NamespaceConfig namespace,
            Limits limits) {
        this.socket = socket;
        this.home = home;
        this.identity = identity;
        this.chain = chain;
        this.namespace = namespace;
        this.limits = limits;
    }

    /** Begins, with the token that the URL brought, or null. */
    void start(@Nullable String urlToken) {
        former = socket.former();
        if (namespace.resume().isPresent()
                && socket.codec().hasAuth()
                && identity.view().handshake().query().containsKey("resume")) {
            waitingToken = urlToken; // it says which socket it had before it says anything else
        } else if (urlToken != null) {
            verify(urlToken);
        } else if (namespace.auth() == NamespaceConfig.Auth.NONE) {
            state = State.ENTERING;
            enter();
        } else if (!socket.codec().hasAuth()) {
            socket.close(CloseReason.INVALID_USER); // none of its messages could bring a token
        }
    }

    /** It is known who it is: the socket gets its id. */
    private void enter() {
        if (namespace.resume().isPresent()) {
            home.live(socket, former).onComplete(begun -> {
                if (begun.failed()) {
                    socket.close(CloseReason.INTERNAL_ERROR);
                } else if (socket.isClosed()) {
                    begun.result().life().leave();
                } else {
                    socket.live(begun.result());
                    home.moved(socket).onComplete(known -> passIf(known.succeeded()));
                }
            });
        } else if (namespace.socketIds().isEmpty()) {
            pass();
        } else {
            giveId();
        }
    }

    private void passIf(boolean known) {
        if (!known) {
            socket.close(CloseReason.INTERNAL_ERROR);
        } else if (!socket.isClosed()) {
            pass();
        }
    }

    private void giveId() {
        home.giveId(namespace, identity.view()).onComplete(given -> {
            if (given.failed()) {
                socket.close(refusal(given.cause()));
            } else if (socket.isClosed()) {
                home.takeBackId(namespace.name(), given.result());
            } else {
                identity.be(given.result());
                pass();
            }
        });
    }

    /** The middleware is asked. */
    private void pass() {
        socket.entering();
        List<String> layers = namespace.connectionMiddleware();
        entrance = chain.walk(
                Point.CONNECTION, layers, EventNames.CONNECTION, Payload.absent(), null, walk -> open(), this::refused);
    }

    private void open() {
        home.opening(socket).onComplete(known -> {
            if (known.failed()) {
                socket.close(CloseReason.INTERNAL_ERROR);
            } else if (socket.isEntering()) {
                state = State.IN;
                socket.opened();
                List<Inbound> waited = List.copyOf(early);
                early.clear();
                waited.forEach(socket::take);
                known.result().run();
            }
        });
    }

    private void refused(Outcome outcome) {
        Failure failure = outcome.failure();
        if (failure != null && socket.isEntering()) {
            socket.refuse(failure);
        }
    }

    /** The socket ended: the middleware hears of it. */
    void end(CloseReason reason) {
        Chain.Walk walk = entrance;
        if (walk != null) {
            entrance = null;
            walk.end(reason);
        }
    }

    /** An event came before the socket is open. */
    void event(Inbound.Event event) {
        if (state == State.WAITING) {
            socket.close(CloseReason.INVALID_USER);
        } else {
            hold(event, event.data().size());
        }
    }

    /** The client says who it is, for the first time or again. */
    void auth(Inbound.Auth auth) {
        switch (state) {
            case WAITING -> begin(auth);
            case ENTERING -> hold(auth, auth.token().length());
            case IN -> renew(auth);
        }
    }

    private void begin(Inbound.Auth auth) {
        former = Former.of(auth.resume()).orElse(null);
        if (!auth.token().isEmpty()) {
            verify(auth.token());
        } else if (waitingToken != null) {
            verify(waitingToken);
        } else if (namespace.auth() == NamespaceConfig.Auth.NONE && auth.resume() != null) {
            state = State.ENTERING;
            enter();
        } else {
            verify(auth.token());
        }
    }

    private void hold(Inbound message, int size) {
        earlyBytes += size;
        if (early.size() < limits.early() && earlyBytes <= limits.earlyBytes()) {
            early.add(message);
        } else {
            socket.close(CloseReason.BAD_FRAMES);
        }
    }

    private void verify(String raw) {
        state = State.ENTERING;
        home.verify(raw).onComplete(verified -> {
            if (socket.isClosed()) {
                return;
            }
            if (verified.failed()) {
                socket.close(refusal(verified.cause()));
            } else if (become(verified.result())) {
                enter();
            }
        });
    }

    /** It is the token's user; false when that user has too many sockets, and this one ends. */
    private boolean become(PageToken verified) {
        boolean fits = !identity.user().isAnonymous()
                || socket.place().seat(verified.user().id());
        if (fits) {
            identity.become(verified);
        } else {
            socket.close(CloseReason.RATE_LIMITED);
        }
        return fits;
    }

    private static CloseReason refusal(Throwable cause) {
        if (cause instanceof IdInUseException) {
            return CloseReason.ID_IN_USE;
        }
        if (cause instanceof TokenRefusedException refused) {
            return refused.reason() == Reason.EXPIRED ? CloseReason.TOKEN_EXPIRED : CloseReason.INVALID_USER;
        }
        return CloseReason.INTERNAL_ERROR;
    }

    /** One at a time, so that the last one sent counts, and no more of them wait for another issuer's keys. */
    private void renew(Inbound.Auth auth) {
        if (renewing) {
            socket.fail("auth", auth.id(), ErrorCode.TOO_MANY_PENDING.failure());
            return;
        }
        renewing = true;
        home.verify(auth.token()).onComplete(verified -> {
            renewing = false;
            if (verified.succeeded() && identity.mayBecome(verified.result().user())) {
                renew(verified.result(), auth.id());
            } else {
                socket.fail("auth", auth.id(), ErrorCode.INVALID_TOKEN.failure());
            }
        });
    }

    private void renew(PageToken fresh, long id) {
        if (socket.isClosed()) {
            return;
        }
        boolean first = identity.user().isAnonymous();
        if (!become(fresh)) {
            return;
        }
        Future<Void> known = first ? home.identified(socket) : Future.succeededFuture();
        if (id != 0) {
            long left = fresh.expires().getEpochSecond() - home.clock().millis() / 1000;
            known.onComplete(v -> socket.send(new Outbound.Ack(id, Payload.of(new JsonObject().put("expires", left)))));
        }
    }
}
