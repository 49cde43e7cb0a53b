package dev.switchboard.cluster;

import dev.switchboard.bus.Announcement;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.json.DecodeException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * Parcels as bytes; each writer stands beside its reader. A parcel for several nodes is encoded once. For any thread.
 *
 * <p>Data of events is passed on as it is, never parsed.
 */
final class Parcels {
    // What is once in use never changes its number.
    private static final int HELLO = 1;
    private static final int HUB = 2;
    private static final int INTEREST = 3;
    private static final int HANDLER = 4;
    private static final int REVOKE = 5;
    private static final int TELL = 6;
    private static final int ASK = 7;
    private static final int ANSWER = 8;
    private static final int HAND = 9;
    private static final int INTERESTS = 10;
    private static final int GREETED = 11;
    private static final int NOTHING = 12;
    private static final int QUESTION = 13;
    private static final int HAND_TRACED = 14;
    private static final int ASK_TRACED = 15;
    private static final int QUESTION_TRACED = 16;

    private static final int TYPICAL_SIZE = 256;

    private Parcels() {}

    /**
     * The parcel's bytes; whoever gets them never changes them.
     *
     * @throws IllegalArgumentException for a message to hubs that concerns this node alone
     * @throws io.vertx.core.json.EncodeException for an attribute that has no JSON form
     */
    static byte[] encode(Parcel parcel) {
        Out out = new Out(TYPICAL_SIZE);
        if (parcel instanceof Parcel.Tell tell) {
            HubMessages.write(out.tag(TELL), tell.message());
        } else if (parcel instanceof Parcel.Hand hand) {
            tag(out, hand.event().trace(), HAND, HAND_TRACED);
            EventMessages.write(out.text(hand.instance()), hand.event());
        } else if (parcel instanceof Parcel.Ask ask) {
            tag(out, ask.trace(), ASK, ASK_TRACED);
            HubMessages.write(out.number(ask.id()), ask.message());
        } else if (parcel instanceof Parcel.Question question) {
            tag(out, question.trace(), QUESTION, QUESTION_TRACED);
            out.number(question.id()).text(question.name()).payload(question.data());
            out.number(question.limitMillis());
        } else if (parcel instanceof Parcel.Answer answer) {
            out.tag(ANSWER).number(answer.id()).each(answer.answers(), HubMessages::write);
            out.optional(answer.failure(), Out::failure);
        } else {
            writeNews(out, parcel);
        }
        return out.toBytes();
    }

    private static void writeNews(Out out, Parcel parcel) {
        if (parcel instanceof Parcel.Hello hello) {
            out.tag(HELLO).number(hello.known()).each(hello.hubs(), Out::text).each(hello.handlers(), Parcels::write);
            out.each(hello.revocations(), Out::revocation);
        } else if (parcel instanceof Parcel.Interests interests) {
            out.tag(INTERESTS).each(interests.targets(), Out::target);
        } else if (parcel instanceof Parcel.Greeted) {
            out.tag(GREETED);
        } else if (parcel instanceof Parcel.Nothing) {
            out.tag(NOTHING);
        } else if (parcel instanceof Parcel.Hub hub) {
            out.tag(HUB).text(hub.name()).flag(hub.there());
        } else if (parcel instanceof Parcel.Interest interest) {
            out.tag(INTEREST).target(interest.target()).flag(interest.there());
        } else if (parcel instanceof Parcel.Handler handler) {
            write(out.tag(HANDLER).number(handler.id()), handler.instance());
            out.flag(handler.there());
        } else if (parcel instanceof Parcel.Revoke revoke) {
            out.tag(REVOKE).number(revoke.id()).revocation(revoke.revocation());
        }
    }

    /** @throws BrokenParcelException when there is none */
    static Parcel read(In in) {
        try {
            return parcel(in);
        } catch (IllegalArgumentException | DateTimeException | DecodeException e) {
            throw new BrokenParcelException("a value is none that can be: " + e.getMessage(), e);
        }
    }

    private static Parcel parcel(In in) {
        int tag = in.tag();
        return switch (tag) {
            case HELLO ->
                new Parcel.Hello(
                        in.number(), in.set(In::text), in.list(Parcels::announcement), in.list(In::revocation));
            case INTERESTS -> new Parcel.Interests(in.list(In::target));
            case GREETED -> new Parcel.Greeted();
            case NOTHING -> new Parcel.Nothing();
            case HUB -> new Parcel.Hub(in.text(), in.flag());
            case INTEREST -> new Parcel.Interest(in.target(), in.flag());
            case HANDLER -> new Parcel.Handler(in.number(), announcement(in), in.flag());
            case REVOKE -> new Parcel.Revoke(in.number(), in.revocation());
            case TELL -> new Parcel.Tell(HubMessages.read(in));
            case ASK -> ask(in, null);
            case ASK_TRACED -> ask(in, in.trace());
            case ANSWER -> new Parcel.Answer(in.number(), in.list(HubMessages::answer), in.optional(In::failure));
            case QUESTION -> question(in, null);
            case QUESTION_TRACED -> question(in, in.trace());
            case HAND -> hand(in, null);
            case HAND_TRACED -> hand(in, in.trace());
            default -> throw In.unknown("parcel", tag);
        };
    }

    private static void tag(Out out, @Nullable TraceContext trace, int untraced, int traced) {
        if (trace == null) {
            out.tag(untraced);
        } else {
            out.tag(traced).trace(trace);
        }
    }

    private static Parcel ask(In in, @Nullable TraceContext trace) {
        return new Parcel.Ask(in.number(), HubMessages.read(in), trace);
    }

    private static Parcel question(In in, @Nullable TraceContext trace) {
        return new Parcel.Question(in.number(), in.text(), in.payload(), in.number(), trace);
    }

    private static Parcel hand(In in, @Nullable TraceContext trace) {
        return new Parcel.Hand(in.text(), EventMessages.read(in, trace));
    }

    private static void write(Out out, Announcement instance) {
        out.text(instance.node()).text(instance.instance()).text(instance.handler());
        out.map(instance.events(), (each, names) -> each.each(names, Out::text));
    }

    private static Announcement announcement(In in) {
        return new Announcement(in.text(), in.text(), in.text(), in.map(each -> each.set(In::text)));
    }
}
