package dev.switchboard.cluster;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Member;
import dev.switchboard.bus.Target;
import dev.switchboard.journal.Position;
import dev.switchboard.wire.TraceContext;

/** What hubs are told and answer, as bytes; each writer stands beside its reader. */
final class HubMessages {
    // What is once in use never changes its number.
    private static final int DELIVER = 1;
    private static final int ASK = 2;
    private static final int MOVE = 3;
    private static final int DISCONNECT = 4;
    private static final int LIST_SOCKETS = 5;
    private static final int LIST_ROOMS = 6;
    private static final int SETTLED = 7;
    private static final int SET_ATTRIBUTE = 8;
    private static final int SESSION_OF = 9;
    private static final int DELIVER_VOLATILE = 10;
    private static final int ASK_ALL = 11;
    private static final int LOG_OUT = 12;
    private static final int DELIVER_KEPT = 13;
    private static final int FOLLOW = 14;
    private static final int TRACED = 15;

    private static final int DONE = 1;
    private static final int SOCKETS = 2;
    private static final int ROOMS = 3;
    private static final int REPLIES = 4;

    private HubMessages() {}

    /** @throws IllegalArgumentException for a message that concerns this node alone */
    static void write(Out out, HubMessage message) {
        if (message instanceof HubMessage.Deliver deliver) {
            HubMessage.Stamp stamp = deliver.stamp();
            TraceContext trace = deliver.trace();
            if (trace != null) {
                out.tag(TRACED).trace(trace);
            }
            out.tag(stamp != null ? DELIVER_KEPT : deliver.isVolatile() ? DELIVER_VOLATILE : DELIVER);
            write(out.target(deliver.target()), deliver.delivery());
            if (stamp != null) {
                JournalCodec.write(out, stamp.position());
                out.random(stamp.before());
            }
        } else if (message instanceof HubMessage.Settled settled) {
            out.tag(SETTLED).text(settled.socket()).number(settled.seq()).flag(settled.upTo());
            out.outcome(settled.outcome()).number(settled.nanos());
        } else if (message instanceof HubMessage.SetAttribute set) {
            out.tag(SET_ATTRIBUTE).target(set.target()).text(set.name()).optional(set.value(), Out::json);
        } else if (message instanceof HubMessage.Ask ask) {
            out.tag(ASK).target(ask.target()).text(ask.event()).payload(ask.data());
            out.number(ask.limitMillis());
        } else if (message instanceof HubMessage.AskAll ask) {
            out.tag(ASK_ALL).target(ask.target()).text(ask.event()).payload(ask.data());
            out.number(ask.limitMillis());
        } else {
            writeDemand(out, message);
        }
    }

    private static void writeDemand(Out out, HubMessage message) {
        if (message instanceof HubMessage.Move move) {
            out.tag(MOVE).target(move.target()).text(move.room()).flag(move.join());
        } else if (message instanceof HubMessage.Disconnect disconnect) {
            out.tag(DISCONNECT).target(disconnect.target()).reason(disconnect.reason());
        } else if (message instanceof HubMessage.ListSockets list) {
            out.tag(LIST_SOCKETS).target(list.target());
        } else if (message instanceof HubMessage.ListRooms list) {
            out.tag(LIST_ROOMS).target(list.target());
        } else if (message instanceof HubMessage.LogOut logOut) {
            out.tag(LOG_OUT).text(logOut.hub()).target(logOut.target()).kind(logOut.kind());
        } else if (message instanceof HubMessage.SessionOf of) {
            out.tag(SESSION_OF).target(of.target());
        } else if (message instanceof HubMessage.Follow follow) {
            out.tag(FOLLOW).target(follow.target()).text(follow.follower());
        } else {
            throw new IllegalArgumentException(message + " is not for other nodes");
        }
    }

