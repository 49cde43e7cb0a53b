package dev.switchboard.it;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.bus.Member;
import java.util.List;

/** Handles events of nodes in JVMs of their own: who is in the hall, and what is said there. */
public final class HallVerticle extends EventVerticle {
    static final List<String> EVENTS = List.of("enter", "say", "in hall", "everybody");

    @Override
    protected void events(Events on) {
        on.event("enter", (socket, data) -> socket.join("hall"))
                .event("say", (socket, data) -> socket.toRoom("hall").emit("said", data))
                .event(
                        "in hall",
                        (socket, data) -> socket.toRoom("hall").sockets().map(HallVerticle::ids))
                .event("everybody", (socket, data) -> socket.toAll().sockets().map(HallVerticle::ids));
    }

    private static List<String> ids(List<Member> members) {
        return members.stream().map(Member::socket).toList();
    }
}
