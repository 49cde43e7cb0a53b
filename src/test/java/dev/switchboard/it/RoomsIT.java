package dev.switchboard.it;

import static dev.switchboard.it.VerbHandlers.HIT;
import static dev.switchboard.it.VerbHandlers.id;
import static dev.switchboard.it.VerbHandlers.list;
import static dev.switchboard.it.VerbHandlers.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.ThreadingModel;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is in a room, and who is there at all. Each test is alone in its rooms and users. */
@EveryClient
@Tag("cluster")
class RoomsIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final String room;
    private final String user;

    RoomsIT(Transport transport) {
        clients = new Clients(server, transport);
        room = "room of " + transport + "/ü.*";
        user = "user of " + transport;
    }

    @BeforeAll
    static void start() {
        server = TestServer.open();
        server.handle("/", 2, ThreadingModel.WORKER, VerbHandlers::verbs);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Object> hits(TestClient client) {
        return server.heardBy(client, "/", HIT);
    }

    @Test
    void emit_toARoom_reachesMembersWithOrWithoutTheSender() {
        TestClient sender = clients.open();
        TestClient member = clients.open();
        TestClient stranger = clients.open();
        sender.answer("join", room);
        member.answer("join", room);

        sender.answer("to room", say(room, "all"));
        sender.answer("to others in room", say(room, "others"));
        stranger.answer("to room", say(room, "from outside"));
        sender.answer("to room except", say(id(member), "sender only").put("room", room));

        assertThat(hits(sender)).containsExactly("all", "from outside", "sender only");
        assertThat(hits(member)).containsExactly("all", "others", "from outside");
        assertThat(hits(stranger)).isEmpty();
    }

    @Test
    void joinAndLeave_changeWhoIsMeant() {
        TestClient one = clients.open();
        TestClient other = clients.open();
        one.answer("join", room);
        one.answer("join", room);
        one.answer("join", room + "2");
        other.answer("join", room);

        assertThat(list(one, "rooms", null))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(room, room + "2");
        assertThat(list(one, "all rooms", null))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(room, room + "2");
        assertThat(list(one, "in room", room))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(id(one), id(other));

        one.answer("leave", room);
        one.answer("leave", room);
        assertThat(list(one, "rooms", null))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(room + "2");
        server.assertSoon(() -> assertThat(list(one, "in room", room))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(id(other)));
        other.answer("to room", say(room, "left"));
        assertThat(hits(one)).isEmpty();
        assertThat(hits(other)).containsExactly("left");

        one.answer("empty", room);
        server.assertSoon(() -> assertThat(list(one, "in room", room)).isEmpty());
        server.assertSoon(() -> assertThat(list(one, "all rooms", null))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .doesNotContain(room));
    }

    @Test
    void join_ofAUser_takesAllItsSockets() {
        TestClient tab = clients.openAs(user);
        TestClient phone = clients.openAs(user);

        tab.answer("take along", room + "3");

        assertThat(list(tab, "in room", room + "3"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(id(tab), id(phone));
    }

    @Test
    void lists_ofUserAndNamespace_nameTheirSockets() {
        String twin = user + " twin";
        TestClient tab = clients.openAs(twin);
        TestClient phone = clients.openAs(twin);
        TestClient guest = clients.open();

        assertThat(list(guest, "of user", twin))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(id(tab), id(phone));
        assertThat(list(guest, "of user", "")).isEmpty();
        assertThat(list(guest, "everybody", null))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(id(tab), id(phone), id(guest))
                .doesNotHaveDuplicates();
        assertThat(list(guest, "who", id(phone)))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("Name of " + twin);
    }

    @Test
    void disconnect_ofARoom_endsItsMembers() {
        TestClient host = clients.open();
        TestClient guest = clients.open();
        host.answer("join", room + "5");
        guest.answer("join", room + "5");

        host.answer("empty by force", room + "5");

        guest.assertEnds(CloseReason.of(4555, "The room is closed", false));
        server.assertSoon(() -> assertThat(list(host, "in room", room + "5"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(id(host)));
    }

    @Test
    void namespaces_doNotMix() {
        TestClient here = clients.open();
        here.answer("join", room + "7");

        assertThat(TestServer.await(
                        server.namespace("/elsewhere").room(room + "7").sockets()))
                .isEmpty();
        server.namespace("/elsewhere").all().emit(HIT, "elsewhere");
        server.namespace("/elsewhere").room(room + "7").emit(HIT, "elsewhere");

        assertThat(hits(here)).isEmpty();
    }
}