    static HubMessage read(In in) {
        int tag = in.tag();
        return switch (tag) {
            case DELIVER -> new HubMessage.Deliver(in.target(), delivery(in), false);
            case DELIVER_VOLATILE -> new HubMessage.Deliver(in.target(), delivery(in), true);
            case DELIVER_KEPT -> kept(in);
            case TRACED -> traced(in);
            case ASK -> new HubMessage.Ask(in.target(), in.text(), in.payload(), in.number());
            case ASK_ALL -> new HubMessage.AskAll(in.target(), in.text(), in.payload(), in.number());
            case MOVE -> new HubMessage.Move(in.target(), in.text(), in.flag());
            case DISCONNECT -> new HubMessage.Disconnect(in.target(), in.reason());
            case LIST_SOCKETS -> new HubMessage.ListSockets(in.target());
            case LIST_ROOMS -> new HubMessage.ListRooms(in.target());
            case SETTLED -> new HubMessage.Settled(in.text(), in.number(), in.flag(), in.outcome(), in.number());
            case SET_ATTRIBUTE -> new HubMessage.SetAttribute(in.target(), in.text(), in.optional(In::json));
            case LOG_OUT -> new HubMessage.LogOut(in.text(), in.target(), in.revocationKind());
            case SESSION_OF -> new HubMessage.SessionOf(in.target());
            case FOLLOW -> new HubMessage.Follow(in.target(), in.text());
            default -> throw In.unknown("message", tag);
        };
    }

    private static void write(Out out, Delivery delivery) {
        out.text(delivery.event()).payload(delivery.data());
    }

    private static HubMessage.Deliver kept(In in) {
        Target target = in.target();
        Delivery delivery = delivery(in);
        Position position = JournalCodec.position(in);
        return new HubMessage.Deliver(
                target, delivery.at(position), false, new HubMessage.Stamp(position, in.random()), null);
    }

    private static HubMessage traced(In in) {
        TraceContext trace = in.trace();
        int tag = in.tag();
        return switch (tag) {
            case DELIVER -> new HubMessage.Deliver(in.target(), delivery(in), false).in(trace);
            case DELIVER_VOLATILE -> new HubMessage.Deliver(in.target(), delivery(in), true).in(trace);
            case DELIVER_KEPT -> kept(in).in(trace);
            default -> throw In.unknown("traced message", tag);
        };
    }

    private static Delivery delivery(In in) {
        return new Delivery(in.text(), in.payload());
    }

    static void write(Out out, HubAnswer answer) {
        if (answer instanceof HubAnswer.Done done) {
            out.tag(DONE).outcome(done.outcome());
        } else if (answer instanceof HubAnswer.Sockets sockets) {
            out.tag(SOCKETS).each(sockets.sockets(), HubMessages::write);
        } else if (answer instanceof HubAnswer.Rooms rooms) {
            out.tag(ROOMS).each(rooms.rooms(), Out::text);
        } else if (answer instanceof HubAnswer.Replies replies) {
            out.tag(REPLIES).each(replies.replies(), HubMessages::write);
        }
    }

    static HubAnswer answer(In in) {
        int tag = in.tag();
        return switch (tag) {
            case DONE -> new HubAnswer.Done(in.outcome());
            case SOCKETS -> new HubAnswer.Sockets(in.list(HubMessages::member));
            case ROOMS -> new HubAnswer.Rooms(in.set(In::text));
            case REPLIES -> new HubAnswer.Replies(in.list(HubMessages::reply));
            default -> throw In.unknown("answer", tag);
        };
    }

    private static void write(Out out, HubAnswer.Reply reply) {
        out.text(reply.socket()).outcome(reply.outcome());
    }

    private static HubAnswer.Reply reply(In in) {
        return new HubAnswer.Reply(in.text(), in.outcome());
    }

    private static void write(Out out, Member member) {
        out.text(member.socket()).user(member.user());
    }

    private static Member member(In in) {
        return new Member(in.text(), in.user());
    }
}
