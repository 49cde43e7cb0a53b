package dev.switchboard.cluster;

import dev.switchboard.bus.Answerers;
import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.LocalHandlers;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.Questioning;
import dev.switchboard.bus.Survey;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.Revocations;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a node takes what the others send it, and passes it on to its hubs and handlers. On the cluster's context. */
final class NodeDesk {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDesk.class);

    private final Members members;
    private final KnownPeers others;
    private final LocalHubs hubs;
    private final LocalHandlers handlers;
    private final Questions questions;
    private final Revocations revocations;
    private final Answerers answerers;
    private final Questioning asked;
    private final Flow received = new Flow();

    NodeDesk(
            Members members,
            KnownPeers others,
            LocalHubs hubs,
            LocalHandlers handlers,
            Questions questions,
            Revocations revocations,
            Answerers answerers,
            Questioning asked) {
        this.members = members;
        this.others = others;
        this.hubs = hubs;
        this.handlers = handlers;
        this.answerers = answerers;
        this.asked = asked;
        this.questions = questions;
        this.revocations = revocations;
    }

    /** What came from all other nodes. From any thread. */
    Flow received() {
        return received;
    }

    void take(Message<Buffer> message) {
        received.count(message.body().length());
        Batch batch;
        try {
            batch = Batch.decode(message.body());
        } catch (BrokenParcelException e) {
            LOG.error("What another node sent is not understood; do both run the same version?", e);
            message.fail(Link.BROKEN, e.getMessage());
            return;
        }
        @Nullable Peer peer = others.find(batch.from());
        if (peer != null && peer.epoch() == batch.epoch()) {
            take(peer, batch);
            message.reply(null);
        } else if (batch.parcels().isEmpty() || !(batch.parcels().get(0) instanceof Parcel.Hello)) {
            message.fail(Link.UNKNOWN, "this link is not known");
        } else if (!members.ids().contains(batch.from())) {
            message.fail(Link.STRANGER, "not known as a member");
        } else {
            greeted(peer, batch);
            message.reply(null);
        }
    }

    private void greeted(@Nullable Peer known, Batch batch) {
        if (known == null) {
            Peer peer = others.add(batch.from());
            take(peer, batch);
            others.greet(peer);
            return;
        }
        if (known.epoch() != 0) {
            lost(known);
        }
        take(known, batch);
        boolean knowsThisNode =
                ((Parcel.Hello) batch.parcels().get(0)).known() == known.link().epoch();
        if (!knowsThisNode && known.link().isHeardOf()) {
            others.greet(known);
        }
    }

    /** What a node was at work for, and what was asked of it, is over. */
    void lost(Peer peer) {
        questions.lost(peer.id());
        hubs.send(new HubMessage.NodeLost(peer.id()));
    }

    private void take(Peer peer, Batch batch) {
        if (peer.accepts(batch)) {
            for (Parcel parcel : batch.parcels()) {
                try {
                    take(peer, parcel);
                } catch (RuntimeException e) {
                    LOG.error("What another node sent could not be passed on", e);
                }
            }
        }
    }

    private void take(Peer peer, Parcel parcel) {
        if (parcel instanceof Parcel.Tell tell) {
            hubs.send(tell.message());
        } else if (parcel instanceof Parcel.Hand hand) {
            handlers.hand(hand.instance(), List.of(hand.event()));
        } else if (parcel instanceof Parcel.Ask ask) {
            answer(peer, ask.id(), asked.answer(ask.message(), ask.trace(), () -> ask(ask.message())));
        } else if (parcel instanceof Parcel.Question question) {
            answer(
                    peer,
                    question.id(),
                    answerers
                            .ask(
                                    question.name(),
                                    question.data(),
                                    question.trace(),
                                    Math.max(1, question.limitMillis()))
                            .map(outcome -> List.of(new HubAnswer.Done(outcome))));
        } else if (parcel instanceof Parcel.Answer answer) {
            questions.answered(answer);
        } else if (parcel instanceof Parcel.Interest interest) {
            peer.interest(interest);
        } else if (parcel instanceof Parcel.Hub hub) {
            peer.hub(hub);
        } else if (parcel instanceof Parcel.Handler handler) {
            peer.handler(handler);
            answer(peer, handler.id(), hubs.ask(new HubMessage.HandlersChanged()));
        } else if (parcel instanceof Parcel.Revoke revoke) {
            answer(peer, revoke.id(), revoke(revoke.revocation()));
        } else if (parcel instanceof Parcel.Hello hello) {
            peer.greeted(hello);
            hello.revocations().forEach(this::revoke);
            hubs.send(new HubMessage.HandlersChanged());
        } else if (parcel instanceof Parcel.Interests interests) {
            peer.interests(interests);
        } else if (parcel instanceof Parcel.Greeted) {
            hubs.ask(new HubMessage.HandlersChanged()).onComplete(v -> peer.isKnown());
        }
    }

    private Future<List<HubAnswer>> ask(HubMessage message) {
        if (message instanceof HubMessage.AskAll all) {
            return hubs.askPatiently(message, Survey.hubMillis(all));
        }
        return hubs.ask(
                message, LocalHubs.LIMIT_MILLIS + (message instanceof HubMessage.Ask ask ? ask.limitMillis() : 0));
    }

    private Future<List<HubAnswer>> revoke(Revocation revocation) {
        return revocations.revoke(revocation)
                ? hubs.ask(new HubMessage.Revoked(revocation))
                : Future.succeededFuture(List.of());
    }

    private static void answer(Peer peer, long id, Future<List<HubAnswer>> answers) {
        answers.onComplete(said -> {
            Parcel.Answer answer = said.succeeded()
                    ? new Parcel.Answer(id, said.result(), null)
                    : new Parcel.Answer(id, List.of(), failure(said.cause()));
            peer.link().post(Parcels.encode(answer));
        });
    }

    private static Failure failure(Throwable cause) {
        return cause instanceof EventException known ? known.failure() : ErrorCode.NODE_TIMEOUT.failure();
    }
}
