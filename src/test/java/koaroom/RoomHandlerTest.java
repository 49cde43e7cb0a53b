package koaroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testkit.SwitchboardExtension;
import dev.switchboard.testkit.TestClient;
import dev.switchboard.testkit.Visit;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbered texts for everybody, and the list of who is there; a node for each test, since numbers begin anew. */
final class RoomHandlerTest {
    private static final JsonObject ANN = Visitor.of(1, "Ann");
    private static final JsonObject BOB = Visitor.of(2, "Bob");

    @RegisterExtension
    final SwitchboardExtension tokens = SwitchboardExtension.of(Path.of("conf/koa-room.json"));

    @RegisterExtension
    final SwitchboardExtension cookies = SwitchboardExtension.of(Path.of("conf/koa-room-cookie.json"));

    private TestClient comes(JsonObject visitor) {
        return tokens.node()
                .visit()
                .user(new User("id of " + visitor.getString("name"), visitor.getString("name")))
                .claims(new JsonObject().put(Visitor.CLAIM, visitor))
                .connect();
    }

    private static void assertNext(TestClient client, int id, String type, JsonObject user, Object data) {
        assertThat(new JsonObject(client.next("message").string()))
                .isEqualTo(new JsonObject()
                        .put("id", id)
                        .put("type", type)
                        .put("user", user)
                        .put("data", data));
    }

    @Test
    void comingSpeakingAndGoing_isNumbered_andToldToAll() {
        TestClient ann = comes(ANN);
        assertNext(ann, 1, "join", ANN, "Ann joined.");
        assertNext(ann, 2, "list", ANN, new JsonArray().add(ANN));
        TestClient bob = comes(BOB);
        assertNext(bob, 3, "join", BOB, "Bob joined.");
        assertNext(bob, 4, "list", BOB, new JsonArray().add(ANN).add(BOB));

        bob.emit("message", "  hi ");
        assertNext(bob, 5, "chat", BOB, "hi");
        bob.emit("message", " \u3000").breakOff();

        assertNext(ann, 3, "join", BOB, "Bob joined.");
        assertNext(ann, 5, "chat", BOB, "hi");
        assertNext(ann, 6, "left", BOB, "Bob is left.");
        assertThat(ann.heard("message")).isEmpty();
    }

    @Test
    void tokenOrCookie_saysWho_andNobodyElseComesIn() {
        assertThat(tokens.node().visit().connecting().awaitClosed()).isEqualTo(CloseReason.INVALID_USER);

        Visit visit = cookies.node().visit().header("cookie", "a=b; " + Visitor.COOKIE + "=" + Visitor.cookie(ANN));
        assertNext(visit.connect(), 1, "join", ANN, "Ann joined.");
        assertThat(cookies.node()
                        .visit()
                        .header("cookie", Visitor.COOKIE + "=forged")
                        .connecting()
                        .awaitClosed())
                .isEqualTo(CloseReason.INVALID_USER);
    }
}
