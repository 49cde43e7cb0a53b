package dev.switchboard.socket;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.HubMessage.Settled;
import dev.switchboard.bus.LogFields;
import dev.switchboard.bus.Outcome;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.routing.Route;
import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.tracing.Spans;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What middleware and handlers do for one socket: its events on their way there, and the answers back. */
final class Work implements Lane.Owner, Chain.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final LiveSocket socket;
    private final SocketHome home;
    private final Identity identity;
    private final String namespace;
    private final Lane lane;
    private final Chain chain;
    private final Gate gate;

    Work(LiveSocket socket, SocketHome home, Identity identity, NamespaceConfig namespace, Limits limits) {
        this.socket = socket;
        this.home = home;
        this.identity = identity;
        this.namespace = namespace.declared();
        int start = identity.key().hashCode();
        long timeout = namespace.handlerTimeout().toMillis();
        this.lane = new Lane(this, start, limits.window(), limits.queue(), timeout);
        this.chain = new Chain(this, start, timeout);
        this.gate = new Gate(lane, chain, namespace, this::tell, this::now);
    }

    Gate gate() {
        return gate;
    }

    Chain chain() {
        return chain;
    }

    /** Whether nothing is at work for the socket. */
    boolean isIdle() {
        return gate.isIdle() && chain.isIdle() && lane.isIdle();
    }

    /** Whether no event waits or is being handled; the middleware of the connection stays around it as long as it lives. */
    boolean isQuiet() {
        return gate.isIdle() && lane.isIdle();
    }

    @Override
    public long now() {
        return socket.now();
    }

    // ---- to middleware and handlers

    @Override
    public Route route(String event) {
        return home.route(namespace, event);
    }

    /**
     * An event is taken in; null where nothing is traced. What does not say where it belongs belongs where the connection
     * does, if that was said.
     */
    @Nullable
    OpenSpan begun(String event, @Nullable TraceContext given) {
        Spans spans = home.tracing().spans();
        return spans == null
                ? null
                : spans.received(socket.namespace(), event, identity.id(), given == null ? ofConnection() : given);
    }

    private @Nullable TraceContext ofConnection() {
        Map<String, String> headers = identity.view().handshake().headers();
        return TraceContext.of(headers.get("traceparent"), headers.get("tracestate"));
    }

    @Override
    public void dispatch(Announcement to, Lane.Pending event, long seq) {
        OpenSpan span = event.span();
        if (span != null) {
            span.routed(event.event());
        }
        home.dispatch(to, identity.message(event, seq));
    }

    @Override
    public List<Announcement> middleware(String kind, String verticle) {
        return home.middleware(namespace, kind, verticle);
    }

    @Override
    public void dispatch(Announcement to, Chain.Call call, long seq) {
        home.dispatch(to, identity.message(call, seq));
    }

    /** The socket is open: that comes before all its events. */
    void opened(Payload how) {
        offer(Lane.Pending.life(EventNames.OPEN, how, null));
    }

    /** The socket ended: that comes after all its events. */
    void ended(List<String> rooms, CloseReason reason) {
        life(EventNames.DISCONNECTING, rooms, reason);
        life(EventNames.DISCONNECT, Payload.absent(), reason);
        offer(Lane.Pending.life(EventNames.CLOSE, Payload.absent(), reason));
    }

    /** For those who handle it. */
    private void life(String event, Object data, @Nullable CloseReason reason) {
        if (route(event) instanceof Route.To) {
            offer(Lane.Pending.life(event, Payload.of(data), reason));
        }
    }

    private void offer(Lane.Pending life) {
        gate.offer(life.traced(begun(life.event(), null)), now());
    }

    // ---- and back

    @Override
    public void answer(Lane.Pending event, Outcome outcome) {
        Failure fault = outcome.failure() == null && event.wantsAnswer() && !event.isLife()
                ? home.answerFault(socket.namespace(), event.event(), outcome.data())
                : null;
        tell(event, fault == null ? outcome : Outcome.failed(fault));
    }

    private void tell(Lane.Pending event, Outcome outcome) {
        Consumer<Outcome> told = event.told();
        Failure failure = outcome.failure();
        if (told == null) {
            event.ends(outcome.code());
        }
        if (told != null) {
            told.accept(outcome);
        } else if (failure != null) {
            failed(event.event(), event.id(), failure, event.trace());
        } else if (event.id() != 0) {
            socket.acknowledge(event.id(), outcome);
        }
    }

    /** Something that the client sent has failed: the client is told, and a handler, if one wants to know. */
    void failed(String event, long id, Failure failure, @Nullable TraceContext trace) {
        if (event.equals(EventNames.ERROR)) {
            LogFields.of(identity.view())
                    .event(event)
                    .in(trace)
                    .log(() -> LOG.warn("The handler of \"error\" in {} failed: {}", namespace, failure.code()));
            return;
        }
        if (LOG.isDebugEnabled()) {
            LogFields.of(identity.view())
                    .event(event)
                    .in(trace)
                    .log(() -> LOG.debug("An event failed: {}", failure.code()));
        }
        socket.fail(event, id, failure);
        if (socket.isOpen()) {
            JsonObject error = new JsonObject().put("code", failure.code()).put("message", failure.message());
            life(EventNames.ERROR, error.put("event", event), null);
        }
    }

    /** Somebody is done with events. */
    void settled(Settled done) {
        if (!chain.settled(done)) {
            lane.settled(done, now());
        }
    }

    /** The handlers are other ones now. */
    void rerouted() {
        lane.pump(now());
    }

    /** A node is lost, and the handlers that ran there. */
    void lost(String node) {
        lane.lost(node, now());
    }

    /** Looks after time limits. */
    void expire(long now) {
        chain.expire(now);
        lane.expire(now);
    }

    /** What waits is not handled any more. */
    void drop() {
        gate.drop().forEach(this::dropped);
        lane.drop().forEach(this::dropped);
    }

    private void dropped(Lane.Pending event) {
        event.ends(ErrorCode.REFUSED.name());
        if (event.id() != 0 && event.told() == null) {
            socket.dropped(event.id());
        }
    }
}
