package dev.switchboard.cluster;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Member;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.SocketView;
import dev.switchboard.bus.Target;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.SessionId;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** At least one parcel of every kind. */
final class ParcelSamples {
    static final String TEXT = "grün 😀 \u0000 あ\uFFFD";
    static final String HALF_PAIR = "a\uD83Db";

    private static final TraceContext TRACE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "shop=cart");
    private static final String SOCKET = "Ab3dEf7h.0123456789abcdefghijkl";
    private static final Instant TIME = Instant.parse("2031-05-04T03:02:01.000000009Z");
    private static final Target ROOM =
            Target.room("/chat", TEXT).without(Set.of(SOCKET, "other")).without(Set.of(HALF_PAIR));
    private static final Target SOME_ROOMS =
            Target.rooms("/chat", Set.of("a", TEXT, HALF_PAIR)).without(Set.of(SOCKET));
    private static final User USER = new User("u1", TEXT);
    private static final Payload JSON = Payload.of(Map.of("text", TEXT, "n", 1.5));
    private static final Payload BINARY = Payload.ofBinary(new byte[] {0, -1, 127, -128});
    private static final Payload BYTES_WITHIN = Payload.of(Map.of("file", Buffer.buffer(TEXT), "more", List.of(1)));
    private static final Payload ARGUMENTS = Payload.arguments(TEXT, null, Buffer.buffer("b"));
    private static final Announcement INSTANCE =
            new Announcement("n1", "i1", "chat.ChatHandler", Map.of("/chat", Set.of("say", TEXT), "/", Set.of()));

    private ParcelSamples() {}

    static Stream<Parcel> all() {
        return Stream.of(
                        news(),
                        messages().map(Parcel.Tell::new),
                        messages().map(message -> new Parcel.Ask(Long.MAX_VALUE, message, null)),
                        messages().map(message -> new Parcel.Ask(1, message, TRACE)),
                        answers(),
                        events().map(event -> new Parcel.Hand("i1", event)))
                .flatMap(parcels -> parcels);
    }

    private static Stream<Parcel> news() {
        return Stream.of(
                new Parcel.Hello(0, Set.of(), List.of(), List.of()),
                new Parcel.Hello(
                        Long.MAX_VALUE,
                        Set.of("h1", TEXT),
                        List.of(INSTANCE, INSTANCE),
                        List.of(
                                new Revocation(Revocation.Kind.LOGIN, "f1", TIME, TIME),
                                new Revocation(Revocation.Kind.USER, TEXT, Instant.MIN, Instant.MAX))),
                new Parcel.Interests(List.of()),
                new Parcel.Interests(List.of(Target.all("/"), ROOM, Target.user("/", "u"), Target.socket("/", SOCKET))),
                new Parcel.Greeted(),
                new Parcel.Nothing(),
                new Parcel.Hub("h1", true),
                new Parcel.Hub("", false),
                new Parcel.Interest(ROOM, true),
                new Parcel.Handler(1, INSTANCE, true),
                new Parcel.Handler(-1, new Announcement("", "", "", Map.of()), false),
                new Parcel.Question(3, TEXT, JSON, 1, null),
                new Parcel.Question(3, TEXT, JSON, 1, TRACE),
                new Parcel.Question(Long.MIN_VALUE, "", Payload.absent(), Long.MAX_VALUE, null),
                new Parcel.Revoke(2, new Revocation(Revocation.Kind.TOKEN, "f1", TIME, TIME)),
                new Parcel.Revoke(
                        Long.MIN_VALUE,
                        new Revocation(Revocation.Kind.USER, "u1", Instant.EPOCH.minusMillis(1), Instant.EPOCH)));
    }

    static Stream<HubMessage> messages() {
        return Stream.of(
                new HubMessage.Deliver(ROOM, new Delivery("say", JSON)),
                new HubMessage.Deliver(Target.all("/"), new Delivery(TEXT, Payload.absent())),
                new HubMessage.Deliver(Target.user("/", HALF_PAIR), new Delivery(HALF_PAIR, BINARY)),
                new HubMessage.Deliver(ROOM, new Delivery("big", Payload.ofBinary(new byte[2 << 20]))),
                new HubMessage.Deliver(ROOM, new Delivery("file", BYTES_WITHIN)),
                new HubMessage.Deliver(ROOM, new Delivery("two", ARGUMENTS)),
                new HubMessage.Deliver(SOME_ROOMS, new Delivery("say", JSON), true),
                new HubMessage.Deliver(ROOM, new Delivery("say", JSON)).in(TRACE),
                new HubMessage.Deliver(SOME_ROOMS, new Delivery("say", BINARY), true).in(TRACE),
                new HubMessage.AskAll(SOME_ROOMS, TEXT, JSON, 5_000),
                new HubMessage.AskAll(Target.all("/"), "sure?", Payload.absent(), Long.MAX_VALUE),
                new HubMessage.Ask(Target.socket("/", SOCKET), "sure?", JSON, 5_000),
                new HubMessage.Move(ROOM, TEXT, true),
                new HubMessage.Move(ROOM, "", false),
                new HubMessage.Disconnect(ROOM, CloseReason.KICKED.because(TEXT)),
                new HubMessage.Disconnect(ROOM, new CloseReason(4999, "", true, Integer.MAX_VALUE)),
                new HubMessage.LogOut(Target.socket("/chat", SOCKET), Revocation.Kind.TOKEN),
                new HubMessage.LogOut("h1", Target.user("", TEXT), Revocation.Kind.USER),
                new HubMessage.ListSockets(Target.all("")),
                new HubMessage.ListRooms(Target.socket("/chat", SOCKET)),
                new HubMessage.Settled(SOCKET, 300, true, Outcome.DONE),
                new HubMessage.Settled(SOCKET, 1, false, Outcome.of(JSON), 1_234_567),
                new HubMessage.Settled(SOCKET, 1, false, Outcome.failed(ErrorCode.HANDLER_LOST)),
                new HubMessage.SessionOf(Target.socket("/", SOCKET)),
                new HubMessage.Follow(Target.socket("/", SOCKET), "ann\nfollower"),
                new HubMessage.SetAttribute(Target.socket("/", SOCKET), TEXT, HALF_PAIR),
                new HubMessage.SetAttribute(
                        Target.socket(TEXT, HALF_PAIR), "a", new JsonObject().put("k", new JsonArray().add(1))),
                new HubMessage.SetAttribute(Target.socket("/", SOCKET), "a", null));
    }

    private static Stream<Parcel> answers() {
        return Stream.of(
                new Parcel.Answer(0, List.of(), null),
                new Parcel.Answer(127, List.of(), new Failure("CODE", TEXT, true)),
                new Parcel.Answer(
                        128,
                        List.of(
                                new HubAnswer.Done(Outcome.of(BINARY)),
                                new HubAnswer.Done(Outcome.failed(ErrorCode.ASK_TIMEOUT)),
                                new HubAnswer.Sockets(List.of()),
                                new HubAnswer.Sockets(
                                        List.of(new Member(SOCKET, USER), new Member("s2", User.anonymous()))),
                                new HubAnswer.Replies(List.of()),
                                new HubAnswer.Replies(List.of(
                                        new HubAnswer.Reply(SOCKET, Outcome.of(JSON)),
                                        new HubAnswer.Reply(TEXT, Outcome.failed(ErrorCode.NO_SOCKET)))),
                                new HubAnswer.Rooms(Set.of()),
                                new HubAnswer.Rooms(Set.of("r1", "", TEXT))),
                        null));
    }

    private static Stream<EventMessage> events() {
        Handshake bare = new Handshake("/", Map.of(), Map.of(), "", false, Instant.EPOCH);
        SocketView anonymous = new SocketView("s", "/", User.anonymous(), new JsonObject(), bare);
        Handshake full = new Handshake(
                "/chat/websocket",
                Map.of("q", TEXT, "", ""),
                Map.of("origin", "https://x"),
                "::1",
                true,
                TIME,
                Optional.of(new SessionId("0123456789abcdef0123")));
        JsonObject claims =
                new JsonObject().put("role", "admin").putNull("none").put("in", new JsonObject().put("a", 1));
        SocketView known = new SocketView(SOCKET, "/chat", USER, claims, full);
        SocketView named = new SocketView(TEXT, "/chat", USER, claims, full, SOCKET);
        return Stream.of(
                new EventMessage(anonymous, Map.of(), 0, "open", Payload.absent(), 1, false, 1, 10_000, null),
                new EventMessage(known, Map.of("a", 1, TEXT, TEXT), 3, "say", JSON, 1 << 20, true, 64, 1, null),
                new EventMessage(known, Map.of("a", 1), 3, "say", JSON, 1, true, 64, 1, null, null, TRACE),
                event(named, Map.of("a", true), CloseReason.BROKEN),
                event(known, Map.of("a", 1.5), CloseReason.of(4500, TEXT, true)));
    }

    private static EventMessage event(SocketView socket, Map<String, Object> attributes, CloseReason reason) {
        return new EventMessage(socket, attributes, 1, "close", Payload.absent(), 2, false, 1, 10_000, reason);
    }

    /** An event with these attributes. */
    static Parcel.Hand withAttributes(Map<String, Object> attributes) {
        return new Parcel.Hand(
                "i1", event(events().findFirst().orElseThrow().socket(), attributes, CloseReason.NORMAL));
    }

    static Buffer encode(Batch batch) {
        List<byte[]> parcels = batch.parcels().stream().map(Parcels::encode).toList();
        return Batch.join(batch.from(), batch.epoch(), batch.sequence(), parcels);
    }

    /** A batch of everything but what is big. */
    static Buffer batch() {
        List<byte[]> small = all().map(Parcels::encode)
                .filter(parcel -> parcel.length < 10_000)
                .toList();
        return Batch.join("n1", 7, 300, small);
    }
}
