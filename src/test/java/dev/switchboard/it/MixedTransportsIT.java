package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.ThreadingModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sockets of all transports in one room, and two namespaces beside each other. */
@Tag("cluster")
class MixedTransportsIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = TestServer.start("{\"/\": {\"auth\": \"none\"}, \"/other\": {\"auth\": \"none\"}}");
        for (String namespace : List.of("/", "/other")) {
            server.handle(
                    namespace,
                    2,
                    ThreadingModel.WORKER,
                    on -> on.event("join", (socket, data) -> socket.join(data.string()))
                            .event(
                                    "others",
                                    (socket, data) ->
                                            socket.toOthersIn(data.string()).emit("said", "to others"))
                            .event(
                                    "all",
                                    (socket, data) ->
                                            socket.toRoom(data.string()).emit("said", "to all"))
                            .event(
                                    "end",
                                    (socket, data) ->
                                            socket.toRoom(data.string()).emit("said", "end")));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("dev.switchboard.it.Transport#spoken")
    void broadcast_reachesEachTransportOnce(Transport sender) {
        String room = "of " + sender;
        Map<Transport, TestClient> members = new EnumMap<>(Transport.class);
        for (Transport transport : Transport.spoken()) {
            TestClient member = clients.connect(transport, "/", "");
            member.next("open");
            member.answer("join", room);
            members.put(transport, member);
        }

        members.get(sender).emit("others", room);
        members.get(sender).emit("all", room);
        members.get(sender).emit("end", room);

        members.forEach((transport, member) -> assertThat(said(member))
                .as(transport.toString())
                .isEqualTo(transport == sender ? List.of("to all") : List.of("to others", "to all")));
    }

    private static List<Object> said(TestClient client) {
        List<Object> said = new ArrayList<>();
        for (Object one = client.data("said"); !one.equals("end"); one = client.data("said")) {
            said.add(one);
        }
        return said;
    }

    @Test
    void namespaces_withRoomsOfOneName_doNotMix() {
        TestClient here = clients.open();
        TestClient there = clients.open("/other", "");
        here.answer("join", "hall");
        there.answer("join", "hall");

        here.answer("all", "hall");
        there.answer("others", "hall");
        server.namespace("/other").all().emit("said", "to other");
        here.answer("end", "hall");
        there.answer("end", "hall");

        assertThat(said(here)).containsExactly("to all");
        assertThat(said(there)).containsExactly("to other");
    }
}
